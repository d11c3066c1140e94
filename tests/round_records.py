"""Rounds made in memory, for tests of the engine: efforts, answers and worldviews as asked for."""

from custodes.efforts import Effort
from custodes.judgements import Expert, Judgement
from custodes.mitigations import library
from custodes.quantities import Amount, Assumption
from custodes.rounds import Round, RoundSettings
from custodes.worldviews import preset

PRESETS = ("central", "sanguine", "cautious")


def amount(value):
    """A number, or three, as an amount."""
    if isinstance(value, Amount):
        return value
    p05, p50, p95 = value if isinstance(value, tuple | list) else (value, value, value)
    return Amount(p05=p05, p50=p50, p95=p95)


def an_effort(name, *, kind="other", cost=1e7, **fields):
    """An effort of that kind and cost, in the round's currency."""
    return Effort(id=name, title=name, kind=kind, cost=amount(cost), **fields)


def answers(subject, expert="e1", **quantities):
    """One expert's answers about a subject: a number or three for each quantity."""
    return tuple(
        Judgement(
            effort=subject,
            expert=expert,
            quantity=name,
            p05=amount(value).p05,
            p50=amount(value).p50,
            p95=amount(value).p95,
        )
        for name, value in quantities.items()
    )


def with_weights(**weights):
    """Experts with these weights."""
    return tuple(Expert(expert=name, weight=weight) for name, weight in weights.items())


def at_medians(view):
    """The worldview without any uncertainty."""
    return view.model_copy(
        update={
            "quantities": {
                name: Assumption.point(each.p50) for name, each in view.quantities.items()
            }
        }
    )


def a_round(*efforts, worldviews=("central",), samples=256, mitigations=None, **parts):
    """A round in USD; `settings` changes what `round.toml` would say, other parts as named."""
    views = tuple(preset(each) if isinstance(each, str) else each for each in worldviews)
    settings = {
        "title": "A round",
        "institution": "An institute",
        "budget": 1e9,
        "currency": "USD",
        "samples": samples,
        "worldviews": tuple(each.name for each in views),
    } | parts.pop("settings", {})
    return Round(
        settings=RoundSettings(**settings),
        efforts=efforts,
        worldviews=views,
        mitigations=tuple(library().values()) if mitigations is None else mitigations,
        **parts,
    )
