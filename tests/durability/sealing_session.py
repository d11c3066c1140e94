"""A session that hands in and opens a secret through the pages; run in a process of its own.

Its first argument is the secret, its second the file of a backup. It ends without closing
anything, so that the write-ahead log lies there as after a theft of the running machine.
"""

import datetime as dt
import os
import sys
from pathlib import Path

import django

django.setup()

from django.conf import settings  # noqa: E402 (after the set-up)
from django.core.management import call_command  # noqa: E402 (the same)
from django.test import Client  # noqa: E402 (the same)
from django.urls import reverse  # noqa: E402 (the same)

from custodes_workbench.access import Stage  # noqa: E402 (the same)
from custodes_workbench.efforts.services import add_efforts  # noqa: E402 (the same)
from custodes_workbench.handling.models import Item  # noqa: E402 (the same)
from custodes_workbench.operations.services.backup import write_backup  # noqa: E402 (the same)
from custodes_workbench.people.models import Institution, Membership, User  # noqa: E402 (the same)
from custodes_workbench.people.selectors import roles_held  # noqa: E402 (the same)
from custodes_workbench.rounds.services import make_round  # noqa: E402 (the same)
from round_records import a_round, an_effort  # noqa: E402 (the same)

SECRET, BACKUP = sys.argv[1:3]
PASSPHRASE = f"passphrase of {SECRET}"
settings.ALLOWED_HOSTS = ["testserver"]
settings.SECURE_SSL_REDIRECT = False
call_command("createcachetable", verbosity=0)

Institution.objects.create(name="An institute")
lena = User.objects.create(email="lena@example.org", name="Lena")
lena.set_password("a long password")
lena.save()
Membership.objects.create(person=lena, role="lead_officer")
User.objects.create(email="omar@example.org", name="Omar", is_active=True)
lena.held = roles_held(lena)
library = a_round(an_effort("first"), samples=64)
row = make_round(round_=library, stage=Stage.SET_UP, by=lena)
add_efforts(round_=row, efforts=library.efforts, by=lena, source="a test")

client = Client(raise_request_exception=True)
client.force_login(lena)
key = {"passphrase": PASSPHRASE}
client.post(reverse("handling:make_key"), {**key, "again": PASSPHRASE})
client.post(reverse("handling:unlock"), {"passphrase": f"wrong {SECRET}"})
client.post(reverse("handling:unlock"), key)
given = {
    "post_key": "5f3a2c1e-0000-4000-8000-000000000001",
    "kind": "finding",
    "text": f"Step one. {SECRET} Step two.",
    "mark": "restricted",
    "ground": "misuse",
    "reason": "It could be followed.",
    "against": "",
    "review_by": (dt.date.today() + dt.timedelta(days=90)).isoformat(),  # noqa: DTZ011 (a form's day)
    "lifted_when": "The hole is closed.",
    "readers": [lena.pk],
}
where = reverse("handling:hand_in", args=[row.slug, "first"])
refused = client.post(where, given)
accepted = client.post(where, given | {"against": "Nobody outside can check it."})
again = client.post(where, given | {"against": "Nobody outside can check it."})
item = Item.objects.get()
opened = client.post(reverse("handling:open", args=[row.slug, item.n]))
found = client.get(reverse("handling:items", args=[row.slug]), {"find": "Step one"})
write_backup(Path(BACKUP))
statuses = [each.status_code for each in (refused, accepted, again, opened, found)]
sys.stdout.write(f"{statuses}\n")
sys.stdout.write(f"{[SECRET in each.content.decode() for each in (opened, found)]}\n")
sys.stdout.flush()
os._exit(0)
