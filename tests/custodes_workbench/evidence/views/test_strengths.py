import json

import pytest
from django.urls import reverse

from cast import a_workbench_round, at_stage
from custodes_workbench.access import Stage
from custodes_workbench.evidence.models import StrengthAnswer
from workbench_audits import an_audit, an_audited_system

pytestmark = pytest.mark.django_db


@pytest.fixture
def row(cast):
    made = an_audited_system(cast, a_workbench_round(cast, Stage.SET_UP), hazards={})
    an_audit(cast, made)
    return made


def test_an_expert_sees_the_reference_class_after_the_own_answer_and_not_before(row, cast, client):
    at_stage(row, Stage.BLIND)
    client.force_login(cast.ada)
    url = reverse("evidence:strength", args=[row.slug, "power-2026-09", "power_seeking"])
    before = client.get(url).content.decode()

    wrong = client.post(url, {"sensitivity": "0.9 / 0.5 / 0.7", "reason": "x", "no_ties": "on"})
    answer = client.post(
        url, {"sensitivity": "0.5 / 0.6 / 0.7", "reason": "Planted cases.", "no_ties": "on"}
    )

    after = client.get(answer.url).content.decode()
    assert wrong.status_code == 400
    assert "0.9 / 0.5 / 0.7" in wrong.content.decode()
    assert "Reference class, not judged" not in before
    assert "Reference class, not judged: 0.2 / 0.5 / 0.8" in after
    assert StrengthAnswer.objects.count() == 1
    client.force_login(cast.grace)
    assert "Planted cases." not in client.get(url).content.decode()


def test_evidence_moves_nothing_until_somebody_says_how_likely_the_hazard_is(row, cast, client):
    client.force_login(cast.omar)
    numbers = reverse("evidence:record", args=[row.slug])
    before = json.loads(client.get(numbers).content)["systems"][0]
    url = reverse("evidence:hazard", args=[row.slug, "model-a", "power_seeking"])
    given = {
        "n": "1",
        "hidden_problem": "0.1 / 0.2 / 0.4",
        "harm_if_hidden": "0.05",
        "reason": "Two of ten like it had it.",
        "source": "A survey",
    }

    first, late = client.post(url, given), client.post(url, given)

    after = json.loads(client.get(numbers).content)["systems"][0]
    assert (first.status_code, late.status_code) == (302, 409)
    assert (before["moves"], after["moves"]) == (False, True)
    assert any("does not move" in each for each in before["not_shown"])
    assert after["hazards"][0]["prior"]["p50"] == pytest.approx(0.2, abs=0.02)
