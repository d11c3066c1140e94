"""P(a bad deployment is corrected in time) in every world, where a system gives its parts.

Source: paper p. 24; docs/explanation/corrections.md. It stands in the place of `rollback`. A
mitigation that lifts `rollback` lifts what can be done while the weights are held: copies that
are out stay out, whatever is done (docs/decisions/0015-corrections.md).
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from custodes import problems
from custodes.assessment._inputs import CorrectionInputs, WorldviewInputs
from custodes.assessment._worlds import draws_of, scores_of
from custodes.quantities import Streams, Worlds

RELEASED = "released"
"""Name of the value that says whether the weights are released: 1 or 0. Where it stands among
the values of a world, P(corrected in time) is `rollback` times P(no copy is out)."""


def correction_draws(
    inputs: CorrectionInputs, view: WorldviewInputs, streams: Streams
) -> dict[str, Worlds]:
    """What takes the place of a system's own `rollback` under one worldview.

    Args:
        inputs: What it is computed from.
        view: The worldview.
        streams: The streams of the seed.

    Returns:
        `rollback` = q exp(-nu T), with `noticed` and `months_to_effect`, where they are known;
        always `released`.
    """
    released = {RELEASED: np.array([1.0 if inputs.is_released else 0.0])}
    if inputs.subject is None:
        return released
    values = draws_of(inputs.subject, scores_of(inputs.subject, streams))
    rate = view.harm_arrival_rate.at(streams.scores("world", "harm_arrival_rate"))
    # a certain rate needs no draw; its shape says so
    rate = rate[:1] if np.ptp(rate) == 0 else rate
    held = problems.p_corrected_if_held(**values, harm_arrival_rate=rate)
    return {**values, "rollback": held, **released}


def p_corrected_of(values: Mapping[str, Worlds]) -> Worlds:
    """P(corrected in time) in every world: computed where a system gives its parts.

    Args:
        values: Every quantity by name, after mitigations.
    """
    if RELEASED not in values:
        return values["rollback"]
    held: Worlds = (1.0 - values[RELEASED]) * (1.0 - values["leak"])
    return values["rollback"] * held
