"""Who reads what was published of a round, and what each of them gets: asked of the one rule."""

from __future__ import annotations

from dataclasses import dataclass

from custodes_workbench.access import Act, Facts, Relation, Role, Stage, decide


@dataclass(frozen=True, slots=True, kw_only=True)
class Audience:
    """Somebody for whom a publication is looked at before it is released."""

    name: str
    """In addresses."""
    title: str
    """In words."""
    role: Role
    """The role that they have in the round."""
    relation: Relation = Relation.STRANGER
    """How they stand to an effort."""


AUDIENCES = (
    Audience(name="public", title="the public", role=Role.PUBLIC),
    Audience(name="press", title="the press", role=Role.PUBLIC),
    Audience(name="applicant", title="an applicant", role=Role.APPLICANT, relation=Relation.OWN),
    Audience(name="readers", title="named readers", role=Role.NAMED_READER),
)
"""In the order in which they are offered."""

THINGS = (
    ("each effort that is open, with what it says", Act.SEE_EFFORT),
    ("an effort with a handling mark", Act.SEE_MARKED_EFFORT),
    ("who applied", Act.SEE_APPLICANT),
    ("an application as it was written", Act.SEE_APPLICATION),
    ("the results, before and after conditions", Act.SEE_RESULTS),
    ("the experts' answers", Act.SEE_ANSWERS),
    ("challenges, answers and rulings", Act.SEE_CHALLENGES),
    ("decisions with reasons, conditions and dissent", Act.SEE_DECISION),
    ("who judged, by name", Act.SEE_PANEL),
    ("what the panel discussed", Act.SEE_DISCUSSION),
)
"""What a publication is made of, and the act by which somebody gets it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """One thing, and whether an audience gets it once the round is published."""

    thing: str
    """In words."""
    is_given: bool
    """Whether they get it."""
    why: str
    """Why not, or with which limit; empty where there is none."""


def given_to(audience: Audience, *, pooled: bool) -> list[Given]:
    """What an audience gets of a published round.

    Args:
        audience: Who.
        pooled: Whether the round publishes pools instead of answers.
    """
    facts = Facts(
        roles=frozenset({Role.PUBLIC, audience.role}),
        stage=Stage.PUBLISHED,
        relation=audience.relation,
    )
    found = []
    for thing, act in THINGS:
        ruling = decide(act, facts)
        limit = {
            Act.SEE_ANSWERS: "as pools alone; the round publishes no single answer"
            if pooled
            else "each under a letter, without a name",
            Act.SEE_APPLICATION: "their own alone",
        }.get(act, "")
        why = limit if ruling else ruling.reason
        found.append(Given(thing=thing, is_given=bool(ruling), why=why))
    return found
