"""What a person sees in the terminal: an assessment as a table, and how far long work is."""

from __future__ import annotations

import sys
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from custodes.cli._wrapping import named, wrapped

if TYPE_CHECKING:
    from custodes.assessment import AssessmentRecord, EffortAssessment

PPM = 1e6
"""1 ppm is a millionth."""
_MILLION = 1e6
_VIEWS = 4
_NAME = 23
_BASIS = {"judged": "judged", "mixed": "mixed", "reference class": "ref."}


@contextmanager
def progress_bar(label: str) -> Generator[Callable[[int, int], None], None, None]:
    """A bar on a terminal, nothing in a pipe; called with done and in all."""
    if not sys.stderr.isatty():
        yield lambda _done, _all: None
        return
    with click.progressbar(length=1, label=label, file=sys.stderr) as bar:

        def show(done: int, everything: int) -> None:
            bar.length = max(everything, 1)
            bar.update(done - bar.pos)

        yield show


def assessment_table(record: AssessmentRecord, *, best_first: bool) -> str:
    """The efforts at 100 columns: net before and after conditions, P(raises risk) by worldview.

    Args:
        record: The result.
        best_first: Order by net after conditions under the first worldview; otherwise worst first.
    """
    views = record.round.worldviews
    first, shown = views[0], views[:_VIEWS]
    efforts = sorted(
        record.efforts,
        key=lambda each: (each.worldview(first).after.net.mean, each.id),
        reverse=not best_first,
    )
    money = f"{record.round.currency} m"
    lines = [
        wrapped(
            f"Change in the probability of a large-scale catastrophe by {record.horizon}, under "
            f"{first}, in ppm (1 ppm = one in a million); NEGATIVE IS SAFER. P = share of worlds "
            f"in which the effort raises risk, after its conditions, under {_numbered(shown)}."
        ),
        "",
        f"{'':{_NAME}} {'':6} {'':>8} {'net':>8} {'net':>8} {'90 % of worlds':>17} "
        + "".join(f"{'P':>6}" for _ in shown),
        f"{'effort':{_NAME}} {'basis':6} {money:>8} {'before':>8} {'after':>8} {'after':>17} "
        + "".join(f"{number:>6}" for number in range(1, len(shown) + 1)),
    ]
    lines += [_row(each, first, shown) for each in efforts]
    return "\n".join([*lines, "", *_notes(record, efforts, views)])


def _numbered(views: Sequence[str]) -> str:
    """Worldviews with the numbers that stand over their columns: their names need more room."""
    return ", ".join(f"{name} ({number})" for number, name in enumerate(views, start=1))


def _row(effort: EffortAssessment, first: str, views: Sequence[str]) -> str:
    result = effort.worldview(first)
    net = result.after.net
    marks = f"{'' if effort.qualifies else '!'}{'?' if effort.kind_suggested else ''}"
    after = click.style(f"{told_ppm(net.mean):>8}", fg="red" if net.mean > 0 else "green")
    interval = f"{told_ppm(net.p05)} to {told_ppm(net.p95)}"
    shares = "".join(f"{effort.worldview(view).after.p_raises_risk:>6.0%}" for view in views)
    name = named(f"{effort.id} {marks}".rstrip(), _NAME)
    return (
        f"{name} {_BASIS[effort.basis]:6} {effort.cost / _MILLION:>8.3g} "
        f"{told_ppm(result.before.net.mean):>8} {after} {interval:>17} {shares}"
    )


def told_ppm(risk: float) -> str:
    """A change of risk in ppm, signed, without digits that mean nothing."""
    value = risk * PPM
    if abs(value) >= 100:  # noqa: PLR2004 (three digits are enough)
        return f"{value:+z,.0f}"
    return f"{value:+z.2g}" if abs(value) < 1 else f"{value:+z.1f}"


def _size(risk: float) -> str:
    return told_ppm(risk).lstrip("+")


def _notes(
    record: AssessmentRecord, efforts: Sequence[EffortAssessment], views: Sequence[str]
) -> list[str]:
    unjudged = sum(each.basis == "reference class" for each in efforts)
    mixed = sum(each.basis == "mixed" for each in efforts)
    unfit = [each for each in efforts if not each.qualifies]
    first = [each.worldview(views[0]) for each in efforts]
    error, whose = max(
        (result.net.standard_error, each.id)
        for each, both in zip(efforts, first, strict=True)
        for result in (both.before, both.after)
    )
    usual = sorted(both.after.net.standard_error for both in first)[len(first) // 2]
    basis = (
        f"{unjudged} of {len(efforts)} efforts are on reference classes alone: nobody judged them "
        f"(basis 'ref.'); {mixed} are judged in part."
    )
    errors = (
        f"Standard error of net under {views[0]}: {_size(usual)} ppm for the "
        f"middle effort, {_size(error)} ppm at most ({whose}); {record.samples} draws, seed "
        f"{record.seed}."
    )
    notes = [basis if unjudged or mixed else "Every effort was judged by experts.", errors]
    if not record.round.coherent:
        notes.append(
            "Every quantity is pooled by itself ([judgement] coherent = false): who is hopeful of "
            "one thing may be mixed with who fears another, so P(raises risk) is nobody's."
        )
    if unfit:
        notes.append(
            f"! {len(unfit)} of {len(efforts)} raise risk in more worlds than the round's limit "
            "under some worldview, with the best conditions too: they do not qualify."
        )
    if any(each.kind_suggested for each in efforts):
        notes.append("? The kind was suggested from the text; nobody has confirmed it.")
    if len(views) > _VIEWS:
        notes.append(f"{len(views) - _VIEWS} more worldviews are in the JSON and the report.")
    return [wrapped(note, hanging=2) for note in notes]
