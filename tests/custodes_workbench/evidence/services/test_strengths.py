import pytest

from cast import a_workbench_round, at_stage, stand
from custodes.errors import InputError
from custodes.quantities import Amount
from custodes_workbench.access import Refused, Relation, Stage
from custodes_workbench.efforts.models import Effort
from custodes_workbench.evidence.models import AuditVersion, StrengthAnswer
from custodes_workbench.evidence.records import audit_record
from custodes_workbench.evidence.selectors import (
    evidence_seen_by,
    strengths_shown_to,
)
from custodes_workbench.evidence.services import judge_strength, pool_strengths
from workbench_audits import a_log_file, an_audit, an_audited_system

pytestmark = pytest.mark.django_db


@pytest.fixture
def row(cast):
    made = an_audited_system(cast, a_workbench_round(cast, Stage.SET_UP))
    an_audit(cast, made)
    at_stage(made, Stage.BLIND)
    return type(made).objects.get(pk=made.pk)


def newest(audit_id="power-2026-09"):
    return AuditVersion.objects.filter(audit__audit_id=audit_id).first()


def judged_by(cast, name, *, audit_id="power-2026-09", **shares):
    return judge_strength(
        version=newest(audit_id),
        hazard="power_seeking",
        judged={key: Amount.point(value) for key, value in shares.items()},
        reason="Finds planted cases.",
        by=cast.now(name),
    )


def pooled(cast, row):
    return pool_strengths(
        round_=row,
        system_id="model-a",
        hazard="power_seeking",
        reason="All have answered.",
        by=cast.now("lena"),
    )


def hazard_of(cast, row):
    (system,) = evidence_seen_by(cast.now("lena"), row).record.systems
    return next(each for each in system.hazards if each.hazard == "power_seeking")


def test_answers_are_blind_until_they_are_pooled_with_equal_weight(cast, row):
    judged_by(cast, "ada", sensitivity=0.3, coverage=1)
    judged_by(cast, "grace", sensitivity=0.9, coverage=1)
    audit = newest().audit
    for name in ("lena", "ada", "grace", "aud"):
        assert not strengths_shown_to(cast.now(name), audit, "power_seeking")

    (made,) = pooled(cast, row)

    (strength,) = audit_record(made).strength
    # two points with the same weight: the mixture's 5th percentile is one, its 95th the other
    assert strength.judged["sensitivity"].p05 == pytest.approx(0.3, rel=1e-9)
    assert strength.judged["sensitivity"].p95 == pytest.approx(0.9, rel=1e-9)
    assert strength.judged["coverage"].numbers == pytest.approx((1, 1, 1))
    assert len(set(strength.judged_by)) == 2
    assert all(each.startswith("system:model-a/") for each in strength.judged_by)
    assert len(strengths_shown_to(cast.now("ada"), audit, "power_seeking")) == 2
    assert hazard_of(cast, row).basis == "mixed"


def test_the_newest_answer_of_each_counts_and_a_later_one_is_revised(cast, row):
    judged_by(cast, "ada", sensitivity=0.3)
    judged_by(cast, "ada", sensitivity=0.5)
    (made,) = pooled(cast, row)
    judged_by(cast, "ada", sensitivity=0.7)

    assert audit_record(made).strength[0].judged["sensitivity"].numbers == (0.5, 0.5, 0.5)
    assert [each.answer_round for each in StrengthAnswer.objects.all()] == [1, 1, 2]
    assert len(pooled(cast, row)) == 1
    with pytest.raises(Refused, match="Nobody has answered since"):
        pooled(cast, row)


def test_coverage_is_pooled_for_all_audits_of_the_hazard_together(cast, row):
    at_stage(row, Stage.SET_UP)
    an_audit(
        cast,
        type(row).objects.get(pk=row.pk),
        a_log_file("two.json", eval={"eval_id": "two", "task": "other"}),
        id_="second",
    )
    at_stage(row, Stage.BLIND)
    judged_by(cast, "ada", coverage=0.4)
    judged_by(cast, "grace", audit_id="second", coverage=0.4, gaming=0.2)

    made = pooled(cast, row)

    records = [audit_record(each) for each in made]
    assert [each.judged("coverage", "power_seeking").p50 for each in records] == pytest.approx(
        [0.4, 0.4]
    )
    assert [each.judged("gaming", "power_seeking") is None for each in records] == [True, False]


def test_who_has_a_conflict_with_an_effort_on_the_system_does_not_count(cast, row):
    first = Effort.objects.get(round=row, effort_id="first")
    record = {**first.revision.record, "target_system": "model-a"}
    type(first.revision).objects.filter(pk=first.revision.pk).update(record=record)
    judged_by(cast, "ada", sensitivity=0.9)
    judged_by(cast, "grace", sensitivity=0.5)
    stand(first, cast.ada, Relation.CONFLICTED)

    (made,) = pooled(cast, row)

    assert audit_record(made).strength[0].judged["sensitivity"].numbers == (0.5, 0.5, 0.5)
    with pytest.raises(Refused, match="conflict of interest"):
        judged_by(cast, "ada", sensitivity=0.9)


def test_a_test_that_finds_good_systems_more_often_than_bad_ones_is_refused(cast, row):
    with pytest.raises(InputError, match="would find good systems more often"):
        judged_by(cast, "ada", sensitivity=0.01, specificity=0.5)


@pytest.mark.parametrize("name", ["omar", "dina", "reg", "alan", "mallory"])
def test_only_experts_judge(cast, row, name):
    with pytest.raises(Refused):
        judged_by(cast, name, sensitivity=0.5)
