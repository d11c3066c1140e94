"""Addresses of rounds."""

from django.urls import path

from custodes_workbench.rounds.views import round_, rounds

app_name = "rounds"
urlpatterns = [
    path("", rounds, name="rounds"),
    path("<slug:slug>/", round_, name="round"),
]
