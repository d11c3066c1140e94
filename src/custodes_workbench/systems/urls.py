"""Addresses of scenarios and of the systems of a round."""

from django.urls import path

from custodes_workbench.systems.views import kept, scenarios, systems

app_name = "systems"
_SCENARIO = "scenarios/<slug:name>/"
_SYSTEMS = "rounds/<slug:slug>/systems/"
_SYSTEM = f"{_SYSTEMS}<str:system_id>/"
_KEPT = "rounds/<slug:slug>/scenarios/"
urlpatterns = [
    path("scenarios/", scenarios.scenarios, name="scenarios"),
    path(_SCENARIO, scenarios.scenario, name="scenario"),
    path(f"{_SCENARIO}solution/", scenarios.solution, name="solution"),
    path(f"{_SCENARIO}compare/", scenarios.compare, name="compare"),
    path(f"{_SCENARIO}scenario.json", scenarios.scenario_json, name="scenario_json"),
    path(f"{_SCENARIO}picture.svg", scenarios.scenario_drawing, name="scenario_drawing"),
    path(f"{_SCENARIO}keep/", kept.keep, name="keep"),
    path(_SYSTEMS, systems.systems, name="systems"),
    path(f"{_SYSTEMS}systems.toml", systems.systems_file, name="systems_file"),
    path("rounds/<slug:slug>/new-system/", systems.add, name="add"),
    path(_SYSTEM, systems.system, name="system"),
    path(f"{_SYSTEM}change/", systems.change, name="change"),
    path(f"{_SYSTEM}<slug:quantity>/", systems.quantity, name="quantity"),
    path(_KEPT, kept.kept, name="kept"),
    path(f"{_KEPT}<int:n>/", kept.kept_one, name="kept_one"),
    path(f"{_KEPT}<int:n>/scenario.json", kept.kept_json, name="kept_json"),
]
