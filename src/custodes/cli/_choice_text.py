"""A choice as a person reads it in the terminal, at 100 columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from custodes.cli._printing import told_ppm
from custodes.cli._wrapping import named, wrapped

if TYPE_CHECKING:
    from custodes.choice import ChoiceRecord, Chosen, NotChosen, OtherConditions

_MILLION = 1e6
_NAME = 25
_VIEWS = 4
_VIEW = 10
_SHOWN = 12
_UPPER = {
    "first": "the first worldview decides",
    "credence": "the worldviews decide by their credences",
    "maximin": "the worst worldview decides",
    "regret": "the largest regret over the worldviews decides",
}


def choice_text(record: ChoiceRecord, marks: Mapping[str, str] | None = None) -> str:
    """What is chosen and why, what the portfolio does, the bound, and the next million.

    Args:
        record: The choice.
        marks: Handling marks of efforts that have one: the text is not for everybody then.
    """
    marked = marks or {}
    parts = [
        wrapped(_head(record)),
        wrapped(handling_note(marked), hanging=2) if marked else "",
        "\n".join(_chosen(record, marked)),
        "\n".join(_not_chosen(record, marked)),
        "\n".join(_portfolio(record)),
        "\n".join(_frontier(record)),
        "\n".join(_shared_out(record, marked)),
        "\n".join(_notes(record)),
    ]
    return "\n\n".join(part for part in parts if part)


def handling_note(marks: Mapping[str, str]) -> str:
    """Which efforts carry a handling mark, and that what names them is not for everybody."""
    named = ", ".join(f"{name} [{mark}]" for name, mark in sorted(marks.items()))
    few = len(marks) == 1
    return (
        f"NOT FOR PUBLICATION: it names {len(marks)} effort{'' if few else 's'} with a handling "
        f"mark: {named}. `custodes report` leaves {'it' if few else 'them'} out."
    )


def choice_in_short(record: ChoiceRecord) -> str:
    """What is chosen, what would be next, and what the portfolio does, in a few lines."""
    first = record.asked.worldviews[0]
    net = record.portfolio[first].net
    chosen = ", ".join(each.id for each in record.chosen) or "nothing"
    lines = [
        f"What to support with {_money(record.budget, record)}: {chosen}.",
        f"- Together, under {first}: {told_ppm(net.mean)} ppm (90 % of worlds "
        f"{told_ppm(net.p05)} to {told_ppm(net.p95)}); P(raises risk) "
        + ", ".join(
            f"{result.p_raises_risk:.0%} ({view})" for view, result in record.portfolio.items()
        )
        + f". Gap to the proven bound {record.gap:.1g}.",
    ]
    waiting = sorted(
        (each.enters_at_budget, each.id)
        for each in record.not_chosen
        if each.enters_at_budget is not None
    )
    if waiting:
        told = ", ".join(f"{name} ({_money(budget, record)})" for budget, name in waiting)
        lines.append(f"- Outbid, with the budget at which each would enter: {told}.")
    return "\n".join(wrapped(line, hanging=2) for line in lines)


def _head(record: ChoiceRecord) -> str:
    asked = record.asked
    every = len(record.chosen) + len(record.not_chosen)
    limits = [f"P(raises risk) of each at most {asked.cap_p_raises_risk:g} in every worldview"]
    if asked.cvar_level is not None:
        limits.append(
            f"mean of the worst {1 - asked.cvar_level:.3g} of draws at most "
            f"{_worth(asked.cvar_limit or 0.0, record, net=True)}"
        )
    if asked.cap_p_portfolio is not None:
        limits.append(f"P(raises risk) of the portfolio at most {asked.cap_p_portfolio:g}")
    return (
        f"{record.round_title}: {len(record.chosen)} of {every} efforts chosen for "
        f"{_money(record.spent, record)} of {_money(record.budget, record)}; "
        f"{_UPPER[asked.rule]} ({', '.join(asked.worldviews)}). Limits: {'; '.join(limits)}."
    )


def _money(amount: float, record: ChoiceRecord) -> str:
    if abs(amount) >= _MILLION:
        return f"{record.currency} {amount / _MILLION:,.4g} m"
    return f"{record.currency} {amount:,.0f}"


def _worth(value: float, record: ChoiceRecord, *, net: bool = False) -> str:
    if record.verdict == "risk" or net:
        return f"{told_ppm(value)} ppm" if value else "0 ppm"
    return f"{value:+.3g}"


def _chosen(record: ChoiceRecord, marks: Mapping[str, str]) -> Iterator[str]:
    if not record.chosen:
        yield wrapped("Nothing is chosen: no effort that is allowed is worth it.")
        return
    views = record.asked.worldviews[:_VIEWS]
    fits = max(map(len, views)) < _VIEW
    lost = "lost, ppm" if record.verdict == "risk" else "lost"
    yield (f"{'':{_NAME}} {'':>9} {'net alone':>10} {lost:>10}  P(raises risk) with conditions")
    yield (
        f"{'CHOSEN':{_NAME}} {record.currency + ' m':>9} {_unit(record):>10} {'without it':>10}  "
        + "".join(f"{view if fits else number:>10}" for number, view in enumerate(views, start=1))
    )
    if not fits:
        told = ", ".join(f"{number} {view}" for number, view in enumerate(views, start=1))
        yield wrapped(f"worldviews: {told}", hanging=2)
    for each in record.chosen:
        yield _chosen_row(each, record, views, marks)
        if each.fixed_because:
            yield wrapped(f"fixed: {each.fixed_because}", indent=4)
        conditions = ", ".join(each.conditions) or "no conditions"
        yield wrapped(f"if: {conditions}", indent=4, hanging=8)
        if each.other_conditions is not None:
            told = other_conditions_text(each.other_conditions, record)
            yield wrapped(told, indent=4, hanging=8)


def _objective_and_net(record: ChoiceRecord) -> str:
    """Why the objective is not the portfolio's net, where the two differ; empty otherwise."""
    first = record.asked.worldviews[0]
    without = record.net_by_overlap[first]["0"]
    net = record.portfolio[first].net.mean
    if told_ppm(without) == told_ppm(net):
        return ""
    return (
        " The objective has no overlap on named hazards beyond saturation: net under "
        f"{first} is {told_ppm(without)} ppm so, and {told_ppm(net)} ppm with the overlap of "
        f"{record.asked.hazard_overlap:g}."
    )


def other_conditions_text(other: OtherConditions, record: ChoiceRecord) -> str:
    """How the conditions differ from the recommended ones, and why."""
    parts = [f"{', '.join(other.more)} more"] if other.more else []
    parts += [f"{', '.join(other.fewer)} fewer"] if other.fewer else []
    lost = other.loss_with_recommended
    by = "" if lost is None else f" (by {_worth(lost, record).lstrip('+')})"
    return f"than recommended: {'; '.join(parts)}, because {other.reason}{by}"


def _unit(record: ChoiceRecord) -> str:
    return "ppm" if record.verdict == "risk" else "net, ppm"


def _chosen_row(
    each: Chosen, record: ChoiceRecord, views: tuple[str, ...], marks: Mapping[str, str]
) -> str:
    lost = "-"
    if each.loss_if_left_out is not None:
        lost = _bare(each.loss_if_left_out, record)
    shares = "".join(f"{each.p_raises_risk[view]:>10.0%}" for view in views)
    return (
        f"{_named(each.id, marks):{_NAME}} {each.cost / _MILLION:>9.3g} {told_ppm(each.net):>10} "
        f"{lost:>10}  {shares}"
    )


def _bare(value: float, record: ChoiceRecord) -> str:
    return told_ppm(value) if record.verdict == "risk" else f"{value:.3g}"


def _short(name: str) -> str:
    return named(name, _NAME)


def _named(name: str, marks: Mapping[str, str]) -> str:
    """A name with its handling mark, at least as wide as a column."""
    mark = f" [{marks[name]}]" if name in marks else ""
    return named(f"{name}{mark}", _NAME)


def _not_chosen(record: ChoiceRecord, marks: Mapping[str, str]) -> Iterator[str]:
    if not record.not_chosen:
        return
    yield "NOT CHOSEN, and why"
    for each in record.not_chosen:
        head = f"{_named(each.id, marks):{_NAME}} "
        text = wrapped(f"{each.reason}{_forced(each, record)}", indent=_NAME + 1)
        yield head + text[_NAME + 1 :]


def _forced(each: NotChosen, record: ChoiceRecord) -> str:
    if each.loss_if_forced is None:
        return ""
    return f"; forcing it in would cost {_bare(each.loss_if_forced, record).lstrip('+')}" + (
        " ppm" if record.verdict == "risk" else ""
    )


def _portfolio(record: ChoiceRecord) -> Iterator[str]:
    level = record.asked.cvar_level
    worst = f"worst {100 * (1 - (0.95 if level is None else level)):.3g} %"
    yield (
        f"{'THE PORTFOLIO under':{_NAME}} {'net, ppm':>10} {'90 % of worlds':>19} "
        f"{'P(raises risk)':>15} {worst:>12} {'ratio':>8}"
    )
    for view, result in record.portfolio.items():
        net = result.net
        interval = f"{told_ppm(net.p05)} to {told_ppm(net.p95)}"
        ratio = "-" if result.ratio is None else f"{result.ratio:.2g}"
        yield (
            f"{_short(view):{_NAME}} {told_ppm(net.mean):>10} {interval:>19} "
            f"{result.p_raises_risk:>15.1%} {told_ppm(record.cvar[view]):>12} {ratio:>8}"
        )
    first = record.asked.worldviews[0]
    overlaps = ", ".join(
        f"{told_ppm(net)} at {rho}" for rho, net in record.net_by_overlap[first].items()
    )
    yield wrapped(
        "Negative is safer. Benefits on one named hazard overlap by "
        f"{record.asked.hazard_overlap:g}, our assumption; net under {first} for other overlaps: "
        f"{overlaps}.",
        hanging=2,
    )


def _frontier(record: ChoiceRecord) -> Iterator[str]:
    step = record.next_million
    at = f"at {_money(step.budget, record)}"
    if not step.enters and not step.leaves and not step.change:
        yield wrapped(f"THE NEXT MILLION buys nothing more: {at} the same efforts are chosen.")
    else:
        moves = [f"{', '.join(step.enters)} in" if step.enters else ""]
        moves += [f"{', '.join(step.leaves)} out" if step.leaves else ""]
        yield wrapped(
            f"THE NEXT MILLION: {at} the objective changes by {_worth(step.change, record)}"
            f"{': ' if step.enters or step.leaves else ''}"
            f"{'; '.join(each for each in moves if each)}. At the margin a million is worth "
            f"{_worth(step.price_per_million, record).lstrip('+')}.",
            hanging=2,
        )
    steps = [each for each in record.hull if each.per_million is not None]
    if steps:
        told = ", ".join(
            f"{_worth(each.per_million or 0.0, record)} up to {_money(each.spent, record)}"
            for each in steps[:6]
        )
        yield wrapped(f"What a million buys along the frontier: {told}.", hanging=2)


def _shared_out(record: ChoiceRecord, marks: Mapping[str, str]) -> Iterator[str]:
    process = record.s_process
    if process is None:
        return
    yield wrapped(
        f"THE S-PROCESS of {len(process.pots)} recommenders, beside the optimum, in "
        f"{record.currency} m (signed lets fears count; brake stops efforts that are barred):"
    )
    names = [f"{each.variant}{'+brake' if each.brake else ''}" for each in process.results]
    yield f"{'':{_NAME}} {'optimum':>11}" + "".join(f"{name:>12}" for name in names)
    costs = {each.id: each.cost for each in record.chosen}
    efforts = sorted({*costs, *(name for each in process.results for name in each.given)})
    for effort in efforts:
        given = [each.given.get(effort, 0.0) for each in process.results]
        yield (
            f"{_named(effort, marks):{_NAME}} {costs.get(effort, 0.0) / _MILLION:>11.3g}"
            + "".join(f"{amount / _MILLION:>12.3g}" for amount in given)
        )
    left = "".join(f"{each.left / _MILLION:>12.3g}" for each in process.results)
    yield f"{'(kept)':{_NAME}} {(record.budget - record.spent) / _MILLION:>11.3g}{left}"


def _notes(record: ChoiceRecord) -> Iterator[str]:
    certificate = record.certificate
    least = "no portfolio is better than" if record.sense == "minimise" else "none is above"
    yield wrapped(
        f"HOW IT IS KNOWN: {certificate.text}. Objective {_worth(record.objective, record)}; "
        f"{least} {_worth(record.bound, record)}; gap {record.gap:.2g} "
        f"({certificate.solver}, {record.options} packages, {record.scenarios:,} draws)."
        f"{_objective_and_net(record)}",
        hanging=2,
    )
    if record.scenarios < record.asked.samples:
        yield wrapped(
            f"Chosen on the first {record.scenarios:,} of {record.asked.samples:,} draws: "
            f"{record.options:,} packages on all would be too many numbers. What the portfolio "
            "does is told on all draws.",
            hanging=2,
        )
    views = record.worldviews
    if len(record.asked.worldviews) > 1:
        core = ", ".join(views.in_all) or "nothing"
        some = ", ".join(views.in_some)
        yield wrapped(
            f"Every worldview alone would choose: {core}."
            + (f" Only some: {some}." if some else ""),
            hanging=2,
        )
    for warning in certificate.warnings:
        yield wrapped(f"Warning: {warning}.", hanging=2)
