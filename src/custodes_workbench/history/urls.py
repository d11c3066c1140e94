"""Addresses of the history."""

from django.urls import path

from custodes_workbench.history.views import entries

app_name = "history"
urlpatterns = [path("", entries, name="entries")]
