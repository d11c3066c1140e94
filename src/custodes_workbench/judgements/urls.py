"""Addresses of judging."""

from django.urls import path

from custodes_workbench.judgements.views import (
    assigning,
    conflicts,
    discussion,
    estimate,
    interests,
    invitation,
    panel,
    pooled,
    standstill,
    tasks,
)

app_name = "judgements"
_EXPERT = "rounds/<slug:slug>/experts/<str:code>/"
_EFFORT = "rounds/<slug:slug>/efforts/<str:effort_id>/"
_ESTIMATE = f"{_EFFORT}estimate/"
urlpatterns = [
    path("rounds/<slug:slug>/experts/", panel.experts, name="experts"),
    path("interests/", interests.interests, name="interests"),
    path("rounds/<slug:slug>/interests/", interests.own_in_round, name="own_in_round"),
    path("rounds/<slug:slug>/conflicts/", conflicts.report, name="conflicts"),
    path("rounds/<slug:slug>/conflicts/look/", conflicts.look_at_all, name="look_at_all"),
    path("rounds/<slug:slug>/conflicts/read/", conflicts.take, name="take_conflicts"),
    path("rounds/<slug:slug>/conflicts/conflicts.csv", conflicts.file, name="conflicts_file"),
    path("rounds/<slug:slug>/conflicts/<int:pk>/", conflicts.conflict, name="conflict"),
    path("rounds/<slug:slug>/conflicts/<int:pk>/confirm/", conflicts.confirm, name="confirm"),
    path("rounds/<slug:slug>/assignments/", assigning.assignments, name="assignments"),
    path("rounds/<slug:slug>/progress/", panel.progress, name="progress"),
    path(_EXPERT, panel.expert, name="expert"),
    path(f"{_EXPERT}look-again/", panel.look_again, name="look_again"),
    path(f"{_EXPERT}invite/", panel.invite, name="invite"),
    path(f"{_EXPERT}withdraw/", panel.withdraw, name="withdraw"),
    path(f"{_EXPERT}end/<str:effort>/", panel.end, name="end"),
    path("invitation/answered/<slug:answer>/", invitation.answered, name="answered"),
    path("invitation/<str:token>/", invitation.invitation, name="invitation"),
    path("rounds/<slug:slug>/standstill/", standstill.standstill, name="standstill"),
    path("rounds/<slug:slug>/standstill/<int:pk>/", standstill.note, name="incident_note"),
    path("my/", tasks.my_tasks, name="my_tasks"),
    path(_ESTIMATE, tasks.questions, name="questions"),
    path(f"{_EFFORT}hand-in/", tasks.hand_in, name="hand_in"),
    path(f"{_ESTIMATE}<slug:quantity>/", estimate.estimate, name="estimate"),
    path(f"{_ESTIMATE}<slug:quantity>/picture/", estimate.picture, name="picture"),
    path(f"{_ESTIMATE}<slug:quantity>/draft/", estimate.draft, name="draft"),
    path(f"{_EFFORT}discussion/<str:about>/", discussion.discussion, name="discussion"),
    path(
        f"{_EFFORT}comments/<uuid:comment>/answered/",
        discussion.mark_answered,
        name="mark_answered",
    ),
    path(f"{_EFFORT}judgement/", pooled.pooled, name="pooled"),
]
