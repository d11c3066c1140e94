"""What higher apps may listen for; sent in the transaction of the change."""

from django.dispatch import Signal

publication_released = Signal()
"""The site of a round was put before the public: `publication`."""
