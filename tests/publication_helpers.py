"""Publications, versions of the approach and critiques, made as their services make them."""

from custodes_workbench.decisions.models import Publication
from custodes_workbench.decisions.services import prepare_publication, release_publication
from custodes_workbench.operations.services import run_next_job
from custodes_workbench.publication.selectors import public_pages
from custodes_workbench.publication.services import confirm_critique, file_critique
from custodes_workbench.rounds.services import (
    confirm_approach,
    propose_approach,
    write_approach,
)


def publish_again(row, cast):
    """Another publication of the round, released."""
    made = prepare_publication(round_=row, by=cast.now("omar"))
    run_next_job("a test")
    release_publication(publication=Publication.objects.get(pk=made.pk), by=cast.now("lena"))
    return Publication.objects.get(pk=made.pk)


def publish_approach(text, cast):
    """The next version of the approach, published."""
    write_approach(text=text, by=cast.now("omar"), version=0)
    propose_approach(by=cast.now("omar"))
    return confirm_approach(by=cast.now("lena"))


def page(key):
    """A public page by its key."""
    return next(each for each in public_pages() if each.key == key)


def criticise(key, text="It rests on one study."):
    """A confirmed critique of a page."""
    made = file_critique(about=page(key), text=text, by="A reader", has_address=True)
    return confirm_critique(critique=made)
