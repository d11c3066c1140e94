"""One picture for each small model, with its thresholds and the case as set marked in it."""

from __future__ import annotations

import re
from html import escape
from math import log

from custodes.reports._extras import needed
from custodes.reports._panel import Align, Axis, Layer, Panel
from custodes.reports._theme import PAPER, svg_of
from custodes.scenarios import (
    SCENARIOS,
    ActorsInputs,
    ActorsOutputs,
    DetectionInputs,
    DetectionOutputs,
    PrincipalsInputs,
    PrincipalsOutputs,
    ProgressInputs,
    ProgressOutputs,
    RaceInputs,
    RaceOutputs,
    ScenarioRecord,
    ValleyInputs,
    ValleyOutputs,
    actors_curves,
    detection_curves,
    payoff_curves,
    principals_curves,
    progress_curves,
    race_curves,
    valley_curves,
)

_SAFETIES = (
    *(1e-9, 1e-6, 1e-4, 0.001, 0.01, 0.05, 0.2, 0.5),
    *(0.8, 0.95, 0.99, 0.999, 0.9999, 1 - 1e-6, 1 - 1e-9),
)
"""P(safe) marked on an axis of log-odds."""
_AS_SAFETY = "format(1 / (1 + exp(-datum.value)), '.9~f')"
_SIDES: tuple[Align, Align] = ("right", "left")
"""Of the labels of a lower and an upper threshold, so that they do not meet."""
_NEAR_TOP = 0.9
"""A probability whose label would leave the panel above."""
_LEAST_SHOWN = 1e-9
"""Of a probability on a logarithmic axis."""


def scenario_figure(record: ScenarioRecord, *, prefix: str = "") -> str:
    """The picture of a solved scenario, as SVG text that needs nothing from outside.

    Args:
        record: What `scenarios.run` gave.
        prefix: Of the ids inside, where one page shows several pictures of one scenario.

    Raises:
        PrerequisiteError: The extra `report` is not installed.
    """
    title = SCENARIOS[record.scenario].title
    spec = _drawn(record).properties(title=title, background=PAPER, padding=14).to_dict()
    drawn = _numbered(svg_of(spec), prefix=prefix or record.scenario)
    return _with_words(drawn, title=title, words=record.reading)


def _drawn(record: ScenarioRecord) -> Layer:
    match record.inputs, record.outputs:
        case ValleyInputs() as inputs, ValleyOutputs() as outputs:
            return _valley(inputs, outputs)
        case RaceInputs() as inputs, RaceOutputs() as outputs:
            return _race(inputs, outputs)
        case ActorsInputs() as inputs, ActorsOutputs() as outputs:
            return _actors(inputs, outputs)
        case ProgressInputs() as inputs, ProgressOutputs() as outputs:
            return _progress(inputs, outputs)
        case DetectionInputs() as inputs, DetectionOutputs() as outputs:
            return _detection(inputs, outputs)
        case PrincipalsInputs() as inputs, PrincipalsOutputs() as outputs:
            return _principals(inputs, outputs)
        case _:
            msg = f"the record of {record.scenario} has another scenario's inputs or outputs"
            raise TypeError(msg)


def _numbered(svg: str, *, prefix: str) -> str:
    """The picture with its clips counted from 0: the renderer counts over all it ever drew."""
    names = dict.fromkeys(re.findall(r'id="(clip\d+)"', svg))
    numbered = {name: f"{prefix}-clip{at}" for at, name in enumerate(names)}
    return re.sub(r"\bclip\d+\b", lambda found: numbered.get(found[0], found[0]), svg)


def _with_words(svg: str, *, title: str, words: str) -> str:
    """The picture with its title and reading, for who cannot see it."""
    opening, rest = svg.replace(' aria-hidden="true"', "", 1).split(">", 1)
    told = f"<title>{escape(title)}</title><desc>{escape(words)}</desc>"
    return f'{opening} role="img">{told}{rest}'


def _valley(inputs: ValleyInputs, outputs: ValleyOutputs) -> Layer:
    curves = valley_curves(inputs, outputs)
    low, high = curves[0].x[0], curves[0].x[-1]
    ticks = tuple(tick for p in _SAFETIES if low <= (tick := log(p) - log(1 - p)) <= high)
    top = min(1.3 * max(max(curve.y) for curve in curves), 1.0) or 1.0
    panel = Panel(
        x=Axis(
            title="How safe the system is: P(safe), spaced in log-odds",
            expression=_AS_SAFETY,
            ticks=ticks,
            domain=(low, high),
        ),
        y=Axis(title="Risk: P(somebody deploys, and it fails)", domain=(0, top)),
    )
    developer, society = outputs.x_developer, outputs.x_society
    layers: list[Layer] = []
    if developer is not None and society is not None and society > developer:
        layers.append(panel.stretch(developer, society, label="the valley"))
    layers.append(panel.lines(curves))
    named = {
        f"developer deploys from {outputs.p_developer or 0:.4g}": developer,
        f"society gains from {outputs.p_society or 0:.4g}": society,
    }
    marks = sorted((x, label) for label, x in named.items() if x is not None)
    for (x, label), align in zip(marks, _SIDES, strict=False):
        layers.append(panel.upright(x, label=label, align=align))
    if developer is None:
        layers.append(
            panel.note(
                "the developer deploys whatever the risk"
                if outputs.p_developer == 0
                else "the developer never deploys"
            )
        )
    if outputs.peak_x is not None and outputs.peak_risk is not None:
        label = f"largest risk {outputs.peak_risk:.3g} at {outputs.peak_p:.4g}"
        layers.append(
            panel.point(outputs.peak_x, outputs.peak_risk, label=label, align="center", rise=-13)
        )
    return panel.of(*layers)


def _race(inputs: RaceInputs, outputs: RaceOutputs) -> Layer:
    alt = needed("altair")
    panel = Panel(
        x=Axis(title="Enmity: how bad another team's safe win is", domain=(0, 1)),
        y=Axis(title="Risk: P(disaster)", domain=(0, 1)),
        height=260,
    )
    here = panel.upright(inputs.enmity, label=f"as set: {inputs.enmity:g}", align="right")
    known = panel.of(panel.lines(race_curves(inputs)), here)
    better, dominant = outputs.p_safe_collectively_better, outputs.p_safe_risk_dominant
    if better is None or dominant is None or not 0 <= better < dominant <= 1:
        return known
    strip = Panel(
        x=Axis(title="P(disaster) of unsafe work", domain=(0, 1)),
        y=Axis(title=""),
        height=34,
    )
    dilemma = strip.of(
        strip.stretch(better, dominant, label="dilemma"),
        strip.upright(better, label=f"safe is better for all from {better:.3g}", align="right"),
        strip.upright(dominant, label=f"each chooses it from {dominant:.3g}", align="left"),
    )
    return alt.vconcat(known, dilemma, spacing=34)


def _actors(inputs: ActorsInputs, outputs: ActorsOutputs) -> Layer:
    alt = needed("altair")
    (crowd,), (payoff,) = actors_curves(inputs), payoff_curves(inputs, outputs)
    acting = Panel(
        x=Axis(title="Actors who can act alone", domain=(1, crowd.x[-1])),
        y=Axis(title="P(somebody acts)", domain=(0, 1)),
        width=320,
    )
    label = f"{inputs.actors}: {outputs.p_act:.3g}"
    here = acting.point(inputs.actors, outputs.p_act, label=label, rise=14)
    paying = Panel(
        x=Axis(
            title="Estimate from which each acts (threshold)",
            domain=(payoff.x[0], payoff.x[-1]),
        ),
        y=Axis(
            title="Mean payoff over all acts",
            domain=(0, 1.2 * outputs.payoff_omniscient),
        ),
        width=320,
    )
    best, now = outputs.optimal_threshold, inputs.threshold
    return alt.hconcat(
        acting.of(acting.lines((crowd,)), here),
        paying.of(
            paying.level(outputs.payoff_omniscient, label="truth known"),
            paying.level(outputs.payoff_pooled, label="estimates averaged", rise=9),
            paying.lines((payoff,)),
            paying.point(now, outputs.payoff_at_threshold, label="as set", rise=14),
            paying.point(best, outputs.payoff_optimal, label="best", align="center", rise=18),
        ),
        spacing=34,
    )


def _progress(inputs: ProgressInputs, outputs: ProgressOutputs) -> Layer:
    (risk,) = progress_curves(inputs, outputs)
    panel = Panel(
        x=Axis(
            title="Expected months from dangerous capability to its safeguards",
            domain=(risk.x[0], risk.x[-1]),
        ),
        y=Axis(title="P(catastrophe in that time)"),
    )
    curve = panel.lines((risk,))
    before, after = outputs.p_catastrophe, outputs.p_catastrophe_after
    if outputs.gap_after == inputs.gap:
        here = panel.point(inputs.gap, before, label=f"{before:.3g}", align="right")
        return panel.of(curve, here)
    wider = outputs.gap_after > inputs.gap
    return panel.of(
        curve,
        panel.point(
            inputs.gap,
            before,
            label=f"before: {before:.4g}",
            align="right" if wider else "left",
            rise=-10 if wider else 14,
            hollow=True,
        ),
        panel.point(
            outputs.gap_after,
            after,
            label=f"after: {after:.4g}",
            align="left" if wider else "right",
            rise=14 if wider else -10,
        ),
    )


def _detection(inputs: DetectionInputs, outputs: DetectionOutputs) -> Layer:
    curves = detection_curves(inputs)
    shown = [y for curve in curves for y in curve.y if y >= _LEAST_SHOWN]
    lowest = min(shown, default=_LEAST_SHOWN)
    panel = Panel(
        x=Axis(title="Passed tests", domain=(1, max(10, 2 * inputs.tests))),
        y=Axis(
            title="P(unsafe), having passed all (logarithmic)",
            kind="log",
            numbers="~g",
            ticks=tuple(10.0**power for power in range(-9, 1)),
            domain=(lowest, 1.0),
        ),
    )
    layers: list[Layer] = [panel.lines(curves)]
    floor = outputs.posterior_floor
    if floor is not None and floor >= lowest:
        layers.append(panel.level(floor, label=f"floor {floor:.3g}", rise=10))
    now = outputs.posterior_unsafe
    if now is not None and now >= lowest:
        layers.append(panel.point(inputs.tests, now, label=f"as set: {now:.3g}"))
    if now is None:
        layers.append(panel.note("no system passes all of these tests"))
    return panel.of(*layers)


def _principals(inputs: PrincipalsInputs, outputs: PrincipalsOutputs) -> Layer:
    curves = principals_curves(inputs)
    panel = Panel(
        x=Axis(title="Holders of the system", domain=(1, curves[0].x[-1])),
        y=Axis(title="P(at least one is malicious)"),
    )
    label = f"as set: {outputs.p_any_malicious:.3g}"
    return panel.of(
        panel.lines(curves),
        panel.level(0.05, label="5 %"),
        panel.point(
            inputs.holders,
            outputs.p_any_malicious,
            label=label,
            align="right",
            rise=-10 if outputs.p_any_malicious < _NEAR_TOP else 14,
        ),
    )
