"""Posts that count once: their keys are kept with what they were answered."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from custodes_workbench.operations.models import Post

if TYPE_CHECKING:
    from custodes_workbench.people.models import User


def claim_post(key: uuid.UUID, *, person: User | None) -> Post:
    """Write the key of a form that is being carried out.

    Args:
        key: Of the form.
        person: Who sent it.

    Raises:
        IntegrityError: The key is there already.
    """
    post = Post(key=key, person=person)
    post.save(force_insert=True)
    return post


def close_post(post: Post, *, answered_with: str) -> None:
    """Keep where the person was sent, for whoever sends the same form again."""
    Post.objects.filter(pk=post.pk).update(answered_with=answered_with[:500])


def give_back_post(post: Post) -> None:
    """Forget the key of a form that was not accepted, so that it can be sent mended."""
    Post.objects.filter(pk=post.pk).delete()


def answer_to(key: uuid.UUID, *, person: User | None) -> str | None:
    """Where this person was sent after the form with this key; none if it was not theirs."""
    post = Post.objects.filter(key=key, person=person).first()
    return post.answered_with or "/" if post else None
