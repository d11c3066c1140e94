import pytest

from custodes.errors import InputError
from custodes.exchange import read_curves, read_round_folder
from round_folders import FILES, write_files

HEAD = "recommender,effort,first,zero,curve,reason\n"


def curves_in(tmp_path, text):
    (tmp_path / "curves.csv").write_text(text, "utf-8")
    return read_curves(tmp_path)


def test_curves_are_read(tmp_path):
    found = curves_in(tmp_path, HEAD + "ash,a,3,2000000,,why\nelm,a,-1,1,2,\n")

    assert [(each.recommender, each.effort, each.first) for each in found] == [
        ("ash", "a", 3.0),
        ("elm", "a", -1.0),
    ]
    assert [(each.zero, each.curve, each.reason) for each in found] == [
        (2e6, 1.0, "why"),
        (1.0, 2.0, ""),
    ]


def test_a_round_without_curves_has_none(tmp_path):
    assert read_curves(tmp_path) == ()


@pytest.mark.parametrize(
    ("row", "field"),
    [
        ("ash,a,much,1,,", "first"),
        ("ash,a,1,0,,", "zero"),
        ("ash,a,1,,,", "zero"),
        ("ash,a,1,1,-1,", "curve"),
        (",a,1,1,,", "recommender"),
        ("ash,,1,1,,", "effort"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(tmp_path, row, field):
    with pytest.raises(InputError) as error:
        curves_in(tmp_path, f"{HEAD}elm,a,1,1,,\n{row}\n")

    assert [(each.file, each.row, each.field) for each in error.value.faults] == [
        ("curves.csv", 3, field)
    ]


def test_a_curve_that_is_drawn_twice_is_refused(tmp_path):
    with pytest.raises(InputError, match="in row 2 already"):
        curves_in(tmp_path, f"{HEAD}ash,a,1,1,,\nash,a,2,1,,\n")


def test_check_finds_a_curve_of_an_unknown_effort(tmp_path):
    write_files(tmp_path, **{"curves.csv": f"{HEAD}ash,nobody,1,1,,\n"})

    with pytest.raises(InputError) as error:
        read_round_folder(tmp_path)

    assert [(each.file, each.row, each.field) for each in error.value.faults] == [
        ("curves.csv", 2, "effort")
    ]


def test_a_fault_of_the_file_is_told_with_the_others(tmp_path):
    broken = FILES["round.toml"].replace("budget =", "budgt =")
    write_files(tmp_path, round_toml=broken, **{"curves.csv": "recommender,effort\n"})

    with pytest.raises(InputError) as error:
        read_round_folder(tmp_path)

    assert {each.file for each in error.value.faults} == {"round.toml", "curves.csv"}
