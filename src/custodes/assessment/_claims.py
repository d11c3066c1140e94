"""The washing that an effort's assessed claims make, in every world.

Source: docs/explanation/safety-washing.md.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from custodes.assessment._inputs import Subject, WashingInputs
from custodes.assessment._worlds import draws_of, scores_of
from custodes.problems import washing_of_claim
from custodes.quantities import Streams, Worlds


def claim_draws(subject: Subject, streams: Streams) -> dict[str, Worlds]:
    """What was judged of one claim in every world, and the `washing` it makes.

    Args:
        subject: `claim_holds`, `credited`, and `claimed_cut` where it is known; no `washing`
            otherwise.
        streams: The streams of the seed.
    """
    values = draws_of(subject, scores_of(subject, streams))
    if "claimed_cut" not in values:
        return values
    return {**values, "washing": washing_of_claim(**values)}


def washing_draws(inputs: WashingInputs, streams: Streams) -> Worlds:
    """The sum over the claims, at most 1.

    Args:
        inputs: The claims.
        streams: The streams of the seed.
    """
    total: Worlds = np.zeros(1)
    for subject in inputs.claims.values():
        total = total + claim_draws(subject, streams)["washing"]
    return np.minimum(total, 1.0)


def whole_washing(inputs: WashingInputs, computed: Worlds, values: Mapping[str, Worlds]) -> Worlds:
    """The washing of all claims: at least the default where some of them are not assessed.

    Otherwise whoever had the mildest claim assessed would be rid of all the others.

    Args:
        inputs: The claims.
        computed: The washing of those that are assessed.
        values: The effort's quantities, with its default.
    """
    return np.maximum(computed, values["washing"]) if inputs.left else computed
