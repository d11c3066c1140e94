from custodes.assessment import assess
from custodes.cli._panels_text import panels_text
from custodes.judgements import Conflict
from round_records import a_round, an_effort, answers

LOW, HIGH = (0.0005, 0.001, 0.002), (0.2, 0.3, 0.4)
JUDGED = (
    *answers("one", "a", accident_cut=LOW),
    *answers("one", "b", accident_cut=LOW),
    *answers("one", "c", accident_cut=HIGH),
    *answers("one", "d", accident_cut=HIGH),
    *answers("one", "e", success=(0.7, 0.8, 0.9)),
)


def the_text(*conflicts):
    efforts = (an_effort("one", kind="evaluations"), an_effort("two"))
    return panels_text(assess(a_round(*efforts, judgements=JUDGED, conflicts=conflicts)).record)


def test_each_camp_stands_below_the_result_with_the_question_that_parts_them():
    told = the_text()

    lines = [line.split("  ")[1] for line in told.splitlines() if line.startswith("  ")]
    assert "HAD OTHERS BEEN HEARD: net with conditions under central" in told
    assert "  parted by accident_cut:" in told
    assert [name for name in lines if name][-3:] == [
        "parted by accident_cut:",
        "lower camp, 3 experts",
        "upper camp, 3 experts",
    ]
    assert max(map(len, told.splitlines())) <= 100


def test_one_who_is_set_aside_is_told_and_camps_that_are_gone_are_not():
    told = the_text(Conflict(expert="d", effort="one", type="employer", decided="recuse"))

    assert "those set aside too, 5 experts" in told
    assert "camp," not in told


def test_nothing_is_told_where_nobody_else_might_have_been_heard():
    assert panels_text(assess(a_round(an_effort("two"))).record) == ""
