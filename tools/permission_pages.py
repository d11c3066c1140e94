"""Write the reference page of permissions from the workbench's own table.

Part of `reference_pages.py`, in a file of its own because it reads the workbench and not the
library. `access` imports no Django, so the page is made where the extra `workbench` is missing.
"""

from collections.abc import Collection, Iterator

from markdown_tables import table

from custodes_workbench.access import (
    IN_PLACE,
    PERMITTED,
    SPOKEN,
    TWO_PERSONS,
    WHILE_OPEN,
    Act,
    Permit,
    Relation,
    Role,
    Stage,
)

RELATIONS = {
    Relation.OWN: "it is theirs: their own application, and what hangs on it",
    Relation.ASSIGNED: "it was assigned to them: they are on its panel",
    Relation.CONFLICTED: "a conflict of interest stands between them and it, decided or not",
    Relation.STRANGER: "none of these",
}
UNLESS_CONFLICTED = frozenset(Relation) - {Relation.CONFLICTED}


def permissions_page() -> str:
    """Every act of the workbench: who may, when, and standing how to the thing."""
    parts = [
        "# Permissions of the workbench",
        (
            "One table decides who may do what in the workbench, and every page, list, count and "
            "export asks it. This page is that table, written from `custodes_workbench.access`. "
            "**What has no row here is refused.** A conflict of interest wins over every role "
            "until the round is published. How it works: [](../../explanation/workbench.md)."
        ),
        "## Roles",
        (
            "A role is held in the institution, where it counts in every round, or in one round. "
            "Who holds several may do what any of them may. Whoever runs the workbench alone acts "
            "in one role at a time."
        ),
        table(("role", "in a sentence", "acts that it appears in"), _roles()),
        "## Stages",
        "In this order. Exactly one is open in a round; a round may leave some of them out.",
        table(("stage", "in a sentence"), ((f"`{each}`", SPOKEN[each]) for each in Stage)),
        "## Standing",
        table(
            ("relation", "how a person stands to an effort or an application"),
            ((f"`{each}`", RELATIONS[each]) for each in Relation),
        ),
        "## Acts",
        (
            "Each row allows by itself. Where `standing` is a dash, anybody with the role may who "
            "is not conflicted. *After own*: only once they have handed in an answer of their own "
            "about this effort."
        ),
        table(("act", "", "role", "stage", "standing"), _acts()),
        "## Acts that take two people",
        (
            "One person prepares, another confirms. Whoever runs the workbench alone does both, "
            "and the history, the decision and the public site say so."
        ),
        _list(TWO_PERSONS),
        "## Acts of a substitute",
        (
            "Somebody who is only a substitute may do these where whoever they stand in for has a "
            "conflict of interest, or where there is nobody to stand in for."
        ),
        _list(IN_PLACE),
        "## Acts that end with the stage",
        (
            "When the end of the stage has passed, these are refused even before somebody opens "
            "the next stage."
        ),
        _list(WHILE_OPEN),
    ]
    return "\n\n".join(parts) + "\n"


def _roles() -> Iterator[tuple[str, str, int]]:
    for role in Role:
        acts = sum(any(role in each.roles for each in rows) for rows in PERMITTED.values())
        yield f"`{role}`", SPOKEN[role], acts


def _acts() -> Iterator[tuple[str, str, str, str, str]]:
    for act in Act:
        permits = PERMITTED.get(act, ())
        if not permits:
            yield f"`{act.name}`", act.value, "nobody", "-", "-"
        for number, permit in enumerate(permits):
            names = (f"`{act.name}`", act.value) if number == 0 else ("", "")
            yield (*names, _who(permit), _when(permit), _standing(permit))


def _who(permit: Permit) -> str:
    if permit.roles == frozenset(Role):
        return "everybody"
    return ", ".join(f"`{each}`" for each in Role if each in permit.roles)


def _when(permit: Permit) -> str:
    """The stages as runs of neighbours: `call` to `choice`, `published`."""
    parts = ["outside a round"] if None in permit.stages else []
    inside = permit.stages - {None}
    if inside == frozenset(Stage):
        return ", ".join(["any stage", *parts])
    run: list[Stage] = []
    for each in (*Stage, None):
        if each is not None and each in inside:
            run.append(each)
        elif run:
            parts.append(f"`{run[0]}`" + (f" to `{run[-1]}`" if len(run) > 1 else ""))
            run = []
    return ", ".join(parts)


def _standing(permit: Permit) -> str:
    if permit.relations == UNLESS_CONFLICTED:
        told = "-"
    elif permit.relations == frozenset(Relation):
        told = "any, conflicted too"
    else:
        told = ", ".join(f"`{each}`" for each in Relation if each in permit.relations)
    return f"{told}, after own" if permit.after_own else told


def _list(acts: Collection[Act]) -> str:
    return "\n".join(f"- `{each.name}`: {each.value}" for each in Act if each in acts)
