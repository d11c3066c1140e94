"""Figures as SVG with their data table, and the static public report."""

from custodes.reports._answer_figure import answer_figure
from custodes.reports._choice_pages import only_open
from custodes.reports._figure import Figure
from custodes.reports._judgement_figures import answers_picture, calibration_figure
from custodes.reports._scenario_figures import scenario_figure
from custodes.reports._site import require_site_folder, write_site

__all__ = [
    "Figure",
    "answer_figure",
    "answers_picture",
    "calibration_figure",
    "only_open",
    "require_site_folder",
    "scenario_figure",
    "write_site",
]
