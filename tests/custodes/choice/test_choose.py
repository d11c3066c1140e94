"""The whole of it on small rounds: what is chosen, why not, and what else the record says."""

import json
from dataclasses import replace

import pytest

import custodes
from custodes.assessment import assess
from custodes.challenges import Challenge
from custodes.choice import ChoiceRecord, Curve, choose
from custodes.errors import InputError
from custodes.exchange import result_text
from custodes.mitigations import library
from round_records import a_round, an_effort, answers

VIEWS = ("central", "cautious")
SAFE = {
    "success": 0.9,
    "adoption": 0.9,
    "usefulness": 0.0,
    "insight_months": 0.0,
    "interest_months": 0.0,
    "diversion": 0.0,
    "principal_help": 0.0,
    "overstatement": 1.0,
    "believed_if_failed": 0.0,
    "over_generalising": 0.0,
    "coverage_confusion": 0.0,
    "washing": 0.0,
    "misuse_cut": 0.0,
    "scaling": 0.9,
    "made_safer_share": 0.0,
    "done_anyway": 0.0,
}
FEW = tuple(
    library()[name] for name in ("scaling-statement", "precise-hazards", "outside-expert-advice")
)


def the_round(*, settings=None, **cuts):
    """Efforts that cut accidents and add nothing, by how much; `harm` adds risk."""
    efforts = [an_effort(name, kind="evaluations", cost=1e6) for name in cuts]
    judged = [
        answer for name, cut in cuts.items() for answer in answers(name, accident_cut=cut, **SAFE)
    ]
    return a_round(
        *efforts,
        worldviews=VIEWS,
        samples=128,
        mitigations=FEW,
        judgements=tuple(judged),
        settings={"budget": 2.2e6} | (settings or {}),
    )


def chosen(choice):
    return [each.id for each in choice.chosen]


def reasons(choice):
    return {each.id: each.reason for each in choice.not_chosen}


@pytest.fixture(scope="module")
def assessment():
    return assess(the_round(a=0.3, b=0.2, c=0.1, d=-0.2))


def test_the_best_two_are_chosen_and_the_others_have_their_reason(assessment):
    choice = choose(assessment)

    assert chosen(choice) == ["a", "b"]
    assert reasons(choice)["d"].startswith("over P(raises risk) cap (1.00 > 0.25) in central")
    assert reasons(choice)["c"].startswith("outbid: enters at a budget of 3,0")
    assert choice.sense == "minimise"
    assert choice.objective < 0
    assert choice.gap <= 1e-6
    assert choice.certificate.exhaustive.equal
    assert choice.certificate.feasible
    assert choice.certificate.warnings == ()
    assert choice.spent <= choice.budget


def test_what_is_lost_without_an_effort_and_by_forcing_one_is_told(assessment):
    choice = choose(assessment)

    lost = {each.id: each.loss_if_left_out for each in choice.chosen}
    forced = {each.id: each.loss_if_forced for each in choice.not_chosen}
    assert lost["a"] > lost["b"] > 0
    assert forced["c"] > 0
    assert forced["d"] is None


def test_the_portfolio_overlaps_and_is_told_by_worldview(assessment):
    choice = choose(assessment)

    alone = sum(each.net for each in choice.chosen)
    assert set(choice.portfolio) == set(VIEWS)
    assert alone < choice.portfolio["central"].net.mean < 0
    assert choice.certificate.combined_by_model == pytest.approx(choice.objective, rel=0.05)
    assert set(choice.net_by_overlap["central"]) == {"0", "0.5", "1"}
    assert choice.cvar["central"] < 0


def test_the_frontier_falls_and_the_next_million_is_told(assessment):
    choice = choose(assessment)

    nets = [point.net for point in choice.frontier]
    assert nets == sorted(nets, reverse=True)
    assert nets[0] == 0.0
    slopes = [each.per_million for each in choice.hull[1:]]
    assert slopes == sorted(slopes)
    ratios = [each.ratio for each in choice.falling_ratio if each.ratio is not None]
    assert ratios == sorted(ratios, reverse=True)
    assert {each.id for each in choice.falling_ratio} == set(choice.frontier[-1].efforts)
    assert choice.next_million.enters == ("c",)
    assert choice.next_million.change < 0
    assert choice.next_million.price_per_million > 0


def test_worldviews_are_set_side_by_side(assessment):
    choice = choose(assessment)

    assert choice.worldviews.in_all == ("a", "b")
    assert choice.worldviews.in_none == ("c", "d")
    assert set(choice.worldviews.objective) == {"chosen", *VIEWS}
    chosen_alone = choice.worldviews.objective["chosen"]
    for view in VIEWS:
        assert choice.worldviews.objective[view][view] <= chosen_alone[view] + 1e-12


@pytest.mark.parametrize("rule", ["first", "credence", "maximin", "regret"])
def test_every_rule_chooses(assessment, rule):
    choice = choose(assessment, rule=rule)

    assert chosen(choice) == ["a", "b"]
    assert choice.asked.rule == rule
    assert choice.certificate.exhaustive.equal
    if rule == "regret":
        assert choice.objective == pytest.approx(0.0, abs=1e-12)


def test_credences_come_from_the_round():
    round_ = the_round(
        settings={
            "choice": {"rule": "credence", "credences": {"central": 0.25, "cautious": 0.75}}
        },
        a=0.3,
        b=0.2,
    )

    choice = choose(assess(round_))

    table = choice.worldviews.objective["chosen"]
    assert choice.objective == pytest.approx(0.25 * table["central"] + 0.75 * table["cautious"])


def test_a_credence_without_its_worldview_is_refused():
    round_ = the_round(
        settings={
            "choice": {"rule": "credence", "credences": {"central": 0.25, "cautious": 0.75}}
        },
        a=0.3,
    )

    with pytest.raises(InputError, match="'cautious' has a credence and was not assessed"):
        choose(assess(round_, worldviews=["central"]))


def test_rules_of_the_round_hold_and_are_told():
    rules = [
        {"kind": "exclusion", "efforts": ("a", "b")},
        {"kind": "fixed", "effort": "c", "chosen": True, "reason": "promised in 2026"},
    ]
    choice = choose(assess(the_round(settings={"choice": {"rules": rules}}, a=0.3, b=0.2, c=0.1)))

    assert chosen(choice) == ["a", "c"]
    assert reasons(choice) == {"b": "excluded by a"}
    assert [each.fixed_because for each in choice.chosen] == [None, "promised in 2026"]
    assert [row.value for row in choice.rows if row.kind == "exclusion"] == [1.0]


def test_what_an_effort_needs_is_told():
    rules = [
        {"kind": "prerequisite", "effort": "a", "needs": "d"},
        {"kind": "fixed", "effort": "d", "chosen": False, "reason": "a conflict"},
    ]
    choice = choose(assess(the_round(settings={"choice": {"rules": rules}}, a=0.3, b=0.2, d=0.1)))

    assert chosen(choice) == ["b"]
    assert reasons(choice) == {"a": "needs d", "d": "left out: a conflict"}


def test_no_room_under_a_category_is_told():
    rules = [{"kind": "category", "name": "audits", "efforts": ("a", "b"), "count_cap": 1}]
    choice = choose(assess(the_round(settings={"choice": {"rules": rules}}, a=0.3, b=0.2)))

    assert chosen(choice) == ["a"]
    assert reasons(choice) == {"b": "no room under audits: at most 1 (efforts)"}


def test_what_is_blocked_is_left_out_with_its_reason(assessment):
    choice = choose(assessment, blocked={"a": "blocked by challenge c12"})

    assert chosen(choice) == ["b", "c"]
    assert reasons(choice)["a"] == "blocked by challenge c12"


def test_harm_on_the_mean_is_a_reason_of_its_own(assessment):
    choice = choose(assessment, cap_p_raises_risk=1.0)

    assert reasons(choice)["d"] == "raises risk on the mean"


def test_a_limit_on_the_tail_is_kept_or_told(assessment):
    free = choose(assessment, cvar=0.9)
    tight = choose(assessment, cvar=(0.9, free.cvar["central"] / 2))

    assert free.asked.cvar_limit == 0.0
    assert tight.cvar["central"] <= free.cvar["central"] / 2 + 1e-12


def test_a_tail_that_cannot_be_kept_is_told(assessment):
    with pytest.raises(InputError, match=r"no portfolio keeps CVaR at 0.9 at most -1 "):
        choose(assessment, cvar=(0.9, -1.0))


def test_the_cap_on_the_portfolio_is_kept(assessment):
    choice = choose(assessment, cap_p_portfolio=0.0)

    assert choice.portfolio["central"].p_raises_risk == 0.0
    assert choice.certificate.cap_on_portfolio == "exact"


def test_limits_that_conflict_are_named():
    rules = [{"kind": "category", "name": "audits", "efforts": ("a", "b"), "floor": 5e6}]
    round_ = the_round(settings={"choice": {"rules": rules}}, a=0.3, b=0.2)

    with pytest.raises(InputError) as error:
        choose(assess(round_))

    told = str(error.value)
    assert "audits: at least 5e+06 (money)" in told
    assert "round.toml, choice.rules.0" in told


def test_a_promise_over_the_cap_is_named_with_the_cap():
    rules = [{"kind": "fixed", "effort": "d", "chosen": True, "reason": "promised"}]
    round_ = the_round(settings={"choice": {"rules": rules}}, a=0.3, d=-0.2)

    with pytest.raises(InputError, match=r"P\(raises risk\) of d at most 0.25.*d is chosen"):
        choose(assess(round_))


def test_nothing_for_no_money(assessment):
    choice = choose(assessment, budget=0.0)

    assert chosen(choice) == []
    assert (choice.objective, choice.bound, choice.gap, choice.spent) == (0.0, 0.0, 0.0, 0.0)
    assert choice.portfolio["central"].net.mean == 0.0


def test_nothing_where_all_are_harmful():
    choice = choose(assess(the_round(c=-0.1, d=-0.2)), cap_p_raises_risk=1.0)

    assert chosen(choice) == []
    assert set(reasons(choice).values()) == {"raises risk on the mean"}


def test_social_value_is_made_large():
    round_ = the_round(settings={"verdict": "social-value"}, a=0.3, b=0.2, c=0.1)

    choice = choose(assess(round_))

    assert choice.sense == "maximise"
    assert choice.bound >= choice.objective > 0
    assert choice.portfolio["central"].social_value.mean == pytest.approx(
        choice.objective, rel=0.1
    )
    assert choice.next_million.change >= 0


def test_curves_are_shared_out_beside_the_optimum(assessment):
    curves = [
        Curve(recommender="ash", effort="c", first=1.0, zero=2e6),
        Curve(recommender="elm", effort="d", first=1.0, zero=2e6),
    ]

    process = choose(assessment, curves=curves).s_process

    assert process.pots == {"ash": 1.1e6, "elm": 1.1e6}
    by_variant = {(each.variant, each.brake): each.given for each in process.results}
    assert by_variant["plain", False]["d"] > 0
    assert by_variant["plain", True]["d"] == 0
    assert "over P(raises risk) cap" in process.blocked["d"]


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"budget": -1.0}, "-1 is no budget"),
        ({"budget": float("nan")}, "nan is no budget"),
        ({"cvar": 1.0}, "1 is no level of a tail"),
        ({"cvar": (-0.1, 0.0)}, "-0.1 is no level"),
        ({"blocked": {"e": "why"}}, "'e' is no effort of this round"),
        ({"packages": {"a": [["audit"]]}}, "'audit' is not a mitigation of this round"),
    ],
)
def test_what_cannot_be_meant_is_refused(assessment, asked, told):
    with pytest.raises(InputError, match=told):
        choose(assessment, **asked)


def test_seconds_are_told_where_there_is_a_clock(assessment):
    ticks = iter((1.0, 3.5))

    choice = choose(assessment, clock=lambda: next(ticks))

    assert choice.certificate.seconds == 2.5
    assert choose(assessment).certificate.seconds is None


def test_the_record_reads_back_to_itself(assessment):
    choice = choose(assessment)

    assert ChoiceRecord.model_validate(json.loads(result_text(choice))) == choice


def test_it_is_the_contracts_python(assessment):
    assert custodes.choose is choose
    assert custodes.choose(assessment, budget=1.1e6).budget == 1.1e6


def test_the_order_of_efforts_changes_nothing():
    round_ = the_round(a=0.3, b=0.2, c=0.1)
    turned = round_.model_copy(update={"efforts": tuple(reversed(round_.efforts))})

    one, two = choose(assess(round_)), choose(assess(turned))

    assert result_text(one) == result_text(two)


def test_progress_grows_to_its_end():
    told = []

    choose(
        assess(the_round(a=0.05, b=0.02)), progress=lambda done, every: told.append(done / every)
    )

    assert told == sorted(told)
    assert told[-1] == 1.0
    assert 0.5 in told


def challenged(assessment, *challenges):
    """The same assessment with these challenges in its round."""
    found = tuple(
        Challenge(id=name, effort=effort, by="red team", text="Why?", status="open")
        for name, effort in challenges
    )
    round_ = assessment.round_.model_copy(update={"challenges": found})
    return replace(assessment, round_=round_)


def test_an_effort_with_an_open_challenge_is_not_chosen(assessment):
    choice = choose(challenged(assessment, ("c12", "a")))

    assert chosen(choice) == ["b", "c"]
    assert reasons(choice)["a"] == "challenge c12 is open"
    assert choice.asked.blocked == {}
    assert "challenges" in choice.inputs
    assert "challenges" not in choose(assessment).inputs


def test_an_effort_that_a_rule_fixes_is_chosen_and_its_challenge_told():
    rules = {"rules": [{"kind": "fixed", "effort": "c", "chosen": True, "reason": "promised"}]}
    fixed = assess(the_round(a=0.3, b=0.2, c=0.1, d=-0.2, settings={"choice": rules}))
    curve = Curve(recommender="r", effort="c", first=1.0, zero=1e6)

    choice = choose(challenged(fixed, ("c12", "c")), curves=(curve,))

    (there,) = (each for each in choice.chosen if each.id == "c")
    assert there.fixed_because == "promised; challenge c12 is open"
    assert choice.s_process.blocked["c"] == "challenge c12 is open"
    (braked,) = (
        each for each in choice.s_process.results if each.brake and each.variant == "plain"
    )
    assert braked.given.get("c", 0.0) == 0.0
