"""What an applicant typed, as the library's records, or as everything that is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from pydantic import ValidationError

from custodes.efforts import HAZARDS, KINDS, reference_classes, suggest_kind
from custodes.efforts import Effort as EffortRecord
from custodes.errors import InputError
from custodes.quantities import Amount, parse_amount
from custodes.records import faults_of
from custodes_workbench.efforts.models import Revision
from custodes_workbench.efforts.records.explanation import (
    NO_WAY,
    ONCE,
    PROBLEMS_ASKED,
    QUESTIONS_OF_A_CLAIM,
    Asked,
    Claim,
    Explanation,
)

_MOST_CHARACTERS = 20_000
"""Of one field; a draft cannot be filled without end."""
_STARTS = {
    "year": re.compile(r"20\d\d"),
    "month": re.compile(r"20\d\d-(0[1-9]|1[0-2])"),
    "quarter": re.compile(r"20\d\d-Q[1-4]"),
    "day": re.compile(r"20\d\d-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])"),
}
_OFFICERS = "officers; decision makers from the choice on; everybody once published"

FORM = (
    Asked("title", "Title", "Do not name yourself or your organisation in it.", 30, 1),
    Asked("applicant", "Who would do it?", "You, or your organisation.", 30, 1, readers=_OFFICERS),
    Asked("description", "What is to be done?", "Do not name yourself in it.", 300, 6),
    Asked(
        "kind",
        "Kind of effort",
        "It decides what is assumed before anybody judges your effort.",
        0,
        required=False,
        choices=(
            ("", "I do not know; suggest one"),
            *((kind, f"{kind.replace('_', ' ')}") for kind in KINDS),
        ),
    ),
    Asked(
        "cost",
        "What does it cost?",
        "A number, as 250,000; or a range, as 200,000 to 300,000.",
        10,
        1,
    ),
    Asked("start", "When would it start?", "As you know it: 2027, 2027-Q1, 2027-03.", 4, 1),
)
"""What is asked about the effort before its claims."""


@dataclass(frozen=True, slots=True)
class FormFault:
    """One thing wrong with a form, and the field it belongs to."""

    field: str
    label: str
    message: str


@dataclass(slots=True)
class ReadApplication:
    """What an application says, with everything that is wrong with it."""

    record: EffortRecord | None = None
    explanation: Explanation | None = None
    faults: list[FormFault] = field(default_factory=list)


def fields_of_claim(claim: str) -> tuple[Asked, ...]:
    """The questions of one claim, each under the name of its field.

    Args:
        claim: Its id.
    """
    return tuple(_renamed(asked, f"{claim}-{asked.name}") for asked in QUESTIONS_OF_A_CLAIM)


def _renamed(asked: Asked, name: str) -> Asked:
    return Asked(
        name,
        asked.label,
        asked.hint,
        asked.words,
        asked.rows,
        asked.required,
        asked.choices,
        asked.readers,
    )


def read_application(
    typed: Mapping[str, str], claims: Sequence[str], *, effort_id: str, currency: str
) -> ReadApplication:
    """Check what was typed, all of it, and make the records if nothing is wrong.

    Args:
        typed: The form's fields.
        claims: Ids of the claims, in order.
        effort_id: What the effort is called in files.
        currency: The round's.
    """
    read = ReadApplication()
    texts = {name: str(value).strip() for name, value in typed.items()}
    _check(read, FORM, texts)
    if not claims:
        read.faults.append(
            FormFault("add_claim", "Claims", "there is none; add at least one claim")
        )
    for claim in claims:
        _check(read, fields_of_claim(claim), texts, within=f"Claim {claim}: ")
    _check(read, ONCE, texts)
    if texts.get("dual_use") == "yes" and not texts.get("dual_use_findings"):
        read.faults.append(
            FormFault("dual_use_findings", "Findings", "you said yes; say how you handle them")
        )
    for problem, asked in PROBLEMS_ASKED:
        _check(read, asked, texts, within=f"{problem.title}: ", if_empty=_BLANK_PROBLEM)
    cost = _cost(read, texts.get("cost", ""))
    precision = _precision(read, texts.get("start", ""))
    if read.faults or cost is None:
        return read
    explanation = _explanation(texts, claims)
    try:
        read.record = _record(texts, explanation, cost, precision, effort_id, currency)
    except ValidationError as error:
        read.faults += [
            FormFault(fault.field or "title", fault.field or "", f"{fault.message}; {fault.cure}")
            for fault in faults_of(error)
        ]
        return read
    read.explanation = explanation
    return read


_BLANK_PROBLEM = f'it is left blank; say how it could, or write "{NO_WAY} ..." with the reason'


def _check(
    read: ReadApplication,
    questions: Iterable[Asked],
    texts: Mapping[str, str],
    *,
    within: str = "",
    if_empty: str = "it is not answered; write an answer",
) -> None:
    for asked in questions:
        text = texts.get(asked.name, "")
        fault = _wrong(asked, text, if_empty)
        if fault:
            read.faults.append(FormFault(asked.name, f"{within}{asked.label}", fault))


def _wrong(asked: Asked, text: str, if_empty: str) -> str:
    if not text:
        return if_empty if asked.required else ""
    if asked.choices:
        known = {value for value, _ in asked.choices}
        return "" if text in known else "it is not in the list; choose one"
    words = len(text.split())
    if words > asked.words:
        return f"it has {words} words; shorten it to {asked.words}"
    return _says_no_reason(text) if asked.name.startswith("raises_") else ""


def _says_no_reason(text: str) -> str:
    head, _, reason = text.partition("because")
    if "no way" in head.casefold() and len(reason.split()) < 3:  # noqa: PLR2004 (a reason is a sentence)
        return 'say why you see no way, after "because"'
    if text.casefold().rstrip(".") in {"none", "no", "n/a", "-", "no way", "i see no way"}:
        return f'write "{NO_WAY} ..." with the reason'
    return ""


def _cost(read: ReadApplication, text: str) -> Amount | None:
    if not text:
        return None
    fault = ""
    try:
        amount = parse_amount(text, family="positive", unit="money")
        if amount.p05 > 0 and "%" not in text and "1 in " not in text:
            return amount
        fault = "it is not an amount above 0; write what it costs"
    except InputError as error:
        fault = f"{error.faults[0].message}; {error.faults[0].cure}"
    read.faults.append(FormFault("cost", "What does it cost?", fault))
    return None


def _precision(read: ReadApplication, text: str) -> str:
    found = next((name for name, form in _STARTS.items() if form.fullmatch(text)), "")
    if text and not found:
        message = f"'{text[:40]}' is no date we read; write 2027, 2027-Q1, 2027-03 or 2027-03-01"
        read.faults.append(FormFault("start", "When would it start?", message))
    return found


def _explanation(texts: Mapping[str, str], claims: Sequence[str]) -> Explanation:
    def once(name: str) -> str:
        return texts.get(name, "")

    return Explanation(
        claims=tuple(
            Claim.model_validate(
                {
                    "id": claim,
                    **{
                        asked.name: once(f"{claim}-{asked.name}") for asked in QUESTIONS_OF_A_CLAIM
                    },
                }
            )
            for claim in claims
        ),
        raises=_by_problem(once, "raises"),
        mitigated=_by_problem(once, "mitigated"),
        **{name: once(name) for name in _ONCE_IN_EXPLANATION},
    )


_ONCE_IN_EXPLANATION = (
    "aligned_to",
    "who_pays",
    "done_anyway",
    "dual_use_findings",
    "milestones",
)


def _by_problem(once: Callable[[str], str], what: str) -> dict[str, str]:
    told = {problem.name: once(f"{what}_{problem.name}") for problem, _ in PROBLEMS_ASKED}
    return {name: text for name, text in told.items() if text}


def _record(
    texts: Mapping[str, str],
    explanation: Explanation,
    cost: Amount,
    precision: str,
    effort_id: str,
    currency: str,
) -> EffortRecord:
    kind = texts.get("kind", "")
    suggested = "" if kind else suggest_kind(texts["title"], texts["description"]).kind or ""
    named = {claim.hazard for claim in explanation.claims}
    holds = {claim.holds for claim in explanation.claims}
    return EffortRecord.model_validate(
        {
            "id": effort_id,
            "title": texts["title"],
            "description": texts["description"],
            "applicant": texts["applicant"],
            "kind": kind or suggested or "other",
            "kind_suggested": not kind,
            "cost": cost,
            "currency": currency,
            "start": texts["start"],
            "start_precision": precision,
            "hazards": tuple(name for name in HAZARDS if name in named),
            "definition_of_alignment": texts["definition_of_alignment"],
            "scales_to_future": "no" if "no" in holds else "yes",
            "principal": texts["principal"],
            "dual_use": texts["dual_use"],
            "explanation": "\n\n".join(
                f"{claim.id}: {claim.claim} {claim.in_particular}" for claim in explanation.claims
            ),
            "source": "application",
        }
    )


def typed_of(revision: Revision) -> dict[str, str]:
    """What a form would hold that says what a revision says."""
    record = EffortRecord.model_validate(revision.record)
    explanation = Explanation.model_validate(revision.explanation)
    typed = {
        name: str(getattr(record, name))
        for name in ("title", "description", "applicant", "start", "principal", "dual_use")
    }
    typed |= {"definition_of_alignment": record.definition_of_alignment}
    typed |= {name: getattr(explanation, name) for name in _ONCE_IN_EXPLANATION}
    typed["kind"] = "" if record.kind_suggested else record.kind
    numbers = [repr(number).removesuffix(".0") for number in record.cost.numbers]
    typed["cost"] = numbers[0] if record.cost.is_point else " / ".join(numbers)
    for claim in explanation.claims:
        typed |= {
            f"{claim.id}-{asked.name}": getattr(claim, asked.name)
            for asked in QUESTIONS_OF_A_CLAIM
        }
    for what, told in (("raises", explanation.raises), ("mitigated", explanation.mitigated)):
        typed |= {f"{what}_{name}": text for name, text in told.items()}
    return typed


def kept(posted: Mapping[str, str], claims: Sequence[str]) -> dict[str, str]:
    """Of what was posted, the form's own fields, none longer than a draft can hold.

    Args:
        posted: What came with the form.
        claims: Ids of the draft's claims.
    """
    names = [asked.name for asked in (*FORM, *ONCE)]
    names += [asked.name for _, both in PROBLEMS_ASKED for asked in both]
    names += [asked.name for claim in claims for asked in fields_of_claim(claim)]
    names.append("what_changed")
    return {name: str(posted[name])[:_MOST_CHARACTERS] for name in names if posted.get(name)}


def definitions() -> tuple[tuple[str, str], ...]:
    """Every kind with what belongs to it, in one line."""
    return tuple(
        (kind.replace("_", " "), each.definition) for kind, each in reference_classes().items()
    )
