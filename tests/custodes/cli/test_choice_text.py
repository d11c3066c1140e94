"""The choice in words: long names, many worldviews, social value, no s-process."""

import pytest

from custodes.assessment import assess
from custodes.choice import OtherConditions, choose
from custodes.cli._choice_text import choice_text, other_conditions_text
from round_records import a_round, an_effort

LONG = "an-effort-with-a-name-that-is-longer-than-any-column-of-a-table"


@pytest.fixture(scope="module")
def round_():
    return a_round(
        an_effort(LONG, kind="model_organisms", cost=4e5),
        an_effort("b", kind="preference_training", cost=3e6),
        worldviews=("central", "sanguine", "cautious"),
        samples=64,
        settings={"budget": 5e6},
    )


def test_long_names_fit(round_):
    text = choice_text(choose(assess(round_), cap_p_raises_risk=1.0, cvar=(0.9, 1.0)))

    assert max(map(len, text.splitlines())) <= 100
    assert f"\n{LONG}\n" in text
    assert ".. " not in text
    assert "mean of the worst 0.1 of draws at most" in " ".join(text.split())
    assert "THE S-PROCESS" not in text


def test_a_fixed_effort_says_why(round_):
    rules = {
        "rules": [{"kind": "fixed", "effort": "b", "chosen": True, "reason": "promised in 2026"}]
    }
    settings = round_.settings.model_validate(
        round_.settings.model_dump(exclude_unset=True) | {"choice": rules}
    )

    text = choice_text(
        choose(
            assess(round_.model_copy(update={"settings": settings})),
            cap_p_raises_risk=1.0,
            cap_p_portfolio=1.0,
        )
    )

    assert "    fixed: promised in 2026" in text
    assert "P(raises risk) of the portfolio at most 1" in " ".join(text.split())


def test_social_value_has_no_ppm(round_):
    settings = round_.settings.model_validate(
        round_.settings.model_dump(exclude_unset=True) | {"verdict": "social-value"}
    )
    choice = choose(
        assess(round_.model_copy(update={"settings": settings})), cap_p_raises_risk=1.0
    )

    text = choice_text(choice)

    assert "none is above" in text
    assert max(map(len, text.splitlines())) <= 100


def test_fewer_draws_than_assessed_are_told(round_):
    record = choose(assess(round_), cap_p_raises_risk=1.0)

    fewer = " ".join(choice_text(record.model_copy(update={"scenarios": 32})).split())

    assert "Chosen on the first 32 of 64 draws" in fewer
    assert "Chosen on the first" not in choice_text(record)


def test_marked_efforts_are_marked_wherever_a_table_names_them(round_):
    record = choose(assess(round_), cap_p_raises_risk=1.0)

    text = choice_text(record, {LONG: "restricted"})

    assert "NOT FOR PUBLICATION: it names 1 effort with a handling mark" in " ".join(text.split())
    assert f"\n{LONG} [restricted]\n" in text
    assert "restricted" not in choice_text(record)
    assert max(map(len, text.splitlines())) <= 100


def test_conditions_beside_the_recommended_ones_have_their_reason(round_):
    record = choose(assess(round_), cap_p_raises_risk=1.0)
    other = OtherConditions(
        more=("precise-hazards",),
        fewer=("external-audit",),
        reason="the portfolio would be worse",
        loss_with_recommended=2.5e-6,
    )

    told = other_conditions_text(other, record)

    assert told == (
        "than recommended: precise-hazards more; external-audit fewer, because the portfolio "
        "would be worse (by 2.5 ppm)"
    )
