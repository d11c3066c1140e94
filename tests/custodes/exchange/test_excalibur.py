import numpy as np
import pytest

from custodes.errors import InputError
from custodes.exchange import read_excalibur

HEAD = "* CLASS ASCII OUTPUT FILE. NQ=   3   QU=   5  50  95"


def answer(expert, item, name, scale, *numbers):
    told = "".join(f"{number:15.5E}" for number in numbers)
    return f"{expert:>5}{f'Ex{expert}':>9}{item:>5}{name:>15} {scale:<3}{told}"


def truth(item, name, number):
    return f"{item:>5}{name:>15}{number:15.5E} UNI"


ANSWERS = (
    answer(1, 1, "odds ratio 2", "UNI", 1, 2, 3),
    answer(1, 2, "odds ratio 3", "log", 1, 10, 100),
    answer(2, 1, "odds ratio 2", "UNI", 2, 3, 5),
    answer(2, 2, "odds ratio 3", "log", -999.5, -999.5, -999.5),
    answer(2, 3, "target", "uni", 4, 5, 6),
)
TRUTHS = (
    truth(1, "odds ratio 3", 50),
    truth(2, "odds ratio 2", 2.5),
    truth(3, "target", -999.5),
)


def written(tmp_path, answers=ANSWERS, truths=TRUTHS, head=HEAD, endings=(".dtt", ".rls")):
    (tmp_path / f"study{endings[0]}").write_text("\n".join([head, *answers, ""]), "latin-1")
    (tmp_path / f"study{endings[1]}").write_text("\n".join([*truths, ""]), "latin-1")
    return tmp_path / f"study{endings[0]}"


@pytest.mark.parametrize("endings", [(".dtt", ".rls"), (".DTT", ".RLS")])
def test_a_pair_is_a_study(tmp_path, endings):
    study = read_excalibur(written(tmp_path, endings=endings))

    assert study.experts == ("Ex1", "Ex2")
    assert study.items == ("odds ratio 2", "odds ratio 3", "target")
    assert study.levels == (0.05, 0.5, 0.95)
    assert study.is_log.tolist() == [False, True, False]
    assert study.is_seed.tolist() == [True, True, False]
    assert study.is_answered.tolist() == [[True, True, False], [True, False, True]]


def test_a_truth_belongs_to_the_item_of_its_name_not_of_its_number(tmp_path):
    study = read_excalibur(written(tmp_path))

    assert study.realisations[:2].tolist() == [2.5, 50]
    assert np.isnan(study.realisations[2])


def refusal_of(path):
    with pytest.raises(InputError) as refusal:
        read_excalibur(path)
    return refusal.value.faults


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"head": "experts"}, "names no quantiles"),
        ({"head": HEAD.replace("5  50  95", "50  5  95")}, "names no quantiles"),
        ({"answers": ()}, "holds no answer"),
        ({"answers": (*ANSWERS, ANSWERS[0])}, "answered item 1 above already"),
        ({"answers": (answer(1, 1, "x", "UNI", 1, 2),)}, "has 2 of 3 numbers"),
        ({"answers": (answer(1, 1, "x", "???", 1, 2, 3),)}, "is not expert, item and scale"),
        ({"answers": (*ANSWERS, answer(3, 3, "target", "uni", 4, 4, 6))}, "do not rise"),
        ({"answers": (*ANSWERS, answer(3, 2, "odds ratio 3", "log", 0, 4, 6))}, "logarithm"),
        ({"truths": (*TRUTHS, truth(4, "nobody", 3))}, "'nobody' is no item"),
        ({"truths": (*TRUTHS, TRUTHS[0])}, "has a truth above already"),
        ({"truths": ("    1   odds ratio 2",)}, "is not item and truth"),
    ],
)
def test_what_is_not_in_the_format_is_refused(tmp_path, change, message):
    faults = refusal_of(written(tmp_path, **change))

    assert message in faults[0].message
    assert faults[0].cure


def test_a_missing_half_is_named(tmp_path):
    path = written(tmp_path)
    (tmp_path / "study.rls").unlink()

    assert refusal_of(path)[0].file == "study.rls"
    assert refusal_of(tmp_path / "other.csv")[0].message == "is no Excalibur file"
    assert refusal_of(tmp_path / "nowhere" / "x.dtt")[0].message == "is missing"
