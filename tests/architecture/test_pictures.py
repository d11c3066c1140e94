"""The pictures of the documentation are the same whoever draws them."""

import subprocess
import sys

import pytest

from documents import ROOT, documents, links_of

sys.path.append(str(ROOT / "tools"))
from make_pictures import steady  # (found only after the line above)

TOOL = ROOT / "tools" / "make_pictures.py"
PHOTOGRAPHS = sorted((ROOT / "docs" / "pictures").rglob("*.png"))
LARGEST = 150_000
IMAGES = sorted((ROOT / "docs" / "images").glob("*.svg"))


@pytest.mark.parametrize(
    ("drawn", "told"),
    [
        ('<path d="M13.999999999999984,-0.0000001L2.5,3"/>', '<path d="M14,0L2.5,3"/>'),
        ('<g transform="translate(-50.355468,1.25e-7)">', '<g transform="translate(-50.36,0)">'),
        ("<text>0.123456</text>", "<text>0.123456</text>"),
    ],
)
def test_coordinates_have_no_digits_that_hang_on_the_machine(drawn, told):
    assert steady(drawn) == told


@pytest.mark.parametrize("path", IMAGES, ids=lambda path: path.name)
def test_pictures_are_drawn_so(path):
    text = path.read_text("utf-8")

    assert steady(text) == text


def test_the_tool_says_what_it_does_and_draws_nothing():
    done = subprocess.run(
        [sys.executable, str(TOOL), "--help"], check=True, capture_output=True, text=True
    )

    assert done.stdout.startswith("usage: make_pictures.py")


@pytest.mark.parametrize("path", PHOTOGRAPHS, ids=lambda path: path.name)
def test_a_photograph_is_small(path):
    assert path.stat().st_size < LARGEST


def test_every_photograph_is_shown():
    shown = {
        (page.parent / link).resolve() for page in documents() for link in set(links_of(page))
    }

    assert [path.name for path in PHOTOGRAPHS if path.resolve() not in shown] == []
