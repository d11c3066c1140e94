import numpy as np
import pytest

from custodes.assessment import assess, draw_effort, draw_round
from custodes.choice import nets_alone
from custodes.choice._background import risks_by_hazard
from custodes.choice._options import (
    MOST_PACKAGES,
    Candidate,
    alternatives,
    neighbours,
    pruned,
    round_of,
    scenarios_for,
)
from round_records import a_round, an_effort


def a_candidate(*package, cost, loss, p=0.1, tail=0.0):
    return Candidate(
        package=frozenset(package), cost=cost, losses=(loss,), p_raises_risk=(p,), tails=(tail,)
    )


def test_a_package_that_another_beats_in_everything_is_dropped():
    cheap = a_candidate(cost=1.0, loss=-1.0)
    worse = a_candidate("a", cost=2.0, loss=-0.5)
    dearer_and_better = a_candidate("b", cost=2.0, loss=-2.0)
    dearer_and_safer = a_candidate("c", cost=2.0, loss=-0.5, p=0.05)

    kept = pruned([cheap, worse, dearer_and_better, dearer_and_safer])

    assert kept == (frozenset(), frozenset({"b"}), frozenset({"c"}))


def test_of_equal_packages_one_stays():
    twins = [a_candidate("b", cost=1.0, loss=-1.0), a_candidate("a", cost=1.0, loss=-1.0)]

    assert pruned(twins) == (frozenset({"a"}),)


def test_at_most_eight_stay_and_those_on_the_hull_come_first():
    hull = [a_candidate(f"h{at}", cost=at, loss=-(at**0.5), p=0.9) for at in range(1, 6)]
    others = [
        a_candidate(f"o{at}", cost=at + 6.5, loss=-0.1, p=0.5 - at / 100) for at in range(20)
    ]

    kept = pruned([*hull, *others])

    assert len(kept) == MOST_PACKAGES
    assert {each.package for each in hull} <= set(kept)
    assert {frozenset({f"o{at}"}) for at in (19, 18, 17)} <= set(kept)


def test_a_package_that_a_person_names_stays():
    named = a_candidate("n", cost=9.0, loss=1.0)

    kept = pruned([a_candidate(cost=1.0, loss=-1.0), named], keep=[named.package])

    assert named.package in kept


def test_neighbours_are_one_condition_away_and_within_the_money():
    round_ = a_round(an_effort("a", kind="evaluations"))
    draws = draw_effort(draw_round(round_), round_.efforts[0])
    recommended = frozenset({"external-audit", "scaling-statement"})

    found = neighbours(draws, recommended)

    assert found[:2] == [recommended, frozenset()]
    assert all(len(each ^ recommended) <= 1 for each in found[2:])
    assert len(found) == len(set(found))
    tight = a_round(
        an_effort("a", kind="evaluations"), settings={"limits": {"conditions_cost_share": 0.0}}
    )
    draws = draw_effort(draw_round(tight), tight.efforts[0])
    assert all(each <= recommended for each in neighbours(draws, recommended))


def test_the_two_hazards_make_up_the_risk_there_is():
    round_ = a_round(an_effort("a", kind="evaluations"))
    draws = draw_effort(draw_round(round_), round_.efforts[0])
    risk = draws.outcome("central", frozenset()).risk_before

    accident, misuse = risks_by_hazard(draws.values["central"], risk)

    assert accident + misuse == pytest.approx(risk)
    assert (accident > 0).all()
    assert (misuse > 0).all()


def test_options_alone_have_the_net_of_the_assessment():
    round_ = a_round(
        an_effort("b", kind="evaluations"),
        an_effort("a", kind="model_organisms"),
        worldviews=("central", "cautious"),
    )
    assessment = assess(round_)

    found = alternatives(assessment)

    assert [each.effort for each in found.options] == sorted(each.effort for each in found.options)
    assert found.scenarios == round_.settings.samples
    for id_ in ("a", "b"):
        assessed = assessment.effort(id_)
        place = next(
            at
            for at, option in enumerate(found.options)
            if option.effort == id_ and set(option.conditions) == set(assessed.conditions)
        )
        for view in ("central", "cautious"):
            after = assessed.worldview(view).after
            alone = nets_alone(found.draws[view])[place]
            assert alone.mean() == pytest.approx(after.net.mean, rel=1e-6)
            assert found.p_raises_risk[view][place] == pytest.approx(after.p_raises_risk)
            assert found.usefulness[view][place] == pytest.approx(after.usefulness.mean, rel=1e-9)
        assert found.cost[place] == pytest.approx(assessed.cost + assessed.conditions_cost)


def test_an_uncertain_cost_counts_at_its_quantile():
    round_ = a_round(an_effort("a", kind="evaluations", cost=(5e6, 1e7, 3e7)))
    assessment = assess(round_)

    mean = alternatives(assessment)
    high = alternatives(assessment, cost_quantile=0.8)

    assert (high.cost > mean.cost).all()
    assert high.mean_cost == pytest.approx(mean.mean_cost)


def test_a_fixed_package_is_looked_at_beside_none_only():
    round_ = a_round(an_effort("a", kind="evaluations"))
    assessment = assess(round_, conditions={"a": ("scaling-statement",)})

    found = alternatives(assessment)

    assert {each.conditions for each in found.options} <= {(), ("scaling-statement",)}


def test_a_named_package_is_looked_at():
    assessment = assess(a_round(an_effort("a", kind="evaluations")))
    odd = ("precise-hazards", "publish-approach")

    found = alternatives(assessment, packages={"a": [odd]})

    assert odd in {each.conditions for each in found.options}


def test_social_value_is_counted_beside_the_net():
    round_ = a_round(an_effort("a", kind="evaluations"), settings={"verdict": "social-value"})
    assessment = assess(round_)

    found = alternatives(assessment)

    draws = found.draws["central"]
    place = next(at for at, option in enumerate(found.options) if not option.conditions)
    before = assessment.effort("a").worldview("central").before
    loss = nets_alone(draws)[place].mean() + draws.beside[place]
    assert -loss == pytest.approx(before.social_value.mean, rel=1e-6)


def test_worldviews_of_the_result_are_used():
    round_ = a_round(an_effort("a"), worldviews=("central", "cautious"))
    assessment = assess(round_, worldviews=["sanguine", "central"])

    assert [each.name for each in round_of(assessment).worldviews] == ["sanguine", "central"]
    assert list(alternatives(assessment).draws) == ["sanguine", "central"]


def test_many_options_are_looked_at_in_fewer_draws():
    assert scenarios_for(100, 4096) == 4096
    assert scenarios_for(8000, 4096) == 1024
    assert scenarios_for(8000, 512) == 512


def test_draws_are_numbers():
    found = alternatives(assess(a_round(an_effort("a"), an_effort("b", kind="control"))))

    for draws in found.draws.values():
        assert np.isfinite(draws.adds).all()
        assert all(np.isfinite(each).all() for each in draws.removes)
