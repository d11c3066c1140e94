import pytest

from command_line import run_here
from custodes import catalogue
from custodes.cli._explanations import SORTS
from custodes.mitigations import library
from round_folders import write_files

NAMES = [name for sort in SORTS for name in sort.names()]


@pytest.fixture
def explain(monkeypatch, capsys):
    return lambda *words: run_here(monkeypatch, capsys, "explain", *words)


@pytest.mark.parametrize("name", dict.fromkeys(NAMES))
def test_every_name_is_explained_within_a_hundred_columns(name, explain):
    done = explain(name)

    assert (done.code, done.err) == (0, "")
    assert done.out.startswith(f"{name} (")
    assert [line for line in done.out.splitlines() if len(line) > 100] == []


def test_without_a_name_every_name_is_listed(explain):
    done = explain()

    listed = set(done.out.replace(",", " ").split())
    assert done.code == 0
    assert set(NAMES) <= listed


def test_a_quantity_is_told_with_everything_the_catalogue_knows(explain):
    told = " ".join(explain("harm_internalised").out.split())

    quantity = catalogue.QUANTITIES["harm_internalised"]
    for text in (quantity.meaning, quantity.question, quantity.unit, quantity.range_told):
        assert text in told
    assert "paper pp. 12, 25" in told
    assert "there are no good data at all" in told
    assert "central 0.001 / 0.01 / 0.1 assumption" in told


def test_a_mitigation_is_told_with_its_condition_and_strengths(explain):
    told = " ".join(explain("explain-in-detail").out.split())

    assert library()["explain-in-detail"].condition in told
    assert "diversion 0.4 / 0.65 / 0.9" in told


def test_a_name_of_several_sorts_is_told_for_each(explain):
    heads = [line for line in explain("other").out.splitlines() if line.startswith("other")]

    assert heads[0] == "other (mechanism): Other"
    assert heads[1] == "other (problem): Some different mechanism"
    assert heads[2] == "other (kind)"


def test_an_unknown_name_is_refused_with_the_nearest(explain):
    done = explain("acident_cut")

    assert (done.code, done.out) == (1, "")
    assert "did you mean 'accident_cut'?" in done.err
    assert "`custodes explain` alone lists every name" in done.err
    assert "with --round" in done.err


def test_a_rounds_own_names_are_explained_with_it(explain, tmp_path):
    folder = write_files(tmp_path)

    told = " ".join(explain("our-licence", "--round", folder).out.split())
    system = " ".join(explain("assistant", "--round", folder).out.split())
    listed = explain("--round", folder).out

    assert told.startswith("our-licence (mitigation): ")
    assert "as the round's mitigations.toml states it" in told
    assert system.startswith("assistant (system): ")
    assert "A system of the round" in system
    assert "our-licence" in listed
    assert explain("our-licence").code == 1


def test_what_a_round_does_not_change_is_explained_as_it_is(explain, tmp_path):
    folder = write_files(tmp_path)

    for name in ("external-audit", "cautious", "accident_cut"):
        assert explain(name, "--round", folder).out == explain(name).out


def test_an_unknown_name_ends_as_in_a_scenario(explain, monkeypatch, capsys):
    other = run_here(monkeypatch, capsys, "scenario", "nobody")

    assert explain("nobody").code == other.code == 1
