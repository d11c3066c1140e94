"""The picture of disagreement: what each expert's own answers would make of an effort."""

from __future__ import annotations

from custodes.assessment import EffortAssessment, OwnResult, Summary
from custodes.reports._figure import Figure, Table
from custodes.reports._forms import Form, draw, ranges_form
from custodes.reports._numbers import PPM, percent, side_of, tell_risk

_ALL = "all together"


def own_figure(
    effort: EffortAssessment, own: tuple[OwnResult, ...], *, worldviews: tuple[str, ...]
) -> Figure | None:
    """Net with conditions on each expert's answers alone, and on all together.

    Args:
        effort: The effort.
        own: Results of one expert at a time; those of other efforts are left out.
        worldviews: In order.

    Returns:
        The picture; none where fewer than two experts have a result.
    """
    theirs = [each for each in own if each.effort == effort.id]
    experts = sorted({each.expert for each in theirs})
    if len(experts) < 2:  # noqa: PLR2004 (one alone disagrees with nobody)
        return None
    net = {(each.expert, each.worldview): each.net for each in theirs}
    raises = {(each.expert, each.worldview): each.p_raises_risk for each in theirs}
    for name in worldviews:
        net[_ALL, name] = effort.worldviews[name].after.net
        raises[_ALL, name] = effort.worldviews[name].after.p_raises_risk
    order = [(who, name) for who in (*experts, _ALL) for name in worldviews]
    form = ranges_form(
        y="expert", panels=worldviews, width=max(140, 690 // len(worldviews)), step=26
    )
    return Figure(
        id="own",
        title="Each expert's own result",
        caption="Net with the recommended conditions, on the answers of one expert alone; what "
        "they did not answer is the reference class. A line is the 90 % interval. Left of zero "
        "is safer. Conditions, seed and draws are the same for all.",
        words=_in_words(net, experts, worldviews[0]),
        drawings=(draw(form, [_row(net[key], *key) for key in order]),),
        table=Table(
            columns=(
                "Expert",
                "Worldview",
                "Mean, ppm",
                "5 %",
                "95 %",
                "Standard error",
                "Raises risk in",
                "In a word",
            ),
            rows=tuple(
                (*key, told.mean, told.low, told.high, told.error, percent(raises[key]), told.word)
                for key in order
                for told in [tell_risk(net[key])]
            ),
        ),
    )


def _row(summary: Summary, expert: str, worldview: str) -> Form:
    return {
        "expert": expert,
        "panel": worldview,
        "when": "after",
        "mean": summary.mean * PPM,
        "p05": summary.p05 * PPM,
        "p95": summary.p95 * PPM,
        "side": side_of(summary.mean, summary.standard_error),
    }


def _in_words(net: dict[tuple[str, str], Summary], experts: list[str], worldview: str) -> str:
    told = [tell_risk(net[who, worldview]) for who in experts]
    words = [each.word for each in told]
    means = "; ".join(f"{who} {each.mean} ppm" for who, each in zip(experts, told, strict=True))
    return (
        f"Dot and interval chart. Under {worldview}, {words.count('safer')} of {len(experts)} "
        f"experts' own answers make it safer and {words.count('riskier')} riskier: {means}."
    )
