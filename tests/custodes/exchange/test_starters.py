import tomllib

import pytest

from custodes.errors import InputError
from custodes.exchange import placeholders_left, read_round, read_round_folder, write_starter
from custodes.rounds import RoundSettings
from custodes.systems import corrections_from


def test_the_blank_round_is_a_round(tmp_path):
    write_starter("blank", into=tmp_path / "round")

    read = read_round_folder(tmp_path / "round")

    assert read.round_.efforts == ()
    assert (read.notes, read.later, read.strange) == ((), (), ())
    assert sorted(path.name for path in (tmp_path / "round").iterdir()) == [
        "COLUMNS.md",
        "README.md",
        "corrections.toml",
        "efforts.csv",
        "experts.csv",
        "judgements.csv",
        "mitigations.toml",
        "questions.md",
        "round.toml",
        "systems.toml",
        "worldviews",
    ]
    assert placeholders_left(read.round_.settings) == ("title", "institution")


def test_the_blank_round_shows_the_defaults(tmp_path):
    write_starter("blank", into=tmp_path / "round")

    shown = read_round(tmp_path / "round").settings

    frame = {key: getattr(shown, key) for key in ("title", "institution", "budget", "currency")}
    assert shown == RoundSettings(**frame)


def uncommented(text):
    """A commented example as a person would switch it on."""
    lines = [
        line[2:]
        for line in text.splitlines()
        if line.startswith("# [") or (line.startswith("# ") and " = " in line)
    ]
    return "\n".join(lines)


@pytest.mark.parametrize("file", ["systems.toml", "mitigations.toml", "round.toml"])
def test_the_commented_examples_can_be_switched_on(file, tmp_path):
    write_starter("blank", into=tmp_path / "round")
    path = tmp_path / "round" / file
    text = path.read_text("utf-8")

    path.write_text(text + uncommented(text), "utf-8")

    assert tomllib.loads(uncommented(text))
    round_ = read_round(tmp_path / "round")
    assert round_.systems or round_.mitigations[-1].id == "our-licence" or round_.settings.rates


def test_the_example_worldview_can_be_used(tmp_path):
    write_starter("blank", into=tmp_path / "round")
    home = tmp_path / "round"
    readme = (home / "worldviews" / "README.md").read_text("utf-8")
    settings = (home / "round.toml").read_text("utf-8")

    (home / "worldviews" / "ours.toml").write_text(readme.split("```")[1].removeprefix("toml"))
    (home / "round.toml").write_text(settings.replace('"central", ', '"ours", "central", '))

    assert read_round(home).worldviews[0].title == "Our view"


def test_an_empty_folder_is_filled(tmp_path):
    write_starter("blank", into=tmp_path)

    assert read_round(tmp_path).efforts == ()


def test_nothing_is_overwritten(tmp_path):
    (tmp_path / "mine").write_text("")

    with pytest.raises(InputError, match="exists already and is not empty"):
        write_starter("blank", into=tmp_path)
    with pytest.raises(InputError, match="exists already and is no folder"):
        write_starter("blank", into=tmp_path / "mine")
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]


def test_a_place_below_a_file_is_refused(tmp_path):
    (tmp_path / "mine").write_text("")

    with pytest.raises(InputError, match="cannot be written"):
        write_starter("blank", into=tmp_path / "mine" / "round")


def test_the_blank_corrections_are_right_once_they_are_taken_in(tmp_path):
    write_starter("blank", into=tmp_path / "round")
    text = (tmp_path / "round" / "corrections.toml").read_text("utf-8")
    taken_in = "\n".join(
        line.removeprefix("# ")
        for line in text.splitlines()
        if line.startswith(("# [", "schema")) or " = " in line
    )

    (found,) = corrections_from(tomllib.loads(taken_in), file="corrections.toml")

    assert set(found.lever[0].model_dump()) == found.lever[0].model_fields_set
    assert set(found.trigger[0].model_dump()) == found.trigger[0].model_fields_set
    assert set(found.event[0].model_dump()) == found.event[0].model_fields_set
