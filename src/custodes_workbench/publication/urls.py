"""Addresses of public critique and of previews."""

from django.urls import path

from custodes_workbench.publication import views

app_name = "publication"
urlpatterns = [
    path("critique/", views.critiques, name="critiques"),
    path("critique/new/", views.file_one, name="file"),
    path("critique/sent/", views.sent, name="sent"),
    path("critique/confirm/<str:token>/", views.confirm, name="confirm"),
    path("critique/<int:number>/", views.critique, name="critique"),
    path("critique/<int:number>/answer/", views.answer, name="answer"),
    path("critique/<int:number>/withhold/", views.withhold, name="withhold"),
]
