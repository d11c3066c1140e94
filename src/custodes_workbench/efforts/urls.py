"""Addresses of efforts: calls, applications, imports, screening, and efforts themselves."""

from django.urls import path

from custodes_workbench.efforts.views import (
    applying,
    calls,
    efforts,
    importing,
    screening,
    unwanted,
)

app_name = "efforts"
_APPLICATION = "apply/<slug:slug>/<uuid:pk>/"
_IMPORT = "rounds/<slug:slug>/import/"
urlpatterns = [
    path("calls/<slug:slug>/", calls.call, name="call"),
    path("calls/<slug:slug>/write/", calls.write, name="write_call"),
    path("apply/<slug:slug>/", applying.applications, name="applications"),
    path(_APPLICATION, applying.application, name="application"),
    path(f"{_APPLICATION}keep/", applying.keep, name="keep"),
    path(f"{_APPLICATION}preview/", applying.preview, name="preview"),
    path(f"{_APPLICATION}drop/", applying.drop, name="drop"),
    path("apply/<slug:slug>/revise/<str:effort_id>/", applying.revise, name="revise"),
    path("apply/<slug:slug>/withdraw/<str:effort_id>/", applying.withdraw, name="withdraw"),
    path(_IMPORT, importing.imports, name="imports"),
    path(f"{_IMPORT}<uuid:pk>/", importing.columns, name="columns"),
    path(f"{_IMPORT}<uuid:pk>/check/", importing.check, name="check"),
    path(f"{_IMPORT}<uuid:pk>/MAP.toml", importing.column_map, name="column_map"),
    path(f"{_IMPORT}<uuid:pk>/refused.csv", importing.refused, name="refused"),
    path(f"{_IMPORT}<uuid:pk>/take-back/", importing.take_back, name="take_back"),
    path("rounds/<slug:slug>/screening/", screening.screening, name="screening"),
    path("rounds/<slug:slug>/screening/<str:effort_id>/", screening.screen, name="screen"),
    path("rounds/<slug:slug>/efforts/", efforts.efforts, name="efforts"),
    path("rounds/<slug:slug>/efforts/<str:effort_id>/", efforts.effort, name="effort"),
    path(
        "rounds/<slug:slug>/efforts/<str:effort_id>/should-not-judge/",
        unwanted.unwanted,
        name="unwanted",
    ),
    path("rounds/<slug:slug>/efforts-on/<str:system_id>/", efforts.on_system, name="on_system"),
]
