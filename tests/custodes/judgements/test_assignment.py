import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from custodes.judgements import LOAD_COUNTS, assign_balanced, fit_of


@pytest.mark.parametrize(
    ("expertise", "topics", "expected"),
    [
        (["Deceptive alignment"], ["deceptive_alignment"], 1.0),
        (["deceptive", "economics", "law", "biology"], ["deceptive"], 0.5),
        (["law"], ["evaluations"], 0.0),
        ([], ["evaluations"], 0.0),
        (["law"], [], 0.0),
    ],
)
def test_fit_is_the_share_of_words_in_common(expertise, topics, expected):
    assert fit_of(expertise, topics) == pytest.approx(expected)


def test_best_fit_is_taken_where_load_is_alike():
    found = assign_balanced(
        efforts=["a", "b"],
        most={"x": 1, "y": 1},
        per_effort=1,
        fit={("x", "a"): 0.2, ("x", "b"): 0.9, ("y", "a"): 0.8, ("y", "b"): 0.9},
    )

    assert found.pairs == (("y", "a"), ("x", "b"))
    assert (found.missing, found.load) == ({}, {"x": 1, "y": 1})


def test_a_conflict_is_never_assigned_even_if_a_place_stays_empty():
    found = assign_balanced(
        efforts=["a"], most={"x": 3}, per_effort=1, fit={("x", "a"): 1.0}, barred={("x", "a")}
    )

    assert (found.pairs, found.missing, found.load) == ((), {"a": 1}, {"x": 0})


def test_equal_experts_share_the_load():
    found = assign_balanced(efforts=["a", "b"], most={"x": 4, "y": 4}, per_effort=1, fit={})

    assert found.load == {"x": 1, "y": 1}


def test_what_is_missing_is_shared_out():
    found = assign_balanced(efforts=["a", "b"], most={"x": 1, "y": 1}, per_effort=2, fit={})

    assert found.missing == {"a": 1, "b": 1}


def test_what_is_assigned_already_counts():
    found = assign_balanced(
        efforts=["a", "b"], most={"x": 2, "y": 1}, per_effort=1, fit={}, kept={("x", "a")}
    )

    assert found.pairs == (("y", "b"),)


def test_nobody_to_ask_leaves_every_place_missing():
    found = assign_balanced(efforts=["a"], most={}, per_effort=3, fit={})

    assert (found.pairs, found.missing) == ((), {"a": 3})


EXPERTS, EFFORTS = ("x", "y", "z"), ("a", "b", "c")
PAIRS = tuple(itertools.product(EXPERTS, EFFORTS))


@given(
    fits=st.lists(st.integers(0, 4), min_size=9, max_size=9),
    most=st.tuples(*[st.integers(1, 3)] * 3),
    barred=st.sets(st.sampled_from(PAIRS), max_size=4),
    per_effort=st.integers(1, 3),
)
def test_no_other_assignment_is_better(fits, most, barred, per_effort):
    fit = {pair: number / 4 for pair, number in zip(PAIRS, fits, strict=True)}
    limits = dict(zip(EXPERTS, most, strict=True))

    found = assign_balanced(
        efforts=EFFORTS, most=limits, per_effort=per_effort, fit=fit, barred=barred
    )

    best = max(
        value
        for chosen in every_subset(barred)
        if (value := worth(chosen, limits, per_effort, fit)) is not None
    )
    assert worth(found.pairs, limits, per_effort, fit) == pytest.approx(best, abs=1e-9)
    assert not set(found.pairs) & barred


def every_subset(barred):
    """Every set of pairs that are not barred."""
    free = [pair for pair in PAIRS if pair not in barred]
    return itertools.chain.from_iterable(
        itertools.combinations(free, number) for number in range(len(free) + 1)
    )


def worth(chosen, limits, per_effort, fit):
    """Places filled, evenness, fit less load; none where a limit is passed."""
    loads = {expert: sum(pair[0] == expert for pair in chosen) for expert in limits}
    filled = [sum(pair[1] == effort for pair in chosen) for effort in EFFORTS]
    if any(loads[each] > limits[each] for each in limits) or max(filled) > per_effort:
        return None
    evenness = -sum((per_effort - each) * (per_effort - each + 1) / 2 for each in filled)
    burden = sum(LOAD_COUNTS * n / limits[each] for each in limits for n in range(loads[each]))
    return (len(chosen), evenness, sum(fit[pair] for pair in chosen) - burden)
