"""Addresses of judging."""

from django.urls import path

from custodes_workbench.judgements.views import assigning, invitation, panel

app_name = "judgements"
_EXPERT = "rounds/<slug:slug>/experts/<str:code>/"
urlpatterns = [
    path("rounds/<slug:slug>/experts/", panel.experts, name="experts"),
    path("rounds/<slug:slug>/assignments/", assigning.assignments, name="assignments"),
    path("rounds/<slug:slug>/progress/", panel.progress, name="progress"),
    path(_EXPERT, panel.expert, name="expert"),
    path(f"{_EXPERT}conflicts/<int:pk>/", panel.rule, name="rule"),
    path(f"{_EXPERT}look-again/", panel.look_again, name="look_again"),
    path(f"{_EXPERT}invite/", panel.invite, name="invite"),
    path(f"{_EXPERT}withdraw/", panel.withdraw, name="withdraw"),
    path(f"{_EXPERT}end/<str:effort>/", panel.end, name="end"),
    path("invitation/answered/<slug:answer>/", invitation.answered, name="answered"),
    path("invitation/<str:token>/", invitation.invitation, name="invitation"),
]
