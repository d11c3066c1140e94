import pytest

from cast import a_workbench_round
from custodes_workbench.access import Refused, Stage
from custodes_workbench.evidence.models import FileOpening, FilePart, KeptFile
from custodes_workbench.evidence.selectors import broken_files
from custodes_workbench.evidence.services import name_file_reader, open_file
from custodes_workbench.handling.services import make_reader_key, unlocked
from workbench_audits import a_log_file, an_audit, an_audited_system

pytestmark = pytest.mark.django_db
SECRET = "a canary in a sample"


def a_phrase(name):
    return f"{name}: five words at random"


@pytest.fixture
def file(cast):
    """A kept file that Lena alone can open."""
    row = an_audited_system(cast, a_workbench_round(cast, Stage.SET_UP))
    for name in ("lena", "omar"):
        make_reader_key(person=cast.people[name], passphrase=a_phrase(name))
    an_audit(cast, row, a_log_file(secret=SECRET), readers=("lena",))
    return KeptFile.objects.get()


def opened(cast, file, name):
    private = unlocked(person=cast.people[name], passphrase=a_phrase(name))
    return open_file(file=file, by=cast.now(name), private=private)


def test_a_named_reader_opens_what_was_sent_and_that_is_kept(cast, file):
    content = opened(cast, file, "lena")

    assert content == a_log_file(secret=SECRET).read()
    assert FileOpening.objects.get().person == cast.lena
    stored = b"".join(bytes(each) for each in FilePart.objects.values_list("sealed", flat=True))
    assert SECRET.encode() not in stored
    assert list(broken_files()) == []


def test_nobody_else_opens_it_before_they_are_named(cast, file):
    with pytest.raises(Refused):
        opened(cast, file, "omar")

    private = unlocked(person=cast.lena, passphrase=a_phrase("lena"))
    name_file_reader(file=file, person=cast.omar, by=cast.now("lena"), private=private)

    assert opened(cast, file, "omar") == a_log_file(secret=SECRET).read()


def test_a_piece_that_was_changed_is_noticed(cast, file):
    part = FilePart.objects.get()
    FilePart.objects.filter(pk=part.pk).update(sealed=bytes(part.sealed)[:-1] + b"x")

    with pytest.raises(Refused, match="was changed"):
        opened(cast, file, "lena")


def test_a_file_without_a_reader_is_read_and_not_kept(cast):
    row = an_audited_system(cast, a_workbench_round(cast, Stage.SET_UP))

    an_audit(cast, row)

    assert not KeptFile.objects.exists()
