"""Every address in the workbench, in the order of the work."""

from django.urls import include, path

from custodes_workbench.web.views import went_wrong

urlpatterns = [
    path("", include("custodes_workbench.people.urls")),
    path("accounts/", include("custodes_workbench.people.account_urls")),
    path("history/", include("custodes_workbench.history.urls")),
    path("mail/", include("custodes_workbench.operations.urls")),
    path("", include("custodes_workbench.handling.urls")),
    path("", include("custodes_workbench.judgements.urls")),
    path("", include("custodes_workbench.challenges.urls")),
    path("", include("custodes_workbench.publication.urls")),
    path("", include("custodes_workbench.decisions.urls")),
    path("", include("custodes_workbench.assessments.urls")),
    path("", include("custodes_workbench.claims.urls")),
    path("", include("custodes_workbench.evidence.urls")),
    path("", include("custodes_workbench.efforts.urls")),
    path("", include("custodes_workbench.systems.urls")),
    path("", include("custodes_workbench.rounds.urls")),
]
handler404 = "custodes_workbench.web.views.not_here"
handler500 = went_wrong
