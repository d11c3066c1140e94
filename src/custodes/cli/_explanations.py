"""What ``custodes explain`` says of each sort of name; the records' own lines are the text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from custodes import catalogue
from custodes.cli._wrapping import labelled, table, wrapped
from custodes.efforts import HAZARDS, KINDS, reference_classes
from custodes.errors import Fault, InputError
from custodes.evidence import CHECKS, DEFAULT_STRENGTHS, STRENGTHS
from custodes.judgements import FLAGS, KEPT_OUT
from custodes.mitigations import ADOPTED, Mitigation, library
from custodes.quantities import Amount, Assumption, Family, Operation, Quantity
from custodes.rounds import CREDITED, Round
from custodes.systems import BUILT_IN, System
from custodes.worldviews import PRESETS, Worldview, preset

FAMILIES: dict[Family, str] = {
    "share": "a share: two normal pieces on the log-odds, kept within 1e-9 and 1 - 1e-9",
    "positive": "positive: two normal pieces on the logarithm; the median is above 0, and p05 is "
    "taken as at least a thousandth of it",
    "real": "any number: two normal pieces on the number itself",
    "signed": "of either sign: two normal pieces on the logarithm where p05 is above 0, on the "
    "mirrored logarithm where p95 is below 0, and on the number itself otherwise",
}
"""The scale of a distribution, in words (docs/explanation/model.md)."""
OPERATIONS: dict[Operation, str] = {
    "times": "a factor on it, where it is above 0; 1 changes nothing",
    "excess": "a factor on what is above 1; 1 changes nothing",
    "lift": "the share of the distance to 1 that is covered; 0 changes nothing",
}
"""How a mitigation's strength acts on a quantity, in words."""
OWNERS = {
    "effort": "an effort: judged by outside experts; the reference class of its kind until then",
    "system": "a system: from systems.toml or judged; the built-in system's otherwise",
    "world": "the world: the institution's worldview, drawn once and shared by all efforts",
}
"""Whose a quantity is, in words."""


@dataclass(frozen=True, slots=True)
class Sort:
    """One sort of names."""

    title: str
    """What the names are."""
    names: Callable[[], Sequence[str]]
    """Every name, in order."""
    explain: Callable[[str], str]
    """The explanation of one of them."""


def explanations_of(name: str, sorts: Sequence[Sort]) -> list[str]:
    """What every sort that knows the name says of it; a name may be known to several."""
    return [sort.explain(name) for sort in sorts if name in sort.names()]


def unknown(name: str, sorts: Sequence[Sort]) -> InputError:
    """The refusal of a name that no sort knows; names the nearest, and how to list them."""
    known = tuple(dict.fromkeys(each for sort in sorts for each in sort.names()))
    guess = catalogue.nearest(name, known)
    near = f"{guess} " if guess.startswith("did you mean") else ""
    cure = f"{near}`custodes explain` alone lists every name, and those of a round with --round"
    return InputError([Fault(message=f"{name!r} is not a name we know", cure=cure)])


def _page(page: str) -> str:
    """The paper's pages; empty where a thing does not come from it."""
    if not page:
        return ""
    several = any(sign in page for sign in ",-")
    return f"paper {'pp.' if several else 'p.'} {page}"


def _head(name: str, sort: str, title: str = "") -> str:
    return wrapped(f"{name} ({sort})" + (f": {title}" if title else ""), hanging=2)


def _amount(amount: Amount) -> str:
    if amount.is_point:
        return f"{amount.p50:g}"
    return " / ".join(f"{number:g}" for number in amount.numbers)


def _quantity(name: str) -> str:
    quantity = ADOPTED if name == ADOPTED.name else catalogue.QUANTITIES[name]
    hanging_on = [each.name for each in catalogue.MECHANISMS.values() if name in each.quantities]
    changed_by = [each.id for each in library().values() if name in each.changes]
    acts = OPERATIONS[quantity.operation] if quantity.operation else ""
    facts = labelled(
        [
            ("meaning", quantity.meaning),
            ("question", quantity.question),
            ("unit", quantity.unit),
            ("range", quantity.range_told),
            ("scale", FAMILIES[quantity.family]),
            ("belongs to", "a mitigation" if quantity is ADOPTED else OWNERS[quantity.owner]),
            ("symbol", quantity.symbol),
            ("source", _page(quantity.page)),
            ("status", _status(quantity)),
            ("mechanisms", ", ".join(hanging_on)),
            ("changed by", ", ".join(changed_by)),
            ("strength", acts),
        ]
    )
    values = _values(quantity)
    return f"{_head(name, 'quantity')}\n{facts}\n\n{values}"


def _status(quantity: Quantity) -> str:
    if quantity.name in catalogue.NO_GOOD_DATA:
        return "there are no good data at all; every value is our assumption"
    if quantity.owner == "world" and quantity is not ADOPTED:
        return "see the reasons of each worldview below"
    return "defaults are our assumptions, until somebody judges it"


def _values(quantity: Quantity) -> str:
    """Defaults of a quantity: by kind, of the built-in system, or by preset."""
    name = quantity.name
    if quantity is ADOPTED:
        rows = [(str(each.id), _amount(each.adopted)) for each in library().values()]
        return table([("mitigation", "p05 / p50 / p95"), *rows])
    if quantity.owner == "effort":
        rows = [
            (kind, _amount(each.quantities[name])) for kind, each in reference_classes().items()
        ]
        return table([("kind", "p05 / p50 / p95"), *rows])
    if quantity.owner == "system":
        return table(_reasoned([("default", BUILT_IN.quantities[name])], "system"))
    return table(
        _reasoned([(view, preset(view).quantities[name]) for view in PRESETS], "worldview")
    )


def _reasoned(rows: Sequence[tuple[str, Assumption]], header: str) -> list[tuple[str, ...]]:
    return [
        (header, "p05 / p50 / p95", "status", "reason"),
        *(
            (name, _amount(each), each.status, "; ".join(filter(None, (each.reason, each.source))))
            for name, each in rows
        ),
    ]


def _mechanism(name: str) -> str:
    mechanism = catalogue.MECHANISMS[name]
    facts = [
        ("how it works", mechanism.statement),
        ("formula", mechanism.formula),
        ("quantities", ", ".join(mechanism.quantities)),
        ("source", _page(mechanism.page)),
    ]
    return f"{_head(name, 'mechanism', mechanism.title)}\n{labelled(facts)}"


def _problem(name: str) -> str:
    problem = next(each for each in catalogue.PROBLEMS if each.name == name)
    against = [each.id for each in library().values() if name in each.problem]
    facts = [
        ("statement", problem.statement),
        ("mechanisms", ", ".join(each.name for each in problem.mechanisms)),
        ("brings in", ", ".join(each.name for each in problem.quantities)),
        ("mitigations", ", ".join(against)),
        ("source", _page(problem.page)),
    ]
    return f"{_head(name, 'problem', problem.title)}\n{labelled(facts)}"


def _mitigation(name: str) -> str:
    return _told_mitigation(library()[name])


def _told_mitigation(mitigation: Mitigation, currency: str = "USD") -> str:
    own = library().get(mitigation.id) != mitigation
    facts = labelled(
        [
            ("against", ", ".join(mitigation.problem)),
            ("by", mitigation.who),
            ("condition", _as_condition(mitigation)),
            ("applies", _APPLIES[mitigation.applies]),
            ("carried out", f"with probability {_amount(mitigation.adopted)}"),
            ("cost", _cost_of(mitigation, currency)),
            ("caution", mitigation.caution),
            ("source", _page(mitigation.page)),
            (
                "status",
                "as the round's mitigations.toml states it"
                if own
                else "strengths, adoption and cost are our assumptions",
            ),
        ]
    )
    changes = [
        (
            quantity,
            _amount(strength),
            OPERATIONS[catalogue.QUANTITIES[quantity].operation or "times"]
            + (" (a side effect)" if quantity in mitigation.side_effects else ""),
        )
        for quantity, strength in mitigation.changes.items()
    ]
    head = _head(mitigation.id, "mitigation", mitigation.title)
    shown = table([("changes", "strength", "which is"), *changes])
    return f"{head}\n{facts}\n\n{shown}"


_APPLIES = {
    "always": "to every effort",
    "dual_use": "to efforts whose findings could speed up dangerous capabilities",
    "system": "to efforts that name a system, or whose kind acts on one",
    "weights": "to efforts that name a system, or whose kind makes or uses weights",
}


def _as_condition(mitigation: Mitigation) -> str:
    if not mitigation.grant_condition:
        return "a funder cannot make it a condition of its grant"
    return mitigation.condition


def _cost_of(mitigation: Mitigation, currency: str) -> str:
    parts = [f"{mitigation.cost_share:.2g} of the effort's cost"] if mitigation.cost_share else []
    if mitigation.cost_least:
        money = "USD" if mitigation.cost_in_usd else currency
        parts.append(f"at least {mitigation.cost_least:,.0f} {money}")
    return ", ".join(parts) or "nothing to the institution"


def _kind(name: str) -> str:
    kind = reference_classes()[name]
    facts = [
        ("definition", kind.definition),
        ("why so", kind.why),
        ("stated at", f"a cost of {kind.reference_cost:,.0f} USD; the cost law does the scaling"),
        ("status", "our assumptions, until somebody judges the effort itself"),
    ]
    rows = [
        (quantity, _amount(amount), catalogue.QUANTITIES[quantity].unit)
        for quantity, amount in kind.quantities.items()
    ]
    values = table([("quantity", "p05 / p50 / p95", "unit"), *rows])
    return f"{_head(name, 'kind')}\n{labelled(facts)}\n\n{values}"


def _worldview(name: str) -> str:
    return _told_worldview(preset(name))


def _told_worldview(view: Worldview) -> str:
    facts = [
        ("view", view.summary),
        ("horizon", str(view.horizon)),
        ("status", "assumption: ours; recalled: from memory of its source, to be checked"),
        ("own ones", "worldviews/NAME.toml with base = a preset, named in round.toml"),
    ]
    values = table(_reasoned(list(view.quantities.items()), "quantity"))
    return f"{_head(view.name, 'worldview', view.title)}\n{labelled(facts)}\n\n{values}"


def _system(system: System) -> str:
    about = "The system that an effort acts on where it names none in target_system."
    if system.id != BUILT_IN.id:
        made = f", developed by {system.developer}" if system.developer else ""
        about = f"A system of the round{made}; what it does not state is the built-in system's."
    values = table(_reasoned(list(system.quantities.items()), "quantity"))
    head = _head(system.id, "system", system.title)
    return f"{head}\n{wrapped(about, indent=2)}\n\n{values}"


def _hazard(name: str) -> str:
    pages = "paper pp. 9-10, 24"
    facts = [("class of risk", HAZARDS[name]), ("used in", "efforts.csv"), ("source", pages)]
    return f"{_head(name, 'hazard')}\n{labelled(facts)}"


def _of_evidence() -> dict[str, Quantity]:
    """What is asked only where there are audits, claims or corrections."""
    return {
        **catalogue.HAZARD_QUANTITIES,
        **catalogue.CORRECTION_QUANTITIES,
        **catalogue.VIEWS_APART,
        **STRENGTHS,
        **catalogue.CLAIM_QUANTITIES,
    }


def _evidence(name: str) -> str:
    quantity = _of_evidence().get(name)
    if quantity is None:
        check = CHECKS[name]
        facts = [("speaks when", check.meaning), ("effect", " or ".join(check.effects))]
        return f"{_head(name, 'check of an audit')}\n{labelled(facts)}"
    where = {
        **dict.fromkeys(STRENGTHS, "[audit.strength] in evidence/evidence.toml"),
        **dict.fromkeys(
            catalogue.HAZARD_QUANTITIES,
            "judgements.csv (system:ID/HAZARD), or [[system.hazard]] in systems.toml",
        ),
        **dict.fromkeys(catalogue.CLAIM_QUANTITIES, "judgements.csv (claim:ID), or claims.csv"),
        "claim_holds": "judgements.csv (claim:ID)",
        **dict.fromkeys(
            catalogue.CORRECTION_QUANTITIES,
            "judgements.csv (system:ID), or [system.quantities] in systems.toml",
        ),
        **dict.fromkeys(catalogue.VIEWS_APART, "[quantities] of worldviews/NAME.toml"),
    }
    facts = [
        ("meaning", quantity.meaning),
        ("question", quantity.question),
        ("unit", quantity.unit),
        ("range", quantity.range_told),
        ("written in", where[name]),
        ("symbol", quantity.symbol),
        ("source", _page(quantity.page)),
    ]
    told = f"{_head(name, 'quantity of evidence')}\n{labelled(facts)}"
    rows = [
        (place, _amount(each))
        for strength, place, each in (*DEFAULT_STRENGTHS, ("credited", "every claim", CREDITED))
        if strength == name
    ]
    if not rows:
        return told
    return f"{told}\n\n{table([('until it is judged', 'p05 / p50 / p95'), *rows])}"


def _flag(name: str) -> str:
    kept_out = "kept, but out of the pool until the expert mends it"
    facts = [
        ("means", FLAGS[name]),
        ("so the answer is", kept_out if name in KEPT_OUT else "used; look at it once"),
    ]
    return f"{_head(name, 'flag of an answer')}\n{labelled(facts)}"


SORTS = (
    Sort("quantities", lambda: (*catalogue.QUANTITIES, ADOPTED.name), _quantity),
    Sort("mechanisms", lambda: tuple(catalogue.MECHANISMS), _mechanism),
    Sort("problems", lambda: tuple(each.name for each in catalogue.PROBLEMS), _problem),
    Sort("mitigations", lambda: tuple(library()), _mitigation),
    Sort("kinds", lambda: KINDS, _kind),
    Sort("worldviews", lambda: PRESETS, _worldview),
    Sort("systems", lambda: (BUILT_IN.id,), lambda _: _system(BUILT_IN)),
    Sort("hazards", lambda: tuple(HAZARDS), _hazard),
    Sort("flags", lambda: tuple(FLAGS), _flag),
    Sort("evidence", lambda: (*_of_evidence(), *CHECKS), _evidence),
)
"""Every sort of names, in the order in which they are listed."""


def sorts_of(round_: Round) -> tuple[Sort, ...]:
    """The same sorts, with a round's own mitigations, worldviews and systems."""
    mitigations = {str(each.id): each for each in round_.mitigations}
    views = {each: preset(each) for each in PRESETS}
    views |= {each.name: each for each in round_.worldviews}
    systems = {each.id: each for each in (BUILT_IN, *round_.systems)}
    currency = round_.settings.currency
    own = {
        "mitigations": Sort(
            "mitigations",
            lambda: tuple(mitigations),
            lambda name: _told_mitigation(mitigations[name], currency),
        ),
        "worldviews": Sort(
            "worldviews", lambda: tuple(views), lambda name: _told_worldview(views[name])
        ),
        "systems": Sort("systems", lambda: tuple(systems), lambda name: _system(systems[name])),
    }
    return tuple(own.get(sort.title, sort) for sort in SORTS)
