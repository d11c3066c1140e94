"""Addresses of public critique and of previews."""

from django.urls import path

from custodes_workbench.publication.views import critiques, previews

app_name = "publication"
urlpatterns = [
    path("critique/", critiques.critiques, name="critiques"),
    path("critique/new/", critiques.file_one, name="file"),
    path("critique/sent/", critiques.sent, name="sent"),
    path("critique/confirm/<str:token>/", critiques.confirm, name="confirm"),
    path("critique/<int:number>/", critiques.critique, name="critique"),
    path("critique/<int:number>/answer/", critiques.answer, name="answer"),
    path("critique/<int:number>/withhold/", critiques.withhold, name="withhold"),
    path("rounds/<slug:slug>/preview/<slug:audience>/", previews.preview, name="preview"),
]
