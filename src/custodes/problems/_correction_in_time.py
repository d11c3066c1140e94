"""Whether a bad deployment is corrected before it does harm.

Source: paper p. 24; docs/explanation/corrections.md. It is what `rollback` states by a single
number, computed from its parts where a system gives them.
"""

from __future__ import annotations

import numpy as np

from custodes.errors import Fault, InputError
from custodes.quantities import Quantity, Worlds

NOTICED = Quantity(
    name="noticed",
    symbol="q",
    meaning="Probability that a dangerous problem of the deployed system is noticed at all.",
    question="If the deployed system has a dangerous problem: how likely is it that anybody who "
    "could correct it notices?",
    unit="share",
    low=0,
    high=1,
    family="share",
    owner="system",
    page="24",
)
MONTHS_TO_EFFECT = Quantity(
    name="months_to_effect",
    symbol="T",
    meaning="Months from noticing the problem to the effect of the correction.",
    question="Once the problem is noticed: after how many months is it corrected everywhere?",
    unit="months",
    low=0,
    high=1200,
    family="positive",
    owner="system",
    page="24",
)
HARM_ARRIVAL_RATE = Quantity(
    name="harm_arrival_rate",
    symbol="nu",
    meaning="Rate a month at which the harm arrives once the problem is active.",
    question="Once such a problem is active and uncorrected: in what share of months does the "
    "large-scale harm come?",
    unit="1/month",
    low=0,
    high=100,
    family="positive",
    owner="world",
    page="24",
)


def p_corrected_if_held(
    *, noticed: Worlds, months_to_effect: Worlds, harm_arrival_rate: Worlds
) -> Worlds:
    """Q exp(-nu T): P(corrected in time), as long as no copy of the weights is out.

    Args:
        noticed: q, share in [0, 1].
        months_to_effect: T >= 0.
        harm_arrival_rate: nu >= 0, a month.
    """
    in_time: Worlds = noticed * np.exp(-harm_arrival_rate * months_to_effect)
    return in_time


def p_corrected(
    *, noticed: Worlds, months_to_effect: Worlds, harm_arrival_rate: Worlds, p_out: Worlds
) -> Worlds:
    """P(a bad deployment is corrected in time) = q (1 - p_out) exp(-nu T).

    The problem is noticed, no copy of the weights is beyond reach, and the harm, which arrives
    at a constant rate, has not come before the correction takes effect.

    Args:
        noticed: q, P(the problem is noticed at all), in [0, 1].
        months_to_effect: T >= 0, months from noticing to effect.
        harm_arrival_rate: nu >= 0, a month.
        p_out: P(the weights are out), in [0, 1].

    Returns:
        Probability in [0, 1].

    Raises:
        InputError: A number outside its range, or none; every such argument is told.
    """
    given = {
        "noticed": (noticed, 1.0),
        "months_to_effect": (months_to_effect, np.inf),
        "harm_arrival_rate": (harm_arrival_rate, np.inf),
        "p_out": (p_out, 1.0),
    }
    faults: list[Fault] = []
    for name, (values, most) in given.items():
        array = np.asarray(values, dtype=float)
        good = np.isfinite(array) & (array >= 0) & (array <= most)
        if not np.all(good):
            seen = float(array[~good].flat[0])
            kind = "a probability" if most == 1 else "0 or more"
            cure = "give a number from 0 to 1" if most == 1 else "give a number of at least 0"
            faults.append(Fault(message=f"{seen:g} is not {kind}", cure=cure, field=name))
    if faults:
        raise InputError(faults)
    held = p_corrected_if_held(
        noticed=noticed, months_to_effect=months_to_effect, harm_arrival_rate=harm_arrival_rate
    )
    found: Worlds = held * (1.0 - p_out)
    return found
