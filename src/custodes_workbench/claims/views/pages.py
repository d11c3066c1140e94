"""What the pages of a claim share: finding it, and showing it with its forms."""

from __future__ import annotations

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from custodes_workbench.access import Act, Role, decide
from custodes_workbench.claims import selectors
from custodes_workbench.claims.forms import (
    AssessForm,
    AssignForm,
    EndForm,
    PublishForm,
    ReplyForm,
    SendForm,
    WithdrawForm,
)
from custodes_workbench.claims.models import Assessor, ClaimVersion
from custodes_workbench.claims.records import STANDINGS, claim_record
from custodes_workbench.efforts.selectors import efforts_visible_to
from custodes_workbench.people.models import User
from custodes_workbench.people.selectors import roles_in_round
from custodes_workbench.rounds.models import Round
from custodes_workbench.rounds.selectors import facts_of
from custodes_workbench.systems.selectors import systems_visible_to

ACTS = {
    "assign": (Act.ASSIGN_CLAIM, ("draft", "assessing")),
    "assess": (Act.ASSESS_CLAIM, ("assessing",)),
    "send": (Act.PUBLISH_CLAIM, ("assessing",)),
    "reply": (Act.REPLY_TO_CLAIM, ("with_claimant", "published", "revised", "")),
    "publish": (Act.PUBLISH_CLAIM, ("with_claimant", "published", "revised", "")),
    "withdraw": (
        Act.PUBLISH_CLAIM,
        ("draft", "assessing", "with_claimant", "published", "revised", ""),
    ),
}
"""What can be done to a claim: by which act, and at which standing."""


def round_or_404(request: HttpRequest, slug: str) -> Round:
    """A round of which the reader sees claims; otherwise it is not there."""
    row = selectors.round_with_claims(request.user, slug)
    if row is None:
        raise Http404
    return row


def version_or_404(request: HttpRequest, slug: str, claim_id: str) -> ClaimVersion:
    """A claim as it stands, that the reader sees; otherwise it is not there."""
    row = round_or_404(request, slug)
    found = selectors.claim_visible_to(request.user, row, claim_id)
    if found is None:
        raise Http404
    return found


def to_act(request: HttpRequest, slug: str, claim_id: str, act: Act) -> ClaimVersion:
    """A claim that the reader may do this to; otherwise it is not there."""
    version = version_or_404(request, slug, claim_id)
    if not decide(act, selectors.facts_on(request.user, version)):
        raise Http404
    return version


def people_with(role: Role, round_: Round) -> list[User]:
    """Who holds a role in a round, by name."""
    rows = roles_in_round(round_.slug).filter(role=role).select_related("person")
    return sorted({each.person for each in rows}, key=lambda each: (each.name, each.pk))


def forms_of(version: ClaimVersion, request: HttpRequest) -> dict[str, forms.Form]:
    """The forms of a claim that the reader may send now, by what they do."""
    record, n = claim_record(version), version.n
    facts = selectors.facts_on(request.user, version)
    may = {
        name for name, (act, at) in ACTS.items() if record.standing in at and decide(act, facts)
    }
    round_ = version.claim.round
    found: dict[str, forms.Form] = {}
    if "assign" in may:
        asked = {each.person_id for each in version.claim.assessors.filter(ended_because="")}
        people = people_with(Role.CLAIMS_ASSESSOR, round_)
        found["assign"] = AssignForm(people=[each for each in people if each.pk not in asked])
        if asked:
            found["end"] = EndForm(people=[each for each in people if each.pk in asked])
    if "assess" in may:
        own = selectors.own_assessor(request.user, version)
        found["assess"] = AssessForm(initial={"n": own.answers.count() if own else 0})
    if "send" in may:
        contacts = people_with(Role.DEVELOPER_CONTACT, round_)
        found["send"] = SendForm(people=contacts, initial={"n": n})
    if "reply" in may:
        found["reply"] = ReplyForm(initial={"n": n, "text": record.reply})
    if "publish" in may:
        initial = {"n": n, "verdict": record.assessment, "kept": record.kept}
        found["publish"] = PublishForm(initial=initial)
    if "withdraw" in may:
        found["withdraw"] = WithdrawForm(initial={"n": n})
    return found


def _asked(version: ClaimVersion) -> list[Assessor]:
    """Who was asked, by name: the order of the pseudonyms would tell who is who."""
    return list(version.claim.assessors.select_related("person").order_by("person__name", "pk"))


def shown(
    request: HttpRequest,
    version: ClaimVersion,
    *,
    form: tuple[str, forms.Form] | None = None,
    conflict: bool = False,
) -> HttpResponse:
    """The page of a claim; with a form as it was sent, where something is wrong with it.

    Args:
        request: Of the reader.
        version: The claim as it stands.
        form: What it does, and the form.
        conflict: Whether somebody else has saved meanwhile.
    """
    reader, row = request.user, version.claim.round
    facts = selectors.facts_on(reader, version)
    record = selectors.record_shown_to(reader, version)
    offered = forms_of(version, request)
    if form is not None:
        offered[form[0]] = form[1]
    for name, each in offered.items():
        each.auto_id = f"{name}-%s"  # several forms with fields of one name stand on the page
    may_change = bool(decide(Act.ENTER_CLAIM, facts))
    said = selectors.assessments_shown_to(reader, version)
    signs = selectors.signs_shown_to(reader, version)
    efforts = {each.effort_id: each for each in efforts_visible_to(reader, row)}
    systems = {each.id: each for each in systems_visible_to(reader, row)}
    told = {
        "round": row,
        "sees_round": bool(decide(Act.SEE_ROUND, facts_of(reader, row))),
        "version": version,
        "record": record,
        "standing": STANDINGS[record.standing],
        "effort": efforts.get(record.effort),
        "system": systems.get(record.system),
        "signs": signs,
        "no_sign": selectors.no_sign_told(version) if signs is not None else "",
        "said": said,
        "sees_all": selectors.sees_assessments(reader, version),
        "pooled": selectors.pooled_shown_to(reader, version),
        "progress": selectors.progress_of(version) if may_change else None,
        "assessors": _asked(version) if may_change else [],
        "may_change": may_change,
        "versions": list(version.claim.versions.all()) if may_change else [],
        "forms": offered,
        "form": form[1] if form else None,
        "open": form[0] if form else "",
        "conflict": conflict,
    }
    status = 409 if conflict else 400 if form is not None else 200
    return render(request, "claims/claim.html", told, status=status)
