import pytest
from hypothesis import given
from hypothesis import strategies as st

from custodes.errors import InputError
from custodes.exchange import experts_as_csv, read_experts_csv
from custodes.judgements import Expert


@pytest.fixture
def read(tmp_path):
    def read_text(text):
        (tmp_path / "experts.csv").write_text(text, "utf-8")
        return read_experts_csv(tmp_path / "experts.csv")

    return read_text


def test_lists_are_separated_by_a_bar(read):
    experts = read(
        "expert,expertise,affiliations,interests,weight\ne1,a | b,C,none,50 %\n"
    ).experts

    assert experts == (
        Expert(
            expert="e1", expertise=("a", "b"), affiliations=("C",), interests="none", weight=0.5
        ),
    )


def test_a_weight_that_is_not_stated_is_one(read):
    assert [expert.weight for expert in read("expert,weight\ne1,\n").experts] == [1.0]


@pytest.mark.parametrize("weight", ["-1", "heavy", "inf", "1 to 2"])
def test_a_weight_that_cannot_be_is_a_fault(weight, read):
    faults = read(f"expert,weight\ne1,{weight}\n").faults

    assert [(fault.row, fault.field) for fault in faults] == [(2, "weight")]


def test_a_misspelt_column_is_refused_with_the_nearest(read):
    with pytest.raises(InputError, match="did you mean 'weight'"):
        read("expert,wieght\ne1,1\n")


NAMES = st.text(
    st.characters(exclude_categories=("C", "Z"), exclude_characters="|"), min_size=1, max_size=9
)
EXPERTS = st.builds(
    Expert,
    expert=NAMES,
    expertise=st.lists(NAMES, max_size=3).map(tuple),
    affiliations=st.lists(NAMES, max_size=3).map(tuple),
    interests=NAMES,
    weight=st.floats(0, 1e300),
)


@given(st.lists(EXPERTS, max_size=3))
def test_what_is_written_is_read_back(tmp_path_factory, experts):
    path = tmp_path_factory.mktemp("law") / "experts.csv"
    path.write_text(experts_as_csv(experts), "utf-8", newline="")

    assert read_experts_csv(path).experts == tuple(experts)
