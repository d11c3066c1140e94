"""Addresses of rounds and of the approach."""

from django.urls import path

from custodes_workbench.rounds.views import approach, assumptions, people, rounds, setup

app_name = "rounds"
_ROUND = "rounds/<slug:slug>/"
urlpatterns = [
    path("approach/", approach.approach, name="approach"),
    path("approach/<slug:what>/", approach.step, name="approach_step"),
    path("rounds/", rounds.rounds, name="rounds"),
    path("rounds/new/", setup.new, name="new"),
    path(_ROUND, rounds.round_, name="round"),
    path(f"{_ROUND}settings/", setup.settings, name="settings"),
    path(f"{_ROUND}people/", people.people, name="people"),
    path(f"{_ROUND}stages/", setup.stages, name="stages"),
    path(f"{_ROUND}worldviews/", assumptions.worldviews, name="worldviews"),
    path(
        f"{_ROUND}worldviews/<slug:name>/file/", assumptions.worldview_file, name="worldview_file"
    ),
    path(
        f"{_ROUND}worldviews/<slug:name>/<slug:quantity>/", assumptions.quantity, name="quantity"
    ),
    path(f"{_ROUND}mitigations/", assumptions.mitigations, name="mitigations"),
    path(f"{_ROUND}mitigations/<slug:id_>/", assumptions.mitigation, name="mitigation"),
]
