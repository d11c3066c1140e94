"""The list of phrases keeps the promises made at its top."""

import tomllib
from importlib.resources import files

from custodes.efforts import KINDS

TABLE = tomllib.loads((files("custodes.efforts") / "kind_words.toml").read_text("utf-8"))

LISTS = ("silent", "off_topic", "about_ai", "standing", "unnamed_line", "group")


def weighted():
    """Every kind's phrases with their weight."""
    return [
        (kind, float(weight), phrase)
        for kind in KINDS
        for weight, phrases in TABLE[kind].items()
        for phrase in phrases
    ]


def test_every_kind_has_words_and_nothing_else_is_listed():
    assert set(TABLE) == {*KINDS, *LISTS}
    assert {kind for kind, _, _ in weighted()} == set(KINDS)


def test_a_phrase_stands_once_in_a_kind():
    phrases = [(kind, phrase) for kind, _, phrase in weighted()]

    assert [one for one in phrases if phrases.count(one) > 1] == []


def test_a_phrase_that_is_silenced_does_not_speak():
    assert {phrase for _, _, phrase in weighted()} & set(TABLE["silent"]["phrases"]) == set()


def test_weights_stay_on_their_scale():
    assert {weight for _, weight, _ in weighted()} <= set(range(1, 10))


def test_phrases_are_lower_case_words_that_do_not_begin_or_end_in_a_gap():
    phrases = [phrase for _, _, phrase in weighted()]
    phrases += [phrase for name in LISTS for phrase in TABLE[name]["phrases"]]

    for phrase in phrases:
        words = phrase.split()
        assert phrase == " ".join(words) == phrase.lower()
        assert ".." not in (words[0], words[-1])
        assert all(word == ".." or word.rstrip("*").isalnum() for word in words)
