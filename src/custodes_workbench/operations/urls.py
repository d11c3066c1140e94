"""Addresses of the service."""

from django.urls import path

from custodes_workbench.operations import views

app_name = "operations"
urlpatterns = [
    path("", views.outbox, name="outbox"),
    path("<int:pk>/again/", views.again, name="again"),
]
