"""What `custodes ask` prints: the most valuable questions in words, at 100 columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from custodes.cli._wrapping import labelled, table, wrapped

if TYPE_CHECKING:
    from custodes.questions import EffortDrivers, Flip, Question, QuestionsRecord

_PPM = 1e6
_CHANGES, _BARS = 4, 5
_BEYOND = (
    "Behind the limit. These efforts are over the round's limit on P(raises risk), so no answer "
    "counts for them above. If the limit forbade nothing, these answers would be worth most; and "
    "some could bring the effort within the limit."
)
_NOTHING = (
    "As the round stands, no single answer would change what is supported: none is "
    "distinguishable from 0 in what it would change."
)
_ONLY_BEYOND = (
    "While the limit on P(raises risk) stands, no single answer would change what is supported: "
    "none is distinguishable from 0. What follows would be worth asking only if it gave way."
)


def questions_text(record: QuestionsRecord, *, top: int) -> str:
    """The most valuable questions at 100 columns, in words.

    Args:
        record: The result.
        top: How many questions to tell.
    """
    known = [each for each in record.questions if each.distinguishable]
    lines = [wrapped(_head(record)), ""]
    for number, each in enumerate(known[:top], start=1):
        lines += [_block(each, number, record), ""]
    barred = {each.effort for each in record.efforts if each.left_out and each.evpi == 0}
    beyond = [
        each
        for each in sorted(record.questions, key=lambda each: -each.evppi_all_options)
        if each.all_options_distinguishable and each.effort in barred
    ]
    if not known:
        lines += [wrapped(_ONLY_BEYOND if beyond else _NOTHING), ""]
    if beyond:
        lines += [wrapped(_BEYOND), ""]
        for number, each in enumerate(beyond[:top], start=1):
            lines += [_block(each, number, record), ""]
    for drivers in record.drivers[:1]:
        lines += [_driven(drivers, record), ""]
    lines += [wrapped(each, hanging=2) for each in _notes(record, shown=min(top, len(known)))]
    return "\n".join(lines).rstrip("\n")


def told_value(value: float, record: QuestionsRecord) -> str:
    """A value with its unit, without digits that mean nothing."""
    if record.verdict != "risk":
        return f"{value:.3g}"
    return f"{value * _PPM:.2g} ppm" if value * _PPM < 1 else f"{value * _PPM:,.3g} ppm"


def _head(record: QuestionsRecord) -> str:
    what = (
        "in ppm of risk of a large-scale catastrophe (1 ppm = one in a million)"
        if record.verdict == "risk"
        else "in social value"
    )
    return (
        f"What to ask next, under {record.worldview}. WORTH is how much better the choice under "
        f"the budget becomes on average when the answer is known exactly, {what}, with its "
        f"standard error. Knowing everything would be worth {told_value(record.evpi, record)}."
    )


def _block(question: Question, number: int, record: QuestionsRecord) -> str:
    value, error = (
        (question.evppi, question.standard_error)
        if question.distinguishable
        else (question.evppi_all_options, question.all_options_standard_error)
    )
    worth = f"{told_value(value, record)} (standard error {told_value(error, record)})"
    title = wrapped(f"{number:>2}. {question.effort}: {question.quantity}", hanging=4)
    pairs = (
        ("worth", worth),
        ("ask", f"{question.question} ({question.unit})"),
        ("why", _why(question)),
        ("moves", _moves(question, record)),
        ("whom", _whom(question)),
        ("gain", _gain(question, record)),
    )
    return f"{click.style(title, bold=True)}\n{labelled(pairs, indent=4)}"


def _why(question: Question) -> str:
    now = {
        "judged": f"judged by {question.answered_by} so far",
        "reference class": "nobody has judged it: it stands on a reference class",
        "worldview": "the institution's own assumption",
    }[question.basis]
    if question.wins_now is None:
        return f"{now}; the answer could change the decision on {question.decides} efforts"
    told = f"{now}; best now: {question.wins_now}"
    if question.p_cap_flips:
        told += f"; {question.p_cap_flips:.0%} of answers move it across the limit"
    if not question.flips:
        return told
    turns = "; ".join(_turn(each) for each in question.flips[:2])
    return f"{told}; {turns}"


def _turn(flip: Flip) -> str:
    return (
        f"below {flip.at:.3g} ({flip.percentile:.0%} of belief lies below) {flip.below}, above it "
        f"{flip.above}"
    )


def _moves(question: Question, record: QuestionsRecord) -> str:
    """Which efforts' decisions a question about several of them could change."""
    if question.wins_now is not None or not question.changes:
        return ""
    shown = [
        f"{each.effort} (now {each.wins_now}; {_turn(each.flips[0])})"
        if each.flips
        else f"{each.effort} (now {each.wins_now})"
        for each in question.changes[:_CHANGES]
    ]
    more = len(question.changes) - len(shown)
    told = "; ".join(shown) + (f"; and {more} more" if more else "")
    if question.evppi_at_fixed_price is None:
        return told
    fixed = told_value(question.evppi_at_fixed_price, record)
    return f"{told}. With the portfolio chosen again; each effort by itself would say {fixed}"


def _gain(question: Question, record: QuestionsRecord) -> str:
    """What real answers would bring, which are never exact."""
    worths = question.evsi_of_experts
    if not worths:
        return ""
    last = len(worths)
    if question.basis == "worldview":
        return f"a study that halves the variance would bring {told_value(worths[0], record)}"
    told = (
        f"one more expert would bring {told_value(worths[0], record)}, {last} would bring "
        f"{told_value(worths[-1], record)}"
    )
    best = question.best_experts
    cost = f"{record.currency} {record.cost_of_answer:,.0f} an answer"
    if best is None or record.price_per_million == 0:
        return told
    if best == last:
        return f"{told}; at {cost} each of the {last} pays"
    return f"{told}; at {cost} {best} pay{'s' if best == 1 else ''} most"


def _driven(drivers: EffortDrivers, record: QuestionsRecord) -> str:
    """What the effort with most at stake hangs on, and what worldviews differ in about it."""
    head = (
        f"What {drivers.effort} hangs on (most at stake; mean {_signed(drivers.mean, record)}, "
        "below 0 is good). Each quantity at its 5th and 95th percentile, all else as drawn:"
    )
    rows = [("quantity", "low", "high", "mean at low", "mean at high", "turns at")]
    rows += [
        (
            each.quantity,
            f"{each.low:.3g}",
            f"{each.high:.3g}",
            _signed(each.at_low, record),
            _signed(each.at_high, record),
            ", ".join(f"{turn:.3g}" for turn in each.turns) or "-",
        )
        for each in drivers.tornado[:_BARS]
    ]
    lines = [wrapped(head), table(rows)]
    for each in drivers.worldviews:
        steps = ", ".join(
            f"{step.quantity} {_signed(step.alone, record)}" for step in each.steps[:3]
        )
        if steps:
            lines.append(
                wrapped(
                    f"{each.worldview} says {_signed(each.mean, record)}; what drives the "
                    f"difference, each alone: {steps}.",
                    hanging=2,
                )
            )
    return "\n".join(lines)


def _signed(value: float, record: QuestionsRecord) -> str:
    """A change with its sign."""
    return f"{'-' if value < 0 else '+'}{told_value(abs(value), record)}"


def _whom(question: Question) -> str:
    if question.experts:
        return "; ".join(
            f"{name} ({why})"
            for name, why in zip(question.experts, question.expert_reasons, strict=True)
        )
    if question.basis == "worldview":
        return "the institution itself"
    return "nobody on the list is free of conflict and has not answered yet; find somebody new"


def _notes(record: QuestionsRecord, *, shown: int) -> list[str]:
    known = sum(each.distinguishable for each in record.questions)
    notes: list[str] = []
    if known > shown:
        notes.append(f"{known - shown} more questions are worth something; --top or --json.")
    notes.append(
        f"{len(record.questions) - known} of {len(record.questions)} questions are not "
        "distinguishable from 0: whatever the answer, the choice stays as good as it is."
    )
    if record.price_per_million > 0:
        notes.append(
            f"The budget binds: a million {record.currency} more would buy "
            f"{told_value(record.price_per_million, record)}."
        )
    camps = [g for g in record.groups if g.group == "experts" and g.distinguishable]
    if camps:
        notes.append(
            "Where experts disagree, each of their answers tells which of them is right, so the "
            "values of one effort do not add up. Knowing which expert is right: "
            + "; ".join(f"{g.effort} {told_value(g.evppi, record)}" for g in camps[:4])
            + "."
        )
    left = sum("support" in each.left_out for each in record.efforts)
    if left:
        notes.append(
            f"{left} of {len(record.efforts)} efforts may not be supported without conditions: "
            "over the limit on P(raises risk)."
        )
    notes.append(f"{record.samples} draws, seed {record.seed}.")
    return notes
