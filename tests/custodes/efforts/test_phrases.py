"""Phrases are found as a person would find them, and a longer one silences those inside it."""

import pytest

from custodes.efforts._phrases import PhraseIndex, tokens_of


def found(phrases, text, *, silent=()):
    """The phrases found, each with the words at which it begins and ends."""
    hits = PhraseIndex(phrases, silent=silent).hits(tokens_of(text))
    return [(hit.phrase, hit.first, hit.last) for hit in hits]


def test_words_are_compared_without_case_accent_or_hyphen():
    tokens = tokens_of("Café-style  MODEL's")

    assert [token.folded for token in tokens] == ["cafe", "style", "model", "s"]


def test_a_token_says_where_it_stands():
    text = "- Anomaly, once"

    assert [text[token.start : token.end] for token in tokens_of(text)] == ["Anomaly", "once"]


def test_a_word_with_a_star_is_any_word_that_begins_so():
    assert found(["jailbreak*"], "jailbreaks and jailbreaking, no jail") == [
        ("jailbreak*", 0, 0),
        ("jailbreak*", 2, 2),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("detects lies", [("detect* .. lie*", 0, 1)]),
        ("detects a b c d e lies", [("detect* .. lie*", 0, 6)]),
        ("detects a b c d e f lies", []),
        ("lies detected", []),
    ],
)
def test_a_gap_holds_at_most_five_words_and_keeps_the_order(text, expected):
    assert found(["detect* .. lie*"], text) == expected


def test_the_longest_phrase_silences_those_inside_it():
    assert found(["model", "model organism*"], "a model and a model organism") == [
        ("model", 1, 1),
        ("model organism*", 4, 5),
    ]


def test_a_silent_phrase_is_not_reported_and_hides_what_lies_inside():
    assert found(["control"], "quality control, AI control", silent=["quality control"]) == [
        ("control", 3, 3)
    ]


def test_nothing_is_found_in_nothing():
    assert found(["a", "b*"], "") == []
