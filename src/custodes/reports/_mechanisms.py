"""The parts of net in the order of the paper, with the short names that fit a picture."""

from __future__ import annotations

from custodes.assessment import Result, Summary
from custodes.reports._numbers import PPM, Told, places_for, signed, tell_risk

BENEFITS = {
    "benefit.accident": "Accident risk taken away",
    "benefit.misuse": "Misuse risk taken away",
}
"""What the effort is for."""

INCREASES = {
    "relative_progress.investment": "1 More investment in capabilities",
    "relative_progress.ai_research": "1 AI used for AI research",
    "relative_progress.insight": "1 Capability insights",
    "relative_progress.diversion": "1 Money diverted to capabilities",
    "relative_progress.interest": "1 Interest raised in capabilities",
    "false_security.system": "2 System believed safer than it is",
    "false_security.scaling": "2 Works now, does not scale",
    "false_security.safety_washing": "2 Safety-washing",
    "false_security.partial_coverage": "2 Part covered, whole believed safe",
    "dangerous_valley.deployment": "3 Deployed because it is safer",
    "bad_principal.empowerment": "4 Bad principal empowered",
    "other": "Some different mechanism",
}
"""What it may add, with the number of the problem."""

PARTS = BENEFITS | INCREASES
"""Every part of net."""

PROBLEMS = "1 relative progress, 2 false sense of security, 3 dangerous valley, 4 bad principal"
"""What the numbers before the mechanisms mean."""


def contributions(result: Result) -> dict[str, Summary]:
    """The parts of net by name, benefits turned round: their means add up to the mean of net."""
    taken = {
        "benefit.accident": result.benefit.accident,
        "benefit.misuse": result.benefit.misuse,
    }
    turned = {
        name: Summary(
            mean=-part.mean,
            p05=-part.p95,
            p50=-part.p50,
            p95=-part.p05,
            standard_error=part.standard_error,
        )
        for name, part in taken.items()
    }
    return turned | {name: result.increase[name] for name in INCREASES}


def tell_parts(result: Result) -> dict[str, Told]:
    """The parts of net by name, told in ppm to one digit more than net is known to."""
    net = result.net
    places = places_for(net.mean * PPM, net.standard_error * PPM) + 1
    return {name: tell_risk(part, places=places) for name, part in contributions(result).items()}


def largest_parts(result: Result, *, most: int = 3) -> dict[str, list[tuple[str, str]]]:
    """The parts of net that lower risk most (`good`) and raise it most (`bad`), told in ppm.

    Args:
        result: The result.
        most: How many of either sort.
    """
    parts = contributions(result)
    ordered = sorted(parts, key=lambda part: parts[part].mean)
    sides = {
        "good": [part for part in ordered if parts[part].mean < 0],
        "bad": [part for part in reversed(ordered) if parts[part].mean > 0],
    }
    return {
        side: [
            (PARTS[part].lstrip("1234 "), _signed_ppm(parts[part].mean)) for part in names[:most]
        ]
        for side, names in sides.items()
    }


def _signed_ppm(risk: float) -> str:
    return signed(risk * PPM, places_for(risk * PPM, 0.0))
