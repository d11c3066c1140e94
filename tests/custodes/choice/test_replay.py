import pytest

from custodes.assessment import assess
from custodes.choice import Curve, choose, replay
from round_records import a_round, an_effort

CURVES = (Curve(recommender="ash", effort="a", first=1.0, zero=1e6),)


def the_round(**settings):
    return a_round(
        an_effort("a", kind="model_organisms", cost=1e6),
        an_effort("b", kind="evaluations", cost=1e6),
        worldviews=("central", "sanguine"),
        samples=128,
        settings={"budget": 1.2e6} | settings,
    )


@pytest.fixture(scope="module")
def kept():
    assessment = assess(the_round(), seed=7, samples=64, conditions={"b": ["scaling-statement"]})
    return choose(
        assessment,
        budget=2.5e6,
        cap_p_raises_risk=0.8,
        cvar=(0.8, 0.1),
        cap_p_portfolio=0.9,
        rule="maximin",
        packages={"a": [["publish-approach"]]},
        curves=CURVES,
        clock=iter((0.0, 4.0)).__next__,
    )


def test_a_kept_choice_comes_out_the_same(kept):
    found = replay(kept, the_round(), curves=CURVES)

    assert found.is_same
    assert found.record == kept
    assert found.changed == ()


def test_what_has_changed_is_told(kept):
    round_ = the_round(title="Another", limits={"p_raises_risk": 0.4})
    dearer = round_.efforts[0].model_copy(
        update={"cost": round_.efforts[0].cost.model_copy(update={"p50": 2e6, "p95": 3e6})}
    )
    round_ = round_.model_copy(update={"efforts": (dearer, round_.efforts[1])})

    found = replay(kept, round_, curves=())

    assert not found.is_same
    assert found.changed == (
        "curves.csv has changed",
        "efforts.csv has changed",
        "round.toml has changed",
    )
    assert {"inputs", "spent", "s_process", "round_title"} <= set(found.differs)


def test_another_version_is_told(kept):
    older = kept.model_copy(
        update={
            "library_version": "0.0.0",
            "certificate": kept.certificate.model_copy(update={"library": "scipy 1.0"}),
        }
    )

    found = replay(older, the_round(), curves=CURVES)

    assert found.changed[0].startswith("Custodes was 0.0.0 and is ")
    assert found.changed[1].startswith("libraries were scipy 1.0 and are scipy ")
