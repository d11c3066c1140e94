"""Addresses of challenges."""

from django.urls import path

from custodes_workbench.challenges import views

app_name = "challenges"
_ONE = "rounds/<slug:slug>/challenges/<str:challenge_id>/"
urlpatterns = [
    path("rounds/<slug:slug>/challenges/", views.challenges, name="challenges"),
    path("rounds/<slug:slug>/challenge/<str:effort>/", views.raise_one, name="raise"),
    path(_ONE, views.challenge, name="challenge"),
    path(f"{_ONE}answer/", views.answer, name="answer"),
    path(f"{_ONE}assign/", views.assign, name="assign"),
    path(f"{_ONE}reply/", views.reply, name="reply"),
    path(f"{_ONE}rule/", views.rule, name="rule"),
    path(f"{_ONE}withdraw/", views.withdraw, name="withdraw"),
]
