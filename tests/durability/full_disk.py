"""Send an answer while the disk takes nothing; what came back and what stands, as JSON."""

import json
import resource

import django

django.setup()

from django.test import Client  # noqa: E402 (after the set-up)

from cast import a_cast, a_workbench_round  # noqa: E402 (the same)
from custodes_workbench.access import Stage  # noqa: E402 (the same)
from custodes_workbench.history.models import Entry  # noqa: E402 (the same)
from custodes_workbench.history.selectors import verify_chain  # noqa: E402 (the same)
from custodes_workbench.judgements.models import Answer, Draft  # noqa: E402 (the same)
from custodes_workbench.operations.verification import checks  # noqa: E402 (the same)

URL = "/rounds/a-round/efforts/first/estimate/accident_cut/"
TYPED = {"p05": "0.1", "p50": "0.2", "p95": "0.3", "reason": "word " * 20_000, "act": "answer"}


def stands():
    """What is stored."""
    return [Answer.objects.count(), Draft.objects.count(), Entry.objects.count()]


cast = a_cast()
a_workbench_round(cast, Stage.BLIND)
client = Client(HTTP_HOST="127.0.0.1", raise_request_exception=False)
client.force_login(cast.ada)
client.get(URL)
before = stands()
_, most = resource.getrlimit(resource.RLIMIT_FSIZE)
resource.setrlimit(resource.RLIMIT_FSIZE, (4096, most))
refused = client.post(URL, {**TYPED, "version": "0"})
page = client.get(URL)
resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
text = refused.content.decode()
told = {
    "status": refused.status_code,
    "said": "Not saved, your text is kept here" in text,
    "given back": text.count("word ") >= 20_000,
    "page": page.status_code,
    "as before": stands() == before,
    "chain": verify_chain().broken_at,
    "faults": [fault for check in checks().values() for fault in check()],
    "again": client.post(URL, {**TYPED, "version": "0"}).status_code,
    "answers": Answer.objects.count(),
}
print(json.dumps(told))  # noqa: T201 (its answer)
