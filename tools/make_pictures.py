"""Draw the pictures of the documentation, into docs/images: `python tools/make_pictures.py`.

They are cut out of the report on the example round as `custodes demo` writes it, and drawn by
`custodes scenario`; so a picture shows what a reader gets. Needs the extra `report`.
"""

import argparse
import re
import subprocess
import sys
import tempfile
from pathlib import Path

IMAGES = Path(__file__).parents[1] / "docs" / "images"
SVG = re.compile(r"<svg\b.*?</svg>", re.DOTALL)
TAG = re.compile(r"<[^>]*>")
NUMBER = re.compile(r"-?\d+\.\d+(?:e-?\d+)?")
PAPER = "#fcfcfa"
"""The light ground of the report: README pages may be shown dark."""

PICTURES = {
    "overview.svg": ("index.html", 0, "Net effect of each effort of the example round"),
    "circuit-atlas-mechanisms.svg": (
        "efforts/circuit-atlas.html",
        1,
        "What adds and takes away risk: circuit-atlas of the example round",
    ),
}
"""File: page of the report, which of its drawings, and its title for who cannot see it."""


def run(*words: str) -> None:
    """Run `custodes` with these words."""
    command = [sys.executable, "-m", "custodes", *words]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 (our own command)


def standing_alone(svg: str, *, title: str) -> str:
    """A drawing of a page as a file of its own: with a ground, and a title in place of a table."""
    head, rest = svg.split(">", 1)
    head = head.replace(' aria-hidden="true" focusable="false"', ' role="img"')
    return (
        f'{head}><title>{title}</title><rect width="100%" height="100%" fill="{PAPER}"/>{rest}\n'
    )


def steady(svg: str) -> str:
    """A drawing with its coordinates to a hundredth of a pixel.

    The digits after that hang on the machine, and would be a change to every picture.
    """
    return TAG.sub(lambda tag: NUMBER.sub(_to_hundredths, tag[0]), svg)


def _to_hundredths(number: re.Match[str]) -> str:
    return f"{float(number[0]):z.2f}".rstrip("0").rstrip(".")


def main() -> None:
    """Draw them all."""
    argparse.ArgumentParser(
        description="Draw the pictures of the documentation, into docs/images.",
        epilog="Needs the extra `report`; takes about a minute.",
    ).parse_args()
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        run("demo", f"{folder}/demo-round")
        for name, (page, place, title) in PICTURES.items():
            text = (Path(folder) / "demo-round" / "site" / page).read_text("utf-8")
            drawing = SVG.findall(text)[place]
            (IMAGES / name).write_text(steady(standing_alone(drawing, title=title)), "utf-8")
            print(IMAGES / name)
        valley = Path(folder) / "valley.svg"
        run("scenario", "valley", "--plot", str(valley))
        (IMAGES / valley.name).write_text(steady(valley.read_text("utf-8")), "utf-8")
        print(IMAGES / valley.name)


if __name__ == "__main__":
    main()
