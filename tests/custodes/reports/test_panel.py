import pytest

from custodes.reports._panel import Axis, Panel
from custodes.scenarios import Curve

pytest.importorskip("altair", reason="the extra report is not installed")

PANEL = Panel(x=Axis(title="x"), y=Axis(title="y"))


def line(name):
    return Curve(name=name, x=(0.0, 1.0), y=(0.0, 1.0))


def test_several_lines_differ_by_dash_as_well_as_by_colour():
    spec = PANEL.lines((line("a"), line("b"), line("c"))).to_dict()

    dashes = spec["encoding"]["strokeDash"]["scale"]["range"]
    hues = spec["encoding"]["color"]["scale"]["range"]
    assert len({tuple(dash) for dash in dashes}) == len(set(hues)) == 3
    assert spec["encoding"]["color"]["legend"]["orient"] == "top"


def test_one_line_needs_no_legend():
    spec = PANEL.lines((line("a"),)).to_dict()

    assert spec["encoding"]["color"]["legend"] is None


def test_every_layer_shares_the_axes():
    layers = (
        PANEL.stretch(0, 1, label="between"),
        PANEL.lines((line("a"),)),
        PANEL.upright(0.5, label="here", align="left"),
        PANEL.point(0.5, 0.5, label="as set"),
        PANEL.level(0.2, label="floor"),
        PANEL.note("a note"),
    )

    spec = PANEL.of(*layers).to_dict()

    titles = {
        layer["encoding"][side]["axis"]["title"]
        for outer in spec["layer"]
        for layer in outer.get("layer", [outer])
        for side in ("x", "y")
        if "axis" in layer["encoding"].get(side, {})
    }
    assert titles == {"x", "y"}
