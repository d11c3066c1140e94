import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from custodes.exchange import write_starter
from custodes_workbench.decisions.models import Decision
from custodes_workbench.rounds.models import Round

pytestmark = pytest.mark.django_db


def test_a_folder_that_was_decided_elsewhere_is_read_in_undecided_and_says_so(
    cast, client, tmp_path
):
    write_starter("demo", into=tmp_path / "demo")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for path in (tmp_path / "demo").rglob("*.*"):
            archive.write(path, path.relative_to(tmp_path))
    client.force_login(cast.lena)

    answer = client.post(
        "/rounds/read-folder/",
        {"folder": SimpleUploadedFile("demo.zip", packed.getvalue())},
        follow=True,
    )

    assert Round.objects.get().title == "Alignment round 2027"
    assert not Decision.objects.exists()
    told = answer.content.decode()
    assert "26 efforts were read in." in told
    assert "decisions.toml and approach.toml and critiques.csv stayed outside" in told
