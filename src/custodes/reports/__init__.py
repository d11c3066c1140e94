"""Figures as SVG with their data table, and the static public report."""
