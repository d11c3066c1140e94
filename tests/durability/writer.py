"""Writes as the workbench does, and says on standard output what was acknowledged."""

import sys

import django

django.setup()

from django.db import transaction  # noqa: E402 (after the set-up)

from custodes_workbench.history.services import record_event  # noqa: E402 (the same)
from custodes_workbench.operations.services.jobs import Service  # noqa: E402 (the same)
from custodes_workbench.people.models import User  # noqa: E402 (the same)

me = sys.argv[1]
number = 0
while True:
    number += 1
    with transaction.atomic():
        person = User(name=f"{me} {number}")
        person.set_unusable_password()
        person.save()
        record_event("person made", by=Service(), subject=f"{me} {number}")
    sys.stdout.write(f"{me} {number}\n")
    sys.stdout.flush()
