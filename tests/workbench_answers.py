"""Answers of the cast, given and handed in by the services, as its experts would."""

from cast import a_workbench_round, at_stage
from custodes_workbench.access import Stage
from custodes_workbench.efforts.models import Effort
from custodes_workbench.judgements import selectors, services
from custodes_workbench.judgements.records import ASKED, read_typed
from custodes_workbench.rounds.models import Round, RoundStage

PANEL = ("ada", "grace", "joan")


def fields(numbers=(0.1, 0.25, 0.5), reason="because", **more):
    """What a form sends for three numbers and a reason."""
    return {
        **dict(zip(("p05", "p50", "p95"), map(str, numbers), strict=True)),
        "confidence": "",
        "abstain": "",
        "reason": reason,
        **more,
    }


def the_effort(row, effort_id="first"):
    """The effort with its round as it stands now."""
    return Effort.objects.get(round=Round.objects.get(pk=row.pk), effort_id=effort_id)


def answered(cast, row, name, *, quantity="success", effort="first", **typed):
    """An answer, saved by an expert; not handed in."""
    found, by, told = the_effort(row, effort), cast.now(name), fields(**typed)
    answer_round = selectors.answer_round_of(found.round)
    read, faults = read_typed(
        told, effort=effort, quantity=ASKED[quantity], answer_round=answer_round
    )
    assert faults == ()
    draft = selectors.own_drafts(by, found, answer_round).get(quantity)
    return services.save_answer(
        effort=found,
        quantity=quantity,
        by=by,
        answer=read,
        typed=told,
        version=draft.version if draft else 0,
    )


def handed_in(cast, row, name, *, effort="first"):
    """An expert's answers to an effort, handed in."""
    return services.hand_in(effort=the_effort(row, effort), by=cast.now(name))


def a_judged_round(cast, stage=Stage.DISCUSSION, *, numbers=None, reasons=None, title="A round"):
    """A round whose panel of three has answered `success` of the first effort, at a stage."""
    row = a_workbench_round(cast, Stage.BLIND, title=title)
    for place, name in enumerate(PANEL):
        given = (numbers or {}).get(name, (0.1 + 0.1 * place, 0.4, 0.7 + 0.05 * place))
        reason = (reasons or {}).get(name, f"what {name} thinks")
        answered(cast, row, name, numbers=given, reason=reason)
        handed_in(cast, row, name)
    return moved(row, stage)


def moved(row, stage, **fields_):
    """The round at another stage, with more set on that stage."""
    at_stage(row, stage)
    if fields_:
        RoundStage.objects.filter(round=row, name=stage.value).update(**fields_)
    return Round.objects.get(pk=row.pk)


def address(row, page, *rest, effort="first"):
    """The address of a page about an effort."""
    return "/".join(("", "rounds", row.slug, "efforts", effort, page, *rest, ""))
