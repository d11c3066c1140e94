"""Addresses of people."""

from django.urls import path

from custodes_workbench.people.views import about, act_as, sign_in_here, start

app_name = "people"
urlpatterns = [
    path("", start, name="start"),
    path("start/<uuid:token>/", sign_in_here, name="sign_in_here"),
    path("about/", about, name="about"),
    path("act-as/", act_as, name="act_as"),
]
