import datetime as dt

import pytest

from custodes.exchange import read_round, round_files, write_starter
from custodes.exchange._toml_text import toml_text
from custodes.quantities import Amount, Assumption
from custodes.rounds import inputs_sha256_by_part
from custodes.systems import BUILT_IN, System
from round_folders import write_files

EMPTIED = ("judgements", "experts", "conflicts", "calibration", "challenges")


def written(round_, folder):
    for name, text in round_files(round_).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8", newline="")
    return read_round(folder)


def the_demo(tmp_path):
    write_starter("demo", into=tmp_path / "demo")
    return read_round(tmp_path / "demo")


def test_the_demo_round_reads_back_the_same(tmp_path):
    round_ = the_demo(tmp_path)

    again = written(round_, tmp_path / "again")

    assert again == round_
    assert inputs_sha256_by_part(again) == inputs_sha256_by_part(round_)


def test_what_can_be_corrected_reads_back_the_same(tmp_path):
    round_ = read_round(write_files(tmp_path / "round"))

    again = written(round_, tmp_path / "again")

    assert round_.corrections[0].event[0].act is False
    assert again.corrections == round_.corrections
    assert again.systems == round_.systems
    assert again.worldviews == round_.worldviews


def test_a_changed_library_and_an_odd_text_read_back_the_same(tmp_path):
    demo = the_demo(tmp_path)
    first, *rest = demo.mitigations
    text = 'A "quoted" \\ title\nin two lines, \x7f, \u2028 and é'
    changed = demo.model_copy(
        update={
            "mitigations": (
                first.model_copy(
                    update={
                        "available": False,
                        "adopted": Amount(p05=0.1, p50=0.2, p95=1 / 3),
                        "condition": text,
                    }
                ),
                *rest,
            ),
            "settings": demo.settings.model_copy(update={"title": text}),
        }
    )

    again = written(changed, tmp_path / "again")

    assert again == changed


def test_hazards_of_a_system_and_a_view_of_decision_makers_read_back_the_same(tmp_path):
    demo = the_demo(tmp_path)
    stated = Assumption(p05=0.1, p50=0.2, p95=0.4, reason="ours")
    system = System(
        id="judged",
        title="Judged",
        snapshot="judged-2026-09-01",
        deployed_on=dt.date(2026, 9, 2),
        quantities=BUILT_IN.quantities,
        hazards={"dishonesty": {"hidden_problem": stated, "harm_if_hidden": stated}},
    )
    view = demo.worldviews[0].model_copy(update={"face_value": stated})
    changed = demo.model_copy(
        update={"systems": (system,), "worldviews": (view, *demo.worldviews[1:])}
    )
    changed = changed.model_copy(
        update={
            "efforts": tuple(
                each.model_copy(update={"target_system": ""}) for each in changed.efforts
            ),
            "judgements": (),
            "claims": (),
            "corrections": (),
        }
    )

    again = written(changed, tmp_path / "again")

    assert again.systems == changed.systems
    assert again.worldviews[0].face_value == stated


def test_a_round_without_anything_has_no_empty_files(tmp_path):
    demo = the_demo(tmp_path)
    bare = demo.model_copy(update=dict.fromkeys(EMPTIED, ()))

    names = set(round_files(bare))

    assert not names & {"judgements.csv", "experts.csv", "conflicts.csv", "challenges.csv"}
    assert written(bare, tmp_path / "again") == bare


@pytest.mark.parametrize("value", [object(), b"bytes"])
def test_what_toml_cannot_hold_is_a_programming_mistake(value):
    with pytest.raises(TypeError, match="TOML cannot hold a "):
        toml_text({"key": value})
