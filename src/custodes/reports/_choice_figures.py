"""The frontier as a picture: what each budget buys, and the ratio that falls as more is spent."""

from __future__ import annotations

from functools import cache

from custodes.choice import ChoiceRecord, FrontierPoint
from custodes.reports._extras import needed
from custodes.reports._figure import Figure, Table
from custodes.reports._forms import Form, draw
from custodes.reports._numbers import PPM, money, places_for, signed, significant
from custodes.reports._theme import INK, MUTED, SAFER

_MILLION = 1e6
_WIDTH, _HEIGHT = 640, 250
_NO_RATIO = "\u2013"


def frontier_figure(choice: ChoiceRecord) -> Figure | None:
    """The best portfolio at each budget; none where no money buys anything."""
    points = _once(choice.frontier)
    if len(points) < 2:  # noqa: PLR2004 (a line has two ends)
        return None
    told = "Change in risk, ppm" if choice.verdict == "risk" else "Social value, millionths"
    rows = [
        {
            "spent": point.spent / _MILLION,
            "value": point.objective * PPM,
            "what": "budget" if point.spent == choice.spent else "other",
        }
        for point in points
    ]
    corners = [
        {"spent": each.spent / _MILLION, "value": each.objective * PPM, "what": "hull"}
        for each in choice.hull
    ]
    form = _value_form(title=told, currency=choice.currency)
    drawings = [draw(form, [*corners, *rows])]
    falling = [
        {"spent": step.spent / _MILLION, "ratio": step.ratio, "effort": step.id}
        for step in choice.falling_ratio
        if step.ratio is not None
    ]
    if len(falling) > 1:
        drawings.append(draw(_ratio_form(currency=choice.currency), falling))
    return Figure(
        id="frontier",
        title="What each budget buys",
        caption="Each point is the best portfolio for the money; the filled one is chosen. "
        "The line is the lower hull: its slope is what a million buys, and never gets better. "
        "Points can lie off the line, because efforts are supported whole or not at all. Below: "
        "the efforts that the widest budget chooses, the highest ratio of risk taken away to "
        "usefulness first, and the ratio of all so far (probability for each unit of relative "
        "usefulness): it falls as more is spent (paper p. 9).",
        words=_in_words(choice, points),
        drawings=tuple(drawings),
        table=Table(
            columns=("Budget", "Spent", told, "Ratio", "Efforts"),
            rows=tuple(
                (
                    money(point.budget, choice.currency),
                    money(point.spent, choice.currency),
                    _value(point.objective),
                    _NO_RATIO if point.ratio is None else significant(point.ratio),
                    str(len(point.efforts)),
                )
                for point in choice.frontier
            ),
        ),
    )


def _once(points: tuple[FrontierPoint, ...]) -> list[FrontierPoint]:
    """One point for each amount that is spent: a wider budget may buy nothing more."""
    return list({point.spent: point for point in reversed(points)}.values())[::-1]


def _value(value: float) -> str:
    return signed(value * PPM, places_for(value * PPM, 0.0))


def _in_words(choice: ChoiceRecord, points: list[FrontierPoint]) -> str:
    last = points[-1]
    unit = "ppm" if choice.verdict == "risk" else "millionths"
    said = (
        f"Line chart. From nothing to {_value(last.objective)} {unit} at "
        f"{money(last.spent, choice.currency)}; the portfolio chosen costs "
        f"{money(choice.spent, choice.currency)} and reaches {_value(choice.objective)} {unit}"
    )
    ratios = [step.ratio for step in choice.falling_ratio if step.ratio is not None]
    if len(ratios) > 1:
        said += f". The ratio falls from {significant(ratios[0])} to {significant(ratios[-1])}"
    return f"{said}."


@cache
def _value_form(*, title: str, currency: str) -> Form:
    alt = needed("altair")
    x = alt.X("spent:Q", title=f"Money spent, {currency} million", scale=alt.Scale(zero=True))
    y = alt.Y("value:Q", title=title)
    base = alt.Chart().encode(x=x, y=y)
    hull = base.transform_filter("datum.what == 'hull'").mark_line(color=MUTED, strokeWidth=1.5)
    other = base.transform_filter("datum.what == 'other'").mark_point(
        color=SAFER, size=44, opacity=1, strokeWidth=1.5
    )
    chosen = base.transform_filter("datum.what == 'budget'").mark_point(
        color=SAFER, size=80, filled=True, opacity=1
    )
    form: Form = (
        alt.layer(hull, other, chosen, data=alt.NamedData("rows"))
        .properties(width=_WIDTH, height=_HEIGHT)
        .to_dict()
    )
    return form


@cache
def _ratio_form(*, currency: str) -> Form:
    alt = needed("altair")
    base = alt.Chart().encode(
        x=alt.X("spent:Q", title=f"Money spent, {currency} million", scale=alt.Scale(zero=True)),
        y=alt.Y("ratio:Q", title="Risk taken away / usefulness", scale=alt.Scale(zero=True)),
    )
    form: Form = (
        alt.layer(
            base.mark_line(color=INK, strokeWidth=1.5),
            base.mark_point(color=INK, size=36, filled=True, opacity=1),
            data=alt.NamedData("rows"),
        )
        .properties(width=_WIDTH, height=_HEIGHT - 90)
        .to_dict()
    )
    return form
