import pytest

from custodes_workbench.access import Refused
from custodes_workbench.rounds.services import (
    ChangedMeanwhileError,
    confirm_approach,
    propose_approach,
    write_approach,
)

pytestmark = pytest.mark.django_db


def test_a_second_person_publishes_what_one_proposed(cast, client):
    write_approach(text="We ask outside experts.", by=cast.now("omar"), version=0)
    propose_approach(by=cast.now("omar"))

    hidden = client.get("/approach/").content.decode()
    published = confirm_approach(by=cast.now("lena"))
    shown = client.get("/approach/").content.decode()

    assert "We ask outside experts." not in hidden
    assert "We ask outside experts." in shown
    assert (published.n, published.by_one_person) == (1, False)


def test_who_proposed_does_not_publish(cast):
    write_approach(text="x", by=cast.now("lena"), version=0)
    propose_approach(by=cast.now("lena"))

    with pytest.raises(Refused, match="A second person must publish"):
        confirm_approach(by=cast.now("lena"))


def test_a_published_version_is_followed_by_another_and_never_changed(cast):
    write_approach(text="first", by=cast.now("omar"), version=0)
    propose_approach(by=cast.now("omar"))
    first = confirm_approach(by=cast.now("lena"))

    second = write_approach(text="second", by=cast.now("omar"), version=0)

    first.refresh_from_db()
    assert (first.text, second.n) == ("first", 2)


def test_two_who_write_lose_nothing(cast):
    write_approach(text="one", by=cast.now("omar"), version=0)
    write_approach(text="two", by=cast.now("lena"), version=1)

    with pytest.raises(ChangedMeanwhileError):
        write_approach(text="three", by=cast.now("omar"), version=1)


@pytest.mark.parametrize("who", ["dina", "ada", "alan", "mallory", "aud"])
def test_others_do_not_write(cast, who):
    with pytest.raises(Refused):
        write_approach(text="x", by=cast.now(who), version=0)
