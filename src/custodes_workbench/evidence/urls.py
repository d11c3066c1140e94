"""Addresses of evidence: systems of a round, and their audits."""

from django.urls import path

from custodes_workbench.evidence.views import audits, strengths, systems

app_name = "evidence"
_ROUND = "rounds/<slug:slug>/evidence/"
_SYSTEM = "rounds/<slug:slug>/systems/<str:system_id>/evidence/"
_AUDIT = "rounds/<slug:slug>/audits/<str:audit_id>/"
urlpatterns = [
    path("evidence/", systems.everywhere, name="everywhere"),
    path(_ROUND, systems.round_, name="round"),
    path(f"{_ROUND}evidence.json", systems.record, name="record"),
    path(f"{_ROUND}evidence.toml", systems.evidence_file, name="evidence_file"),
    path(_SYSTEM, systems.system, name="system"),
    path(f"{_SYSTEM}take-in/", audits.take_in, name="take_in"),
    path(f"{_SYSTEM}<slug:hazard>/", strengths.hazard, name="hazard"),
    path(f"{_SYSTEM}<slug:hazard>/pool/", strengths.pool, name="pool"),
    path(_AUDIT, audits.audit, name="audit"),
    path(f"{_AUDIT}correct/", audits.correct, name="correct"),
    path(f"{_AUDIT}withdraw/", audits.withdraw, name="withdraw"),
    path(f"{_AUDIT}explain/", audits.explain, name="explain"),
    path(f"{_AUDIT}strength/<slug:hazard>/", strengths.strength, name="strength"),
    path(f"{_AUDIT}answer/", audits.answer, name="answer"),
    path(f"{_AUDIT}files/<int:pk>/open/", audits.open_file, name="open_file"),
    path(f"{_AUDIT}files/<int:pk>/readers/", audits.name_reader, name="name_reader"),
]
