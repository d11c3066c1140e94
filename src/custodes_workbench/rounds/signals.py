"""What higher apps may listen for; sent in the transaction of the change."""

from django.dispatch import Signal

approach_published = Signal()
"""A version of the approach was published: `approach`."""
