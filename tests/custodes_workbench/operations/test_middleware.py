import uuid

import pytest
from django.urls import reverse

from custodes_workbench.operations.models import Post

pytestmark = pytest.mark.django_db


def test_a_form_that_was_not_accepted_gives_its_key_back(cast, client):
    client.force_login(cast.lena)
    key = uuid.uuid4()

    answer = client.post(reverse("people:act_as"), {"role": "officer", "post_key": key})

    assert answer.status_code == 404  # Lena is not alone
    assert not Post.objects.filter(key=key).exists()
