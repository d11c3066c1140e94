"""What experts answered alone and after discussion, and who speaks in which draw."""

from custodes.judgements._assignment import LOAD_COUNTS, BalancedPanel, assign_balanced, fit_of
from custodes.judgements._belief import Belief, Panel, panel_of, scale_moments
from custodes.judgements._calibration import (
    ADVISED_SEEDS,
    LEAST_SEEDS,
    CalibrationRecord,
    calibrate_study,
    enough_seeds,
)
from custodes.judgements._camps import Split, camps_of, split_of
from custodes.judgements._classical_model import (
    PooledMaker,
    SeedScores,
    SeedStudy,
    bin_of,
    calibration_of,
    global_weights,
    information_of,
    kept_calibrations,
    optimised_maker,
    pooled_maker,
    score_seeds,
)
from custodes.judgements._confidence import WANTED, at_wanted_confidence
from custodes.judgements._conflict import (
    CONFLICT_TYPES,
    RULINGS,
    WEIGHED,
    Conflict,
    set_aside,
    weighed,
    without_statement,
)
from custodes.judgements._disagreement import PanelSpread, spread_of
from custodes.judgements._expert import Expert, ExpertId
from custodes.judgements._feedback import Feedback, feedback_on
from custodes.judgements._flags import FLAGS, KEPT_OUT, flags_of
from custodes.judgements._judgement import VERDICTS, Judgement, Verdict
from custodes.judgements._linear_pool import pooled_quantiles, pooled_shares
from custodes.judgements._moments import implied_mean
from custodes.judgements._organisations import FREE_MAIL, OneOrganisation, OrganisationNames
from custodes.judgements._pool_record import ExpertRange, PooledNumbers, PooledQuestion, PoolRecord
from custodes.judgements._pool_round import Asked, calibrate, pool
from custodes.judgements._pooling import (
    METHODS,
    METHODS_TOLD,
    Extremising,
    Method,
    Pooled,
    PooledDistribution,
    extremising_factor,
    pool_answers,
)
from custodes.judgements._potential import (
    YEARS_AFTER,
    KnownEffort,
    KnownPerson,
    KnownTie,
    PotentialConflict,
    UnwantedJudge,
    potential_conflicts,
)
from custodes.judgements._replicats import REPLICATS, ThreePoints, replicats
from custodes.judgements._scores import (
    Interval,
    brier_score,
    brier_score_of_categories,
    crps,
    interval_score,
    log_score,
    pinball_score,
    wilson,
)
from custodes.judgements._seeds import (
    CalibrationAnswer,
    seed_faults,
    seed_scales,
    seed_study,
)
from custodes.judgements._track_record import (
    LEAST_TO_COMPARE,
    ResolvedAnswer,
    TrackRecord,
    track_records,
)
from custodes.judgements._triples import fits_together, implied_otherwise
from custodes.judgements._voices import Voices, latest_answers, speakers, voices
from custodes.judgements._wordings import by_wording, wording_of

__all__ = [
    "ADVISED_SEEDS",
    "CONFLICT_TYPES",
    "FLAGS",
    "FREE_MAIL",
    "KEPT_OUT",
    "LEAST_SEEDS",
    "LEAST_TO_COMPARE",
    "LOAD_COUNTS",
    "METHODS",
    "METHODS_TOLD",
    "REPLICATS",
    "RULINGS",
    "VERDICTS",
    "WANTED",
    "WEIGHED",
    "YEARS_AFTER",
    "Asked",
    "BalancedPanel",
    "Belief",
    "CalibrationAnswer",
    "CalibrationRecord",
    "Conflict",
    "Expert",
    "ExpertId",
    "ExpertRange",
    "Extremising",
    "Feedback",
    "Interval",
    "Judgement",
    "KnownEffort",
    "KnownPerson",
    "KnownTie",
    "Method",
    "OneOrganisation",
    "OrganisationNames",
    "Panel",
    "PanelSpread",
    "PoolRecord",
    "Pooled",
    "PooledDistribution",
    "PooledMaker",
    "PooledNumbers",
    "PooledQuestion",
    "PotentialConflict",
    "ResolvedAnswer",
    "SeedScores",
    "SeedStudy",
    "Split",
    "ThreePoints",
    "TrackRecord",
    "UnwantedJudge",
    "Verdict",
    "Voices",
    "assign_balanced",
    "at_wanted_confidence",
    "bin_of",
    "brier_score",
    "brier_score_of_categories",
    "by_wording",
    "calibrate",
    "calibrate_study",
    "calibration_of",
    "camps_of",
    "crps",
    "enough_seeds",
    "extremising_factor",
    "feedback_on",
    "fit_of",
    "fits_together",
    "flags_of",
    "global_weights",
    "implied_mean",
    "implied_otherwise",
    "information_of",
    "interval_score",
    "kept_calibrations",
    "latest_answers",
    "log_score",
    "optimised_maker",
    "panel_of",
    "pinball_score",
    "pool",
    "pool_answers",
    "pooled_maker",
    "pooled_quantiles",
    "pooled_shares",
    "potential_conflicts",
    "replicats",
    "scale_moments",
    "score_seeds",
    "seed_faults",
    "seed_scales",
    "seed_study",
    "set_aside",
    "speakers",
    "split_of",
    "spread_of",
    "track_records",
    "voices",
    "weighed",
    "wilson",
    "without_statement",
    "wording_of",
]
