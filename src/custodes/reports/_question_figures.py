"""The tornado: how far each quantity moves an effort, all else as drawn."""

from __future__ import annotations

from custodes.questions import EffortDrivers, Move
from custodes.reports._figure import Figure, Table
from custodes.reports._forms import draw, swings_form
from custodes.reports._numbers import PPM, in_words, places_for, signed, significant

_NONE = "none"


def tornado_figure(drivers: EffortDrivers, *, title: str, verdict: str) -> Figure | None:
    """The widest bars of one effort; none where nothing moves it.

    Args:
        drivers: What the effort hangs on.
        title: The effort's title.
        verdict: `risk` or `social-value`: what the mean is of.
    """
    if not drivers.tornado:
        return None
    unit = "ppm" if verdict == "risk" else "millionths"
    rows = [
        {
            "quantity": in_words(move.quantity),
            "end": end,
            "middle": drivers.mean * PPM,
            "mean": value * PPM,
            "side": "safer" if value < drivers.mean else "riskier",
        }
        for move in drivers.tornado
        for end, value in (("low", move.at_low), ("high", move.at_high))
    ]
    widest = drivers.tornado[0]
    return Figure(
        id=f"tornado-{drivers.effort}",
        title=f"{title}: what it hangs on",
        caption="Each quantity is held at its 5th percentile (outlined) and at its 95th (solid), "
        "all else as drawn; the dashed line is the mean as it stands. Left of zero is "
        f"{'safer' if verdict == 'risk' else 'better'}. A bar that crosses zero can turn the "
        "effort from good to harmful; the table has the value at which it turns.",
        words=f"Bar chart. The mean is {_told(drivers.mean)} {unit}; "
        f"{in_words(widest.quantity)} moves it most, from {_told(widest.at_low)} at "
        f"{significant(widest.low)} to {_told(widest.at_high)} at {significant(widest.high)}.",
        drawings=(draw(swings_form(verdict=verdict), rows),),
        table=Table(
            columns=(
                "Quantity",
                "5th percentile",
                "95th percentile",
                f"Mean at the 5th, {unit}",
                f"Mean at the 95th, {unit}",
                "Turns at",
            ),
            rows=tuple(_row(move) for move in drivers.tornado),
        ),
    )


def _row(move: Move) -> tuple[str, ...]:
    return (
        in_words(move.quantity),
        significant(move.low),
        significant(move.high),
        _told(move.at_low),
        _told(move.at_high),
        ", ".join(significant(each) for each in move.turns) or _NONE,
    )


def _told(value: float) -> str:
    return signed(value * PPM, places_for(value * PPM, 0.0))
