"""Addresses of people."""

from django.urls import path

from custodes_workbench.people.views import people, start

app_name = "people"
urlpatterns = [
    path("", start.start, name="start"),
    path("start/<uuid:token>/", start.sign_in_here, name="sign_in_here"),
    path("about/", start.about, name="about"),
    path("act-as/", start.act_as, name="act_as"),
    path("institution/", people.institution, name="institution"),
    path("institution/confirm/", people.confirm_institution, name="confirm_institution"),
    path("people/", people.people, name="people"),
    path("people/own-account/", people.own_account, name="own_account"),
    path("people/<int:pk>/", people.person, name="person"),
    path("people/<int:pk>/roles/<int:membership>/take/", people.take, name="take"),
    path("people/invitations/<int:pk>/withdraw/", people.withdraw, name="withdraw"),
    path("join/<str:token>/", people.join, name="join"),
]
