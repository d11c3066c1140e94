"""Figures as SVG with their data table, and the static public report."""

from custodes.reports._scenario_figures import scenario_figure
from custodes.reports._site import require_site_folder, write_site

__all__ = ["require_site_folder", "scenario_figure", "write_site"]
