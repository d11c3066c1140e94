"""Figures as SVG with their data table, and the static public report."""

from custodes.reports._answer_figure import answer_figure
from custodes.reports._choice_figures import frontier_figure
from custodes.reports._evidence_pages import flags_told, published_evidence, with_public_audits
from custodes.reports._figure import Figure
from custodes.reports._figures import (
    classes_figure,
    drivers_figure,
    mechanisms_figure,
    nets_figure,
)
from custodes.reports._judgement_figures import (
    answers_figure,
    answers_picture,
    calibration_figure,
    can_be_drawn,
)
from custodes.reports._numbers import in_words, tell_risk, tell_social_value, tell_step
from custodes.reports._open_round import only_open, open_round
from custodes.reports._own_figure import own_figure
from custodes.reports._question_figures import tornado_figure
from custodes.reports._scenario_figures import scenario_figure
from custodes.reports._site import require_site_folder, write_site
from custodes.reports._system_pages import Monitoring, public_round
from custodes.reports._verdicts import VERDICTS, standing_of

__all__ = [
    "VERDICTS",
    "Figure",
    "Monitoring",
    "answer_figure",
    "answers_figure",
    "answers_picture",
    "calibration_figure",
    "can_be_drawn",
    "classes_figure",
    "drivers_figure",
    "flags_told",
    "frontier_figure",
    "in_words",
    "mechanisms_figure",
    "nets_figure",
    "only_open",
    "open_round",
    "own_figure",
    "public_round",
    "published_evidence",
    "require_site_folder",
    "scenario_figure",
    "standing_of",
    "tell_risk",
    "tell_social_value",
    "tell_step",
    "tornado_figure",
    "with_public_audits",
    "write_site",
]
