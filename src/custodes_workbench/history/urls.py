"""Addresses of the history."""

from django.urls import path

from custodes_workbench.history.views import chain, check, entries, root, roots

app_name = "history"
urlpatterns = [
    path("", entries, name="entries"),
    path("chain.jsonl", chain, name="chain"),
    path("check_history.py", check, name="check"),
    path("roots/", roots, name="roots"),
    path("roots/<int:n>.json", root, name="root"),
]
