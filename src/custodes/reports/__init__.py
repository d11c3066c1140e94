"""Figures as SVG with their data table, and the static public report."""

from custodes.reports._scenario_figures import scenario_figure
from custodes.reports._site import write_site

__all__ = ["scenario_figure", "write_site"]
