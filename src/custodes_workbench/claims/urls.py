"""Addresses of the claims of a round."""

from django.urls import path

from custodes_workbench.claims.views import acts, register

app_name = "claims"
_CLAIMS = "rounds/<slug:slug>/claims/"
_CLAIM = f"{_CLAIMS}<str:claim_id>/"
urlpatterns = [
    path(_CLAIMS, register.claims, name="claims"),
    path(f"{_CLAIMS}claims.csv", register.claims_file, name="claims_file"),
    path("rounds/<slug:slug>/new-claim/", register.add, name="add"),
    path(_CLAIM, register.claim, name="claim"),
    path(f"{_CLAIM}change/", register.change, name="change"),
    path(f"{_CLAIM}assign/", acts.assign, name="assign"),
    path(f"{_CLAIM}end/", acts.end, name="end"),
    path(f"{_CLAIM}assess/", acts.assess, name="assess"),
    path(f"{_CLAIM}send/", acts.send, name="send"),
    path(f"{_CLAIM}reply/", acts.reply, name="reply"),
    path(f"{_CLAIM}publish/", acts.publish, name="publish"),
    path(f"{_CLAIM}withdraw/", acts.withdraw, name="withdraw"),
]
