"""Addresses of computing."""

from django.urls import path

from custodes_workbench.assessments.views import (
    challenged,
    choices,
    efforts,
    modes,
    questions,
    runs,
    start,
)

app_name = "assessments"
_RUN = "rounds/<slug:slug>/runs/<slug:kind>/<int:n>/"
urlpatterns = [
    path("rounds/load-example/", start.load_example, name="load_example"),
    path("rounds/read-folder/", start.read_folder, name="read_folder"),
    path("rounds/<slug:slug>/assessment/", runs.runs, name="runs"),
    path("rounds/<slug:slug>/start/<slug:kind>/", runs.start, name="start"),
    path("rounds/<slug:slug>/questions/", questions.questions, name="questions"),
    path("rounds/<slug:slug>/choice/", choices.choose, name="choose"),
    path("rounds/<slug:slug>/choice/<int:n>/propose/", choices.propose, name="propose"),
    path("rounds/<slug:slug>/compare/<int:n>/<int:other>/", runs.compare, name="compare"),
    path("rounds/<slug:slug>/report/<int:n>/<path:path>", runs.report, name="report"),
    path(
        "rounds/<slug:slug>/runs/assess/<int:n>/efforts/<str:effort_id>/",
        efforts.effort,
        name="effort",
    ),
    path(
        "rounds/<slug:slug>/challenges/<str:challenge_id>/effect/",
        challenged.challenged,
        name="challenged",
    ),
    path(
        "rounds/<slug:slug>/challenge/<str:effort>/effect/",
        challenged.weighed,
        name="weighed",
    ),
    path(
        "rounds/<slug:slug>/modes/<str:effort_id>/",
        modes.modes,
        name="modes",
    ),
    path(_RUN, runs.run, name="run"),
    path(f"{_RUN}progress/", runs.progress, name="progress"),
    path(f"{_RUN}cancel/", runs.cancel, name="cancel"),
    path(f"{_RUN}result.json", runs.download, name="download"),
    path(f"{_RUN}inputs.zip", runs.inputs, name="inputs"),
]
