"""Two people save one object: no words are lost, and whoever comes second sees both texts."""

import json
import subprocess
from pathlib import Path

import pytest

from own_database import beside_tests, migrate, own_database, run_python

SAVERS = Path(__file__).with_name("savers.py")
OBJECTS = ("a draft in two tabs", "a call by two officers")


def saved(folder, what, *, threads, times):
    """What became of every save, and what stands at the end."""
    with own_database(folder) as environment:
        migrate(environment)
        beside = beside_tests(environment)
        arguments = (str(SAVERS), what, str(threads), str(times))
        told = run_python(beside, *arguments, stdout=subprocess.PIPE).stdout
    return json.loads(told.splitlines()[-1])


def check(told):
    """No save overwrote a text that its author had not seen; a refused one shows both."""
    kept = {each["seen"]: each for each in told["saves"] if each["status"] == 302}
    refused = [each for each in told["saves"] if each["status"] == 409]
    assert len(kept) + len(refused) == len(told["saves"])  # no version was written twice
    first, *later = sorted(kept)
    assert later == list(range(first + 1, first + len(kept)))
    assert [kept[at]["seen text"] for at in later] == [kept[at - 1]["text"] for at in later[:]]
    assert told["last"] == kept[max(kept)]["text"]
    texts = {each["text"] for each in kept.values()}
    for each in refused:
        others = set(each["said back"]) - {each["text"]}
        assert each["text"] in each["said back"]
        assert others & (texts - {each["seen text"]})


@pytest.mark.parametrize("what", OBJECTS)
def test_nobody_overwrites_what_they_have_not_seen(tmp_path, what):
    check(saved(tmp_path, what, threads=4, times=5))


@pytest.mark.long
@pytest.mark.parametrize("what", OBJECTS)
def test_of_a_thousand_saves_none_overwrites_in_silence(tmp_path, what):
    check(saved(tmp_path, what, threads=4, times=250))
