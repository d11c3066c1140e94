"""How much risk there is to take away, by hazard: accident, and misuse.

Our assumption: the risk without any effort is shared between the two as the log hazards behind it
are; where efforts act on different systems, the larger risk is taken in each world, because that
world holds both systems. Source: docs/explanation/model.md.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from custodes.benefits import log_hazard
from custodes.choice._problem import Numbers
from custodes.problems import principal_hazard


def risks_by_hazard(
    values: Mapping[str, Numbers], risk_before: Numbers
) -> tuple[Numbers, Numbers]:
    """Risk of accident and of misuse in every world; they sum to the risk without the effort.

    Formula::

        Lam = -ln(1 - risk_before);  L_T = Lam - L_A - L_M - L_P, at least 0
        accident = risk_before (L_A + (1 - mu) L_T) / Lam;  misuse = the rest

    Args:
        values: Quantities of an effort without conditions, by name.
        risk_before: Risk without the effort, in (0, 1).
    """
    accident = log_hazard(risk=values["risk_accident"])
    misuse = log_hazard(risk=values["risk_misuse"]) + principal_hazard(
        risk_principal=values["risk_principal"],
        malicious_among_reference=values["malicious_among_reference"],
        holders=values["holders"],
        holders_reference=values["holders_reference"],
    )
    total = -np.log1p(-risk_before)
    target = np.maximum(total - accident - misuse, 0.0)
    of_accident = accident + (1.0 - values["misuse_share"]) * target
    of_both = accident + misuse + target
    share: Numbers = of_accident / np.maximum(of_both, 1e-300)
    return risk_before * share, risk_before * (1.0 - share)
