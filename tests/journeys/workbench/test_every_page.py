"""Every page that somebody can open, looked at in Chromium: axe, a narrow screen, no request away.

The round is the one whose addresses are walked for leaks, so that a new page is looked at as soon
as it has its example there.
"""

import json
from pathlib import Path

import pytest

from own_database import ON_POSTGRESQL
from workbench_server import running

pytestmark = pytest.mark.skipif(
    ON_POSTGRESQL, reason="pages know no database; looked at on SQLite"
)
WORLD = f"""
import json, sys
sys.path.append({str(Path(__file__).parents[2] / "leaks")!r})
from django.db import transaction
from django.test.utils import setup_test_environment
from addresses import addresses
from cast import at_stage
from custodes_workbench.access import Stage
from journey_rounds import signed_in
from world import READERS, make_world

setup_test_environment()
world = make_world()
at_stage(world.row, Stage.CHOICE)
pages = []
for address in addresses(world.examples):
    for reader in READERS:
        with transaction.atomic():
            answer = world.clients[reader].get(address.url)
            transaction.set_rollback(True)
        if answer.status_code == 200 and not answer.streaming and b"<h1" in answer.content:
            pages.append((reader, address.url))
            break
cookies = {{name: signed_in(each) for name, each in world.cast.people.items()}}
print(json.dumps([pages, cookies]))
"""


@pytest.fixture(scope="module")
def everything(tmp_path_factory):
    with running(tmp_path_factory.mktemp("every"), alone=False, world=WORLD) as started:
        yield started


def test_every_page_is_accessible_and_fits_a_narrow_screen(everything, visit):
    pages, cookies = json.loads(everything.told)
    windows = {}
    for reader, url in pages:
        if reader not in windows:
            windows[reader] = visit(base_url=everything.base)
            if reader in cookies:
                windows[reader].page.context.add_cookies(
                    [{**cookies[reader], "url": everything.base}]
                )
        windows[reader].go(url)

    assert len(pages) > 80
