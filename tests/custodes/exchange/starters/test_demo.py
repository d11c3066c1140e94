"""The example round teaches what its README says: every claim is a figure that was computed."""

import re
from collections import Counter

import pytest

import custodes
from custodes.efforts import KINDS
from custodes.exchange import read_round, read_round_folder, write_starter
from custodes.judgements import LEAST_SEEDS, calibrate, pool, set_aside, without_statement
from custodes.quantities import parse_amount

VIEWS = ("central", "sanguine", "cautious", "licensed")
QUANTITIES = 21
LIMIT = 0.25


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    into = tmp_path_factory.mktemp("example") / "round"
    write_starter("demo", into=into)
    return into


@pytest.fixture(scope="module")
def round_(folder):
    return read_round(folder)


@pytest.fixture(scope="module")
def assessment(round_):
    return custodes.assess(round_)


def means(result):
    return {name: summary.mean for name, summary in result.increase.items()}


def largest(result):
    increase = means(result)
    return max(increase, key=increase.__getitem__)


def test_round_spans_every_kind_with_about_two_dozen_efforts(round_):
    kinds = Counter(each.kind for each in round_.efforts)

    assert set(kinds) == set(KINDS)
    assert len(round_.efforts) == 26


def test_round_holds_costs_of_every_size_and_currency(round_):
    in_pounds = [each.cost.p50 * round_.in_currency(each) for each in round_.efforts]

    assert min(in_pounds) == 30_000
    assert max(in_pounds) == parse_amount("300m to 480m", family="positive", unit="money").p50
    assert {each.currency for each in round_.efforts} == {"GBP", "USD", "EUR"}
    assert sum(not each.cost.is_point for each in round_.efforts) == 3
    assert sum(each.cost_is_estimate == "yes" for each in round_.efforts) == 4


def test_round_leaves_unsaid_what_applicants_leave_unsaid(round_):
    efforts = round_.efforts

    assert {each.scales_to_future for each in efforts} == {"yes", "no", ""}
    assert {each.dual_use for each in efforts} == {"yes", "no", ""}
    assert {each.start_precision for each in efforts} == {
        "day",
        "month",
        "quarter",
        "year",
        "multi-year",
    }
    assert {each.access for each in round_.systems} == {"interface", "weights", "internal"}
    assert {each.target_system for each in efforts} == {
        "",
        *(system.id for system in round_.systems),
    }


def test_every_text_is_a_paragraph(round_):
    for each in round_.efforts:
        sentences = len(re.findall(r'[.?!]"?(?:\s|$)', each.explanation))

        assert 4 <= sentences <= 8, each.id
        assert len(each.description.split()) >= 25, each.id
    for answer in round_.judgements:
        assert answer.reason, f"{answer.expert} on {answer.quantity} of {answer.effort}"


def test_titles_and_reasons_are_never_repeated(round_):
    reasons = Counter(answer.reason for answer in round_.judgements)

    assert [reason for reason, times in reasons.items() if times > 1] == []
    assert len({each.title for each in round_.efforts}) == len(round_.efforts)


def test_answers_show_what_answers_can_be(folder):
    read = read_round_folder(folder)
    answers = read.round_.judgements

    assert {each.expert for each in answers} == {each.expert for each in read.round_.experts}
    assert Counter(flag for each in answers for flag in each.flags) == {"order": 1, "point": 3}
    assert [each.abstain for each in answers if each.abstain] == ["conflict", "conflict"]
    assert sum(each.round == 2 for each in answers) == 4
    assert len(read.rescaled) == 1
    assert sum(bool(each.raw) for each in answers) == 2
    assert {each.effort.partition(":")[0] for each in answers if ":" in each.effort} == {
        "system",
        "mitigation",
        "claim",
    }
    assert read.later == ()
    assert read.strange == ()
    assert read.notes == ()


def test_a_revised_answer_revises_one_of_the_same_expert(round_):
    first = {(a.effort, a.expert, a.quantity) for a in round_.judgements if a.round == 1}

    assert {(a.effort, a.expert, a.quantity) for a in round_.judgements if a.round == 2} <= first


def test_efforts_stand_on_judgements_on_reference_classes_and_on_both(assessment):
    bases = Counter(each.basis for each in assessment.record.efforts)

    assert bases == {"judged": 2, "mixed": 12, "reference class": 12}
    for name in ("modest-agents", "always-helpful"):
        quantities = assessment.effort(name).quantities
        assert len(quantities) == QUANTITIES
        assert {each.basis for each in quantities.values()} == {"judged"}


@pytest.mark.parametrize(
    ("effort", "quantity"),
    [
        ("always-helpful", "misuse_cut"),
        ("debating-judges", "scaling"),
        ("debating-judges", "insight_months"),
        ("green-badge", "washing"),
        ("grand-laboratory", "insight_months"),
        ("obedient-watch", "principal_help"),
        ("modest-agents", "adoption"),
    ],
)
def test_contentious_quantities_have_three_voices(assessment, effort, quantity):
    assert assessment.effort(effort).quantities[quantity].experts == 3


def test_helpfulness_alone_is_never_to_be_supported(assessment):
    effort = assessment.effort("always-helpful")

    assert not effort.qualifies
    for view in VIEWS:
        for result in (effort.worldview(view).before, effort.worldview(view).after):
            assert result.net.p05 > 0
            assert result.p_raises_risk > 0.95
            assert result.benefit.misuse.mean < 0


def test_alignment_in_the_valley_raises_risk(assessment):
    effort = assessment.effort("almost-there")

    for view in VIEWS:
        before = effort.worldview(view).before
        assert largest(before) == "dangerous_valley.deployment"
        assert before.net.mean > 3 * before.net.standard_error
    assert not effort.qualifies


def test_a_licence_takes_the_valley_away(assessment):
    effort = assessment.effort("almost-there")
    free, licensed = (effort.worldview(view) for view in ("central", "licensed"))

    assert licensed.before.net.mean < free.before.net.mean / 10
    assert licensed.after.net.mean < -3 * licensed.after.net.standard_error
    assert free.after.net.mean > 3 * free.after.net.standard_error
    assert effort.others_could[0].id == "deployment-licence"


def test_conditions_turn_harm_into_good(assessment):
    effort = assessment.effort("circuit-atlas")
    central = effort.worldview("central")

    assert central.before.net.mean > 3 * central.before.net.standard_error
    assert central.before.p_raises_risk > LIMIT
    assert largest(central.before) == "relative_progress.insight"
    assert central.after.net.mean < -3 * central.after.net.standard_error
    assert all(effort.worldview(view).after.p_raises_risk < LIMIT for view in VIEWS)
    assert effort.qualifies
    assert {"milestone-payments", "restricted-sharing"} <= set(effort.conditions)


def test_alignment_serves_a_bad_principal(assessment):
    effort = assessment.effort("obedient-watch")

    assert not effort.qualifies
    for view in VIEWS:
        for result in (effort.worldview(view).before, effort.worldview(view).after):
            assert largest(result) == "bad_principal.empowerment"
            assert result.net.p05 > 0
            assert result.net_misuse.mean > 0.5 * result.net.mean


def test_a_badge_washes_and_an_examiner_does_not(assessment):
    badge, examiner = (assessment.effort(name) for name in ("green-badge", "second-opinion"))

    assert badge.kind == examiner.kind == "evaluations"
    for view in VIEWS:
        assert largest(badge.worldview(view).before) == "false_security.safety_washing"
        assert badge.worldview(view).after.net.mean > 0
        assert examiner.worldview(view).after.net.mean < 0
    assert examiner.qualifies


def test_neglected_work_has_no_ratio_and_does_good(assessment):
    effort = assessment.effort("modest-agents")

    assert effort.qualifies
    for view in VIEWS:
        result = effort.worldview(view).before
        assert result.ratio is None
        assert result.usefulness.mean < 0
        assert result.net.mean < 0
        assert result.p_raises_risk < LIMIT


def test_a_broad_programme_feeds_capability_most(assessment):
    effort = assessment.effort("grand-laboratory")
    before = effort.worldview("central").before
    increase = means(before)
    fed = sum(
        increase[f"relative_progress.{name}"] for name in ("insight", "interest", "diversion")
    )

    assert fed > 0.5 * sum(increase.values())
    assert fed > before.benefit.accident.mean + before.benefit.misuse.mean
    assert sorted(increase, key=increase.__getitem__)[-2:] == [
        "relative_progress.interest",
        "relative_progress.insight",
    ]
    assert before.net.mean > 0
    diverted = {
        each.id: each.worldview("central").before.increase["relative_progress.diversion"].mean
        for each in assessment.record.efforts
    }
    assert max(diverted, key=diverted.__getitem__) == "grand-laboratory"


def test_experts_disagree_about_debate_more_than_about_anything(assessment):
    shares = {
        each.id: told.share_between
        for each in assessment.record.efforts
        if (told := each.worldview("central").before.disagreement) is not None
    }
    others = [share for name, share in shares.items() if name != "debating-judges"]

    assert shares["debating-judges"] > 0.3
    assert max(others) < 0.1


def test_open_weights_undo_a_safeguard(assessment):
    opened, guarded = (
        assessment.effort(name) for name in ("patch-the-commons", "jailbreak-drill")
    )

    assert opened.cost > guarded.cost
    for view in VIEWS:
        assert (
            opened.worldview(view).before.benefit.misuse.mean
            < guarded.worldview(view).before.benefit.misuse.mean / 5
        )
        assert opened.worldview(view).after.net.mean > 0
    assert "open-weight-limits" not in opened.conditions


def test_useful_work_that_others_do_anyway_has_a_low_ratio(assessment):
    everyday, plans = (
        assessment.effort(name).worldview("central").before
        for name in ("everyday-answers", "says-what-it-knows")
    )

    assert everyday.ratio < plans.ratio / 10
    assert everyday.net.mean > 0
    assert plans.net.mean < 0


def test_dual_use_finding_is_marked_and_shared_with_few(assessment, round_):
    marked = [each for each in round_.efforts if each.handling]
    effort = assessment.effort("locked-drawer")

    assert [(each.id, each.handling, each.dual_use) for each in marked] == [
        ("locked-drawer", "restricted", "yes")
    ]
    assert largest(effort.worldview("central").before) == "relative_progress.insight"
    assert "restricted-sharing" in effort.conditions
    assert effort.qualifies


def test_own_worldview_changes_the_licence_and_nothing_of_the_risk(round_):
    central, licensed = (
        next(each for each in round_.worldviews if each.name == name)
        for name in ("central", "licensed")
    )

    assert {
        name
        for name, amount in licensed.quantities.items()
        if (amount.p05, amount.p50, amount.p95)
        != (
            central.quantities[name].p05,
            central.quantities[name].p50,
            central.quantities[name].p95,
        )
    } == {"licence", "licence_training", "regulator_noise", "regulator_insight"}


def test_calibration_shows_who_is_surer_than_they_can_be_and_who_is_vague(round_):
    scored = calibrate(round_)
    by_expert = {each.expert: each for each in scored.experts}

    assert scored.enough
    assert scored.seeds >= LEAST_SEEDS
    assert set(by_expert) == {str(each.expert) for each in round_.experts}
    assert by_expert["otter"].calibration < by_expert["heron"].calibration < 0.05
    assert by_expert["otter"].information > by_expert["heron"].information
    assert by_expert["lynx"].information == min(each.information for each in scored.experts)
    assert all(
        each.calibration > 0.05
        for name, each in by_expert.items()
        if name not in {"otter", "heron", "wren"}
    )


def test_every_expert_states_interests_and_one_is_set_aside_where_they_answered(round_):
    answered = {(each.effort, each.expert) for each in round_.judgements if each.is_usable}
    aside = {
        (each.effort, each.expert)
        for each in round_.conflicts
        if each.expert in set_aside(each.effort, round_.conflicts)
    }

    assert without_statement((each.expert for each in round_.experts), round_.conflicts) == ()
    assert {each.decided for each in round_.conflicts} == {"none", "note", "publish", "recuse"}
    assert all(each.reason for each in round_.conflicts)
    assert answered & aside == {("glasshouse", "sorrel")}


def test_pool_of_glasshouse_shows_what_the_expert_set_aside_would_change(round_):
    questions = {(each.subject, each.quantity): each for each in pool(round_).questions}

    asked = questions["glasshouse", "accident_cut"]
    assert asked.with_conflicted is not None
    assert asked.pool is not None
    assert asked.with_conflicted.p50 > asked.pool.p50


def test_challenges_are_answered_upheld_and_open_and_one_carries_a_number(round_):
    told = {str(each.effort): each.status for each in round_.challenges}
    numbers = [each.effort for each in round_.challenges if each.amount is not None]

    assert told == {
        "circuit-atlas": "answered",
        "green-badge": "upheld",
        "grand-laboratory": "open",
    }
    assert numbers == ["circuit-atlas"]


def test_claims_show_what_an_assessment_can_be(round_):
    told = {each.id: each for each in round_.claims}
    answers = [each for each in round_.judgements if each.effort.startswith("claim:")]

    assert {each.standing for each in told.values()} == {"published", "assessing", "with_claimant"}
    assert {each.verdict for each in answers} == {
        "supported",
        "partly",
        "unsupported",
        "contradicted",
    }
    assert all(each.reason for each in answers)
    assert sum(bool(each.praise) for each in answers) > len(answers) / 2
    waiting = {each.subject for each in told.values() if not each.is_published}
    assert waiting.isdisjoint(each.effort for each in answers)
