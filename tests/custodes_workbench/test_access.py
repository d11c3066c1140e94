import itertools

import pytest

from custodes_workbench.access import (
    OF_THE_WHOLE,
    PERMITTED,
    Act,
    Facts,
    Refused,
    Relation,
    Role,
    Stage,
    decide,
    require,
)

NOBODY = Facts(roles=frozenset())


@pytest.mark.parametrize("act", Act)
def test_nobody_may_anything(act):
    ruling = decide(act, NOBODY)

    assert not ruling
    assert ruling.reason.startswith(f"You may not {act}")


@pytest.mark.parametrize(("act", "stage"), list(itertools.product(Act, [*Stage, None])), ids=str)
def test_a_conflict_wins_over_every_role_before_publication(act, stage):
    facts = Facts(roles=frozenset(Role), stage=stage, relation=Relation.CONFLICTED)

    allowed = bool(decide(act, facts))

    assert not allowed or stage in (Stage.PUBLISHED, Stage.FOLLOW_UP)


def test_every_act_has_a_row():
    assert set(PERMITTED) == set(Act)


@pytest.mark.parametrize("role", Role)
def test_nobody_sees_another_answer_before_the_blind_stage_closes(role):
    for stage in (Stage.SET_UP, Stage.CALL, Stage.SCREENING, Stage.INVITING, Stage.BLIND):
        for relation in Relation:
            facts = Facts(
                roles=frozenset({role}), stage=stage, relation=relation, own_handed_in=True
            )

            assert not decide(Act.SEE_ANSWERS, facts)
            assert not decide(Act.SEE_POOLED, facts)


def test_an_expert_sees_the_others_only_after_an_own_answer():
    before = Facts(
        roles=frozenset({Role.EXPERT}), stage=Stage.DISCUSSION, relation=Relation.ASSIGNED
    )
    after = Facts(
        roles=frozenset({Role.EXPERT}),
        stage=Stage.DISCUSSION,
        relation=Relation.ASSIGNED,
        own_handed_in=True,
    )

    assert decide(Act.SEE_ANSWERS, before).reason == (
        "You may not see the panel's answers before you have handed in your own answer."
    )
    assert decide(Act.SEE_ANSWERS, after)


@pytest.mark.parametrize(
    ("act", "stage"), list(itertools.product(sorted(OF_THE_WHOLE), Stage)), ids=str
)
def test_one_hidden_effort_hides_what_is_made_from_all(act, stage):
    facts = Facts(roles=frozenset(Role), stage=stage, part_hidden=True)

    ruling = decide(act, facts)

    assert not ruling
    assert "mark" not in ruling.reason


def test_require_refuses_with_the_reason():
    ruling = decide(Act.DECIDE, Facts(roles=frozenset({Role.DECISION_MAKER}), stage=Stage.BLIND))

    with pytest.raises(Refused, match="now: the round is at blind estimates; it is possible at"):
        require(ruling)
