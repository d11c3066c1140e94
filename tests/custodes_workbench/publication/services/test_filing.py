import pytest
from django.core import signing

from custodes_workbench.access import Refused
from custodes_workbench.history.models import Entry
from custodes_workbench.people.models import Institution
from custodes_workbench.publication.models import Critique
from custodes_workbench.publication.selectors import public_critiques
from custodes_workbench.publication.services import (
    confirm_critique,
    critique_of,
    file_critique,
    token_of,
)
from custodes_workbench.publication.services.filing import SALT
from publication_helpers import page

pytestmark = pytest.mark.django_db


def test_a_critique_is_bound_to_the_version_that_stands(row):
    made = file_critique(
        about=page(f"{row.slug}/effort:first"), text="Why?", by="", has_address=True
    )

    assert (made.page, made.page_version, made.round) == ("effort:first", "1", row)
    assert (made.number, made.confirmed_at) == (None, None)


def test_nobody_sees_it_before_it_is_confirmed(row):
    made = file_critique(about=page("approach"), text="Why?", by="", has_address=True)

    assert list(public_critiques()) == []
    confirm_critique(critique=made)
    assert [each.critique_id for each in public_critiques()] == ["q1"]
    entry = Entry.objects.get(action="critique received")
    assert (entry.actor, entry.role) == ("a critic", "public")


def test_confirmed_twice_it_is_one_critique_with_one_number(row):
    made = file_critique(about=page("approach"), text="Why?", by="", has_address=True)

    first, again = confirm_critique(critique=made), confirm_critique(critique=made)

    assert (first.number, again.number) == (1, 1)
    assert Entry.objects.filter(action="critique received").count() == 1


def test_without_an_address_only_where_the_institution_allows_it(row):
    about = page("approach")

    with pytest.raises(Refused, match="needs a mail address"):
        file_critique(about=about, text="Why?", by="", has_address=False)
    Institution.objects.update(anonymous_critique=True)
    made = file_critique(about=about, text="Why?", by="", has_address=False)

    assert made.confirmed_at is not None
    assert Critique.objects.count() == 1


def test_a_link_holds_for_its_critique_alone(row):
    made = file_critique(about=page("approach"), text="Why?", by="", has_address=True)

    assert critique_of(token_of(made)) == made
    assert critique_of(token_of(made)[:-1]) is None
    assert critique_of(signing.dumps(made.pk, salt="another")) is None
    assert critique_of(signing.dumps(made.pk + 1, salt=SALT)) is None
