"""``custodes ask DIR``: which question to which expert is worth most."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from custodes.cli._assess import evaluations
from custodes.cli._printing import progress_bar
from custodes.cli._wrapping import labelled, wrapped

if TYPE_CHECKING:
    from custodes.questions import Question, QuestionsRecord

_TOP = 8
_PPM = 1e6
_BEYOND = (
    "Behind the limit. These efforts are over the round's limit on P(raises risk), so no answer "
    "counts for them above. If the limit forbade nothing, these answers would be worth most; and "
    "some could bring the effort within the limit."
)


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--top",
    type=click.IntRange(min=1),
    metavar="N",
    default=_TOP,
    show_default=True,
    help="How many to print; the JSON has all.",
)
@click.option("--worldview", metavar="NAME", help="Decide under this one, not the round's first.")
@click.option("--samples", type=int, metavar="N", help="Draws; a power of two.")
@click.option("--seed", type=int, metavar="S", help="Seed; 0 is a seed.")
@click.option("--json", "json_file", metavar="FILE", help="Write the result; - for the terminal.")
def ask(
    *,
    folder: Path,
    top: int,
    worldview: str | None,
    samples: int | None,
    seed: int | None,
    json_file: str | None,
) -> None:
    """Say which question, about which effort, to which expert is worth most.

    Worth: how much better the choice under the budget becomes, on average, when the answer is
    known exactly.
    """
    from custodes.assessment import assess, open_executor
    from custodes.exchange import read_round, result_text, write_result
    from custodes.questions import ask as ask_round

    round_ = read_round(folder)
    work = evaluations(round_, samples)
    with open_executor(None, evaluations=work) as executor, progress_bar("Assessing") as bar:
        assessment = assess(round_, samples=samples, seed=seed, executor=executor, progress=bar)
    with progress_bar("Weighing the questions") as bar:
        record = ask_round(assessment, worldview=worldview, progress=bar)
    if json_file and json_file != "-":
        write_result(record, json_file)
    if json_file == "-":
        click.echo(result_text(record), nl=False)
    else:
        click.echo(questions_table(record, top=top))


def questions_table(record: QuestionsRecord, *, top: int) -> str:
    """The most valuable questions at 100 columns, in words.

    Args:
        record: The result.
        top: How many questions to tell.
    """
    known = [each for each in record.questions if each.distinguishable]
    lines = [wrapped(_head(record)), ""]
    if not known:
        lines.append(
            wrapped(
                "No single question is worth asking: no answer is distinguishable from 0 in what "
                "it would change."
            )
        )
    for number, each in enumerate(known[:top], start=1):
        lines += [_block(each, number, record), ""]
    barred = {each.effort for each in record.efforts if each.left_out and each.evpi == 0}
    beyond = [
        each
        for each in sorted(record.questions, key=lambda each: -each.evppi_all_options)
        if each.all_options_distinguishable and each.effort in barred
    ]
    if beyond:
        lines += [wrapped(_BEYOND), ""]
        for number, each in enumerate(beyond[:top], start=1):
            lines += [_block(each, number, record), ""]
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
        ("whom", _whom(question)),
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
    turns = "; ".join(
        f"below {each.at:.3g} ({each.percentile:.0%} of belief lies below) {each.below}, above it "
        f"{each.above}"
        for each in question.flips[:2]
    )
    return f"{told}; {turns}"


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
