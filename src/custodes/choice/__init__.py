"""Which efforts, with which conditions, under one budget; the frontier."""

from custodes.choice._bound import Priced, lagrange
from custodes.choice._choose import choose
from custodes.choice._conflict import conflicting_rows
from custodes.choice._cvar import cvar, p_raises, tail_weights
from custodes.choice._exhaustive import Enumerated, enumerate_all
from custodes.choice._frontier import (
    Hull,
    Point,
    budgets_of,
    cumulative_ratio,
    frontier,
    hull_of,
)
from custodes.choice._milp import Cuts, NoPortfolioError
from custodes.choice._optimum import Optimum, best_alone, optimum
from custodes.choice._overlap import (
    log_removed,
    losses_alone,
    net_of,
    nets_alone,
    share_removed,
    tangent_of_loss,
)
from custodes.choice._problem import Draws, Option, Problem, Row, Rule, RuleName, Tail, spent
from custodes.choice._record import (
    ChoiceRecord,
    Chosen,
    FrontierPoint,
    NotChosen,
    OtherConditions,
    SProcess,
)
from custodes.choice._replay import Replayed, replay
from custodes.choice._s_process import Curve, SharedOut, Step, fill_up, share_out
from custodes.choice._solve import Solved, solve
from custodes.choice._worldviews import Objective, objective_of

__all__ = [
    "ChoiceRecord",
    "Chosen",
    "Curve",
    "Cuts",
    "Draws",
    "Enumerated",
    "FrontierPoint",
    "Hull",
    "NoPortfolioError",
    "NotChosen",
    "Objective",
    "Optimum",
    "Option",
    "OtherConditions",
    "Point",
    "Priced",
    "Problem",
    "Replayed",
    "Row",
    "Rule",
    "RuleName",
    "SProcess",
    "SharedOut",
    "Solved",
    "Step",
    "Tail",
    "best_alone",
    "budgets_of",
    "choose",
    "conflicting_rows",
    "cumulative_ratio",
    "cvar",
    "enumerate_all",
    "fill_up",
    "frontier",
    "hull_of",
    "lagrange",
    "log_removed",
    "losses_alone",
    "net_of",
    "nets_alone",
    "objective_of",
    "optimum",
    "p_raises",
    "replay",
    "share_out",
    "share_removed",
    "solve",
    "spent",
    "tail_weights",
    "tangent_of_loss",
]
