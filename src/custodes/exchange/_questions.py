"""The texts of a blank round that must never differ from the code: columns and questions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from custodes import catalogue
from custodes.challenges import STATUSES, Challenge
from custodes.choice import Curve
from custodes.efforts import HAZARDS, KINDS, Effort, reference_classes
from custodes.evidence import SCALES, STANDINGS, Claim
from custodes.exchange._calibration_file import COLUMNS as CALIBRATION_COLUMNS
from custodes.exchange._calibration_file import REQUIRED as CALIBRATION_REQUIRED
from custodes.exchange._challenges_file import COLUMNS as CHALLENGE_COLUMNS
from custodes.exchange._challenges_file import REQUIRED as CHALLENGE_REQUIRED
from custodes.exchange._claims_file import COLUMNS as CLAIM_COLUMNS
from custodes.exchange._claims_file import REQUIRED as CLAIM_REQUIRED
from custodes.exchange._conflicts_file import COLUMNS as CONFLICT_COLUMNS
from custodes.exchange._conflicts_file import REQUIRED as CONFLICT_REQUIRED
from custodes.exchange._curves_file import COLUMNS as CURVE_COLUMNS
from custodes.exchange._curves_file import REQUIRED as CURVE_REQUIRED
from custodes.exchange._efforts_file import COLUMNS as EFFORT_COLUMNS
from custodes.exchange._efforts_file import COST_COLUMNS
from custodes.exchange._efforts_file import REQUIRED as EFFORT_REQUIRED
from custodes.exchange._experts_file import COLUMNS as EXPERT_COLUMNS
from custodes.exchange._judgements_file import ABSTENTIONS
from custodes.exchange._judgements_file import CLAIM_COLUMNS as COLUMNS_OF_CLAIMS
from custodes.exchange._judgements_file import COLUMNS as JUDGEMENT_COLUMNS
from custodes.exchange._judgements_file import REQUIRED as JUDGEMENT_REQUIRED
from custodes.judgements import (
    CONFLICT_TYPES,
    LEAST_SEEDS,
    VERDICTS,
    CalibrationAnswer,
    Conflict,
    Expert,
    Judgement,
)
from custodes.records import Record

QUESTIONS_FILE = "questions.md"
"""Every question that can be put to experts, or to the institution."""
COLUMNS_FILE = "COLUMNS.md"
"""Every column of the tables, explained."""

_OWNERS = (
    (
        "effort",
        "Questions about an effort",
        (
            "Put to outside experts, each alone. Cuts, usefulness, months, diversion, "
            "principal_help and washing are asked at the reference cost of the effort's kind; "
            "the cost law does the scaling. At most twelve for one effort in one sitting."
        ),
    ),
    (
        "system",
        "Questions about a system",
        (
            "Asked once a system, not once an effort. Written in systems.toml, or in "
            "judgements.csv with `system:ID` as effort (`system:default` is the built-in one)."
        ),
    ),
    (
        "world",
        "Questions about the world",
        "For the institution: its worldview. Written in worldviews/NAME.toml.",
    ),
)


def questions_text() -> str:
    """`questions.md`: every question with its unit and range, in the order of the catalogue."""
    parts = [
        "# Questions\n",
        (
            "Each answer is three numbers: one that the truth lies below with probability 5 % "
            "(p05), 50 % (p50) and 95 % (p95). Ask for the lowest plausible and the highest "
            "plausible value first, and for the best guess last. Shares run from 0 to 1; `5 %` "
            "and `1 in 2,000` may be written too. Three equal numbers say that there is no "
            "uncertainty.\n"
        ),
    ]
    for owner, title, about in _OWNERS:
        rows = [
            (
                f"`{quantity.name}`",
                quantity.question,
                quantity.unit,
                quantity.range_told,
                f"p. {quantity.page}" if quantity.page else "",
            )
            for quantity in catalogue.QUANTITIES.values()
            if quantity.owner == owner
        ]
        parts += [f"## {title}\n", f"{about}\n"]
        parts.append(_table(("quantity", "question", "unit", "range", "paper"), rows))
    return "\n".join(parts)


def columns_text() -> str:
    """`COLUMNS.md`: every column of the tables, in the words of the records."""
    cost = "5th, 50th or 95th percentile of an uncertain cost, in place of `cost`."
    more = [name for name in Effort.model_fields if name not in (*EFFORT_COLUMNS, "extra")]
    efforts = _described(Effort, (*EFFORT_COLUMNS, *more)) | dict.fromkeys(COST_COLUMNS, cost)
    judgements = _described(Judgement, (*JUDGEMENT_COLUMNS, *COLUMNS_OF_CLAIMS))
    judgements["abstain"] += f" One of {', '.join(ABSTENTIONS)}."
    judgements["confidence"] += (
        " p05, p50, p95 are then the range as it was typed, and are brought to 90 % on reading; "
        "where `raw` is filled too, they are brought there already."
    )
    judgements["raw"] += " Alone, without p05, p50 and p95, it is read as `a to b` or `a / b / c`."
    seeds = _described(CalibrationAnswer, CALIBRATION_COLUMNS)
    challenges = _described(Challenge, CHALLENGE_COLUMNS)
    challenges["status"] += f" One of {', '.join(STATUSES)}."
    claims = _described(Claim, CLAIM_COLUMNS)
    claims["assessment"] += f" One of {', '.join(VERDICTS)}."
    claims["scale"] += f" One of {', '.join(SCALES)}."
    claims["standing"] += f" One of {', '.join(STANDINGS)}."
    conflicts = _described(Conflict, CONFLICT_COLUMNS)
    conflicts["type"] += f" One of {', '.join(CONFLICT_TYPES)}."
    kinds = [(f"`{kind}`", reference_classes()[kind].definition) for kind in KINDS]
    return "\n".join(
        [
            "# Columns\n",
            "A cell may stay empty where the column is not required; empty means not stated.\n",
            "## efforts.csv\n",
            (
                "One row an effort. An uncertain cost is one number, `a to b` (5th to 95th "
                "percentile) or `a / b / c` (5th, 50th, 95th). Columns that are not in this "
                "list are kept and shown. Several hazards or recipients are separated by `|`.\n"
            ),
            _column_table(efforts, EFFORT_REQUIRED),
            "### Kinds\n",
            "The reference class: what is assumed of an effort until somebody judges it.\n",
            _table(("kind", "definition"), kinds),
            "### Hazards\n",
            _table(("hazard", "class of risk"), [(f"`{k}`", v) for k, v in HAZARDS.items()]),
            "## judgements.csv\n",
            (
                "One row an answer: one expert, one question, one effort. An answer that is out "
                "of order or out of range is kept, and stays out of the pool until it is "
                "mended.\n"
            ),
            _column_table(judgements, JUDGEMENT_REQUIRED),
            "## experts.csv\n",
            (
                "One row an expert; who is not listed has weight 1. The file may be published: "
                "write codes where names should not be seen.\n"
            ),
            _column_table(_described(Expert, EXPERT_COLUMNS), ("expert",)),
            "## conflicts.csv (optional)\n",
            (
                "One row a conflict, or a statement that there is none. A conflict that is not "
                "decided yet keeps the answers out of the pool; the result with them is shown "
                "beside.\n"
            ),
            _column_table(conflicts, CONFLICT_REQUIRED),
            "## calibration.csv (optional)\n",
            (
                "One row an answer to a question whose answer is known to you and not to the "
                f"expert. Weights are taken from them where everybody answered {LEAST_SEEDS} or "
                "more, on the round's own subject; `custodes calibrate` scores them.\n"
            ),
            _column_table(seeds, CALIBRATION_REQUIRED),
            "## challenges.csv (optional)\n",
            (
                "One row an objection to an effort. While one is open its effort is not chosen, "
                "unless `[choice] rules` in round.toml fix it. A row with a handling mark stays "
                "out of reports, which tell that it is withheld.\n"
            ),
            _column_table(challenges, CHALLENGE_REQUIRED),
            "## claims.csv (optional)\n",
            (
                "One row a sentence that somebody said of an effort, a system or the field. "
                "Experts assess it in judgements.csv as `claim:ID`, quantity `claim_holds`. "
                "Several hazards or audits are separated by `|`. A row with a handling mark "
                "stays out of reports and moves nothing.\n"
            ),
            _column_table(claims, CLAIM_REQUIRED),
            "## curves.csv (optional)\n",
            (
                "One row a curve: what one recommender thinks a further unit of money to one "
                "effort is worth. `custodes choose` shares the money out along them, beside the "
                "optimum.\n"
            ),
            _column_table(_described(Curve, CURVE_COLUMNS), CURVE_REQUIRED),
        ]
    )


def _described(record: type[Record], columns: Iterable[str]) -> dict[str, str]:
    fields = record.model_fields
    return {
        # a column that Python keeps for itself has an underscore behind its name in the record
        name: fields[f"{name}_" if f"{name}_" in fields else name].description or ""
        for name in columns
    }


def _column_table(columns: dict[str, str], required: Sequence[str]) -> str:
    rows = [
        (f"`{name}`", "yes" if name in required else "", " ".join(text.split()))
        for name, text in columns.items()
    ]
    return _table(("column", "required", "what stands in it"), rows)


def _table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    told = ("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)
    return "\n".join(told) + "\n"


def header_text(columns: Sequence[str]) -> str:
    """A CSV file of no rows."""
    return ",".join(columns) + "\n"


def blank_texts() -> dict[str, str]:
    """The files of a blank round that are made from the code, by name."""
    return {
        "efforts.csv": header_text(EFFORT_COLUMNS),
        "judgements.csv": header_text(JUDGEMENT_COLUMNS),
        "experts.csv": header_text(EXPERT_COLUMNS),
        COLUMNS_FILE: columns_text(),
        QUESTIONS_FILE: questions_text(),
    }
