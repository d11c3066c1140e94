"""Addresses of deciding and publishing."""

from django.urls import path

from custodes_workbench.decisions.views import decisions, follow_up, publications

app_name = "decisions"
_EFFORT = "rounds/<slug:slug>/decisions/<str:effort_id>/"
urlpatterns = [
    path("rounds/<slug:slug>/decisions/", decisions.decisions, name="decisions"),
    path(_EFFORT, decisions.decision, name="decision"),
    path(f"{_EFFORT}release/", decisions.release, name="release"),
    path("rounds/<slug:slug>/decisions/<str:effort_id>/stands/", decisions.stands, name="stands"),
    path(f"{_EFFORT}memo/", decisions.memo, name="memo"),
    path(f"{_EFFORT}package/", decisions.package, name="package"),
    path(f"{_EFFORT}without/", decisions.without, name="without"),
    path(f"{_EFFORT}replay/", decisions.replay, name="replay"),
    path(f"{_EFFORT}conditions/<int:k>/", decisions.condition, name="condition"),
    path(f"{_EFFORT}follow-up/", follow_up.follow_up, name="follow_up"),
    path(f"{_EFFORT}follow-up/report/", follow_up.report, name="report"),
    path(f"{_EFFORT}follow-up/turn/", follow_up.turn, name="turn"),
    path(f"{_EFFORT}follow-up/conditions/<int:k>/", follow_up.settle, name="settle"),
    path("rounds/<slug:slug>/publications/", publications.publications, name="publications"),
    path(
        "rounds/<slug:slug>/publications/<int:n>/release/",
        publications.release,
        name="release_publication",
    ),
    path(
        "rounds/<slug:slug>/publications/<int:n>/site/<path:path>",
        publications.preview,
        name="preview",
    ),
    path("public/<slug:slug>/", publications.public, {"path": ""}, name="public"),
    path("public/<slug:slug>/<path:path>", publications.public, name="public_page"),
]
