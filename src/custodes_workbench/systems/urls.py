"""Addresses of scenarios and of the systems of a round."""

from django.urls import path

from custodes_workbench.systems.views import kept, scenarios

app_name = "systems"
_SCENARIO = "scenarios/<slug:name>/"
_KEPT = "rounds/<slug:slug>/scenarios/"
urlpatterns = [
    path("scenarios/", scenarios.scenarios, name="scenarios"),
    path(_SCENARIO, scenarios.scenario, name="scenario"),
    path(f"{_SCENARIO}solution/", scenarios.solution, name="solution"),
    path(f"{_SCENARIO}compare/", scenarios.compare, name="compare"),
    path(f"{_SCENARIO}scenario.json", scenarios.scenario_json, name="scenario_json"),
    path(f"{_SCENARIO}picture.svg", scenarios.scenario_drawing, name="scenario_drawing"),
    path(f"{_SCENARIO}keep/", kept.keep, name="keep"),
    path(_KEPT, kept.kept, name="kept"),
    path(f"{_KEPT}<int:n>/", kept.kept_one, name="kept_one"),
    path(f"{_KEPT}<int:n>/scenario.json", kept.kept_json, name="kept_json"),
]
