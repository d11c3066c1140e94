import pytest
from django.urls import reverse

from cast import a_workbench_round
from custodes_workbench.access import Stage

pytestmark = pytest.mark.django_db


def test_what_was_typed_comes_back_with_a_refusal(cast, client):
    row = a_workbench_round(cast, Stage.CHOICE)
    client.force_login(cast.omar)
    url = reverse("decisions:decision", args=[row.slug, "first"])
    data = {"reasons": "A long <b>objection</b>.", "outcome": "defer", "version": "3"}
    data["password"] = "a secret"

    answer = client.post(url, data)

    page = answer.content.decode()
    assert answer.status_code == 403
    assert "A long &lt;b&gt;objection&lt;/b&gt;." in page
    assert '<input type="hidden" name="version" value="3">' in page
    assert "a secret" not in page
