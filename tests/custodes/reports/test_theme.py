import re
from importlib.resources import files

import pytest

from custodes.reports import _theme

STYLE = (files("custodes.reports") / "assets" / "style.css").read_text("utf-8")
DRAWN = (_theme.INK, _theme.MUTED, _theme.GRID, _theme.PAPER, *_theme.CATEGORIES)


def variables(scheme):
    """The colours of a scheme by name."""
    light, dark = re.findall(r":root \{(.*?)\}", STYLE, re.DOTALL)[:2]
    text = {"light": light, "dark": light + dark}[scheme]
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", text))


def linear(part):
    """A channel of sRGB, from 0 to 1, as light (WCAG 2.2)."""
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def luminance(colour):
    """Relative luminance (WCAG 2.2)."""
    red, green, blue = (linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    """Contrast ratio (WCAG 2.2)."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("ground", ["paper", "raised", "warn-ground"])
@pytest.mark.parametrize("colour", ["ink", "muted", "link", "safer", "riskier"])
def test_text_stands_out_from_its_ground(scheme, ground, colour):
    found = variables(scheme)

    assert contrast(found[colour], found[ground]) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("colour", ["safer", "riskier", "third", "fourth", "fifth"])
def test_marks_stand_out_from_the_paper(scheme, colour):
    found = variables(scheme)

    assert contrast(found[colour], found["paper"]) >= 3


def test_light_colours_are_those_of_the_drawings():
    light = variables("light")

    names = ("ink", "muted", "hair", "paper", "safer", "riskier", "third", "fourth", "fifth")
    assert tuple(light[name] for name in names) == DRAWN


@pytest.mark.parametrize("colour", DRAWN)
def test_every_drawn_colour_has_a_dark_one(colour):
    assert re.search(rf'\[(fill|stroke)="{colour}"\]', STYLE)


def test_drawing_is_silent_and_the_same_every_time():
    spec = {
        "data": {"values": [{"a": "x<y", "b": 1}]},
        "mark": "bar",
        "encoding": {"x": {"field": "b", "type": "quantitative"}, "y": {"field": "a"}},
    }

    drawing = _theme.svg_of(spec)

    assert drawing.startswith('<svg aria-hidden="true" focusable="false" ')
    assert "x&lt;y" in drawing
    assert drawing == _theme.svg_of(spec)
