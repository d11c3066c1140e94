"""The JSON Schema of every file and result.

A file of rows is described by one row, every cell as the text that stands in it; a TOML file by
its whole table. The words are those of the records and of the catalogue.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from custodes import catalogue
from custodes.assessment import AssessmentRecord, DossierRecord
from custodes.challenges import STATUSES, Challenge
from custodes.choice import ChoiceRecord, Curve
from custodes.decisions import CRITIQUE_STATUSES, Critique, InstitutionRecord, Prediction
from custodes.efforts import KINDS, Effort
from custodes.evidence import SCALES, STANDINGS, Claim, EvidenceRecord
from custodes.exchange._atomic import replace_texts
from custodes.exchange._calibration_file import COLUMNS as CALIBRATION_COLUMNS
from custodes.exchange._calibration_file import REQUIRED as CALIBRATION_REQUIRED
from custodes.exchange._challenges_file import COLUMNS as CHALLENGE_COLUMNS
from custodes.exchange._challenges_file import REQUIRED as CHALLENGE_REQUIRED
from custodes.exchange._claims_file import COLUMNS as CLAIM_COLUMNS
from custodes.exchange._claims_file import REQUIRED as CLAIM_REQUIRED
from custodes.exchange._conflicts_file import COLUMNS as CONFLICT_COLUMNS
from custodes.exchange._conflicts_file import REQUIRED as CONFLICT_REQUIRED
from custodes.exchange._critiques_file import COLUMNS as CRITIQUE_COLUMNS
from custodes.exchange._critiques_file import REQUIRED as CRITIQUE_REQUIRED
from custodes.exchange._curves_file import COLUMNS as CURVE_COLUMNS
from custodes.exchange._curves_file import REQUIRED as CURVE_REQUIRED
from custodes.exchange._efforts_file import COLUMNS as EFFORT_COLUMNS
from custodes.exchange._efforts_file import COST_COLUMNS
from custodes.exchange._experts_file import COLUMNS as EXPERT_COLUMNS
from custodes.exchange._judgements_file import ABSTENTIONS
from custodes.exchange._judgements_file import CLAIM_COLUMNS as COLUMNS_OF_CLAIMS
from custodes.exchange._judgements_file import COLUMNS as JUDGEMENT_COLUMNS
from custodes.exchange._judgements_file import REQUIRED as JUDGEMENT_REQUIRED
from custodes.exchange._predictions_file import COLUMNS as PREDICTION_COLUMNS
from custodes.exchange._predictions_file import REQUIRED as PREDICTION_REQUIRED
from custodes.exchange._settings_file import LATER_KEYS
from custodes.exchange._settings_file import SCHEMA as ROUND_SCHEMA
from custodes.exchange._table import refusal
from custodes.judgements import (
    CONFLICT_TYPES,
    RULINGS,
    VERDICTS,
    CalibrationAnswer,
    CalibrationRecord,
    Conflict,
    Expert,
    Judgement,
    PoolRecord,
)
from custodes.mitigations import ADOPTED, Mitigation, strength_of
from custodes.quantities import Owner, Quantity
from custodes.questions import QuestionsRecord
from custodes.records import Record
from custodes.rounds import RoundSettings
from custodes.scenarios import ScenarioRecord
from custodes.systems import CORRECTIONS_SCHEMA, Correction, System
from custodes.worldviews import PRESETS, Correlation, Worldview

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_YES_NO: Mapping[str, Any] = {"enum": ["yes", "no", ""]}


def schemas() -> dict[str, dict[str, Any]]:
    """The JSON Schema of every file and result, by the name that its file gets."""
    return {
        "round.schema.json": _round_schema(),
        "efforts.schema.json": _row_schema(
            Effort,
            "One row of efforts.csv; any other column is kept.",
            columns=(*EFFORT_COLUMNS, *COST_COLUMNS, *_more_effort_columns()),
            required=("id", "title"),
            limits={
                "kind": {"enum": [*KINDS, ""]},
                **dict.fromkeys(
                    ("cost_is_estimate", "scales_to_future", "dual_use", "kind_suggested"),
                    _YES_NO,
                ),
            },
            others=True,
        ),
        "judgements.schema.json": _row_schema(
            Judgement,
            "One row of judgements.csv.",
            columns=(*JUDGEMENT_COLUMNS, *COLUMNS_OF_CLAIMS),
            required=JUDGEMENT_REQUIRED,
            limits={
                "round": {"enum": ["", "1", "2"]},
                "abstain": {"enum": ["", *ABSTENTIONS]},
                "verdict": {"enum": ["", *VERDICTS]},
            },
        ),
        "experts.schema.json": _row_schema(
            Expert, "One row of experts.csv.", columns=EXPERT_COLUMNS, required=("expert",)
        ),
        "curves.schema.json": _row_schema(
            Curve, "One row of curves.csv.", columns=CURVE_COLUMNS, required=CURVE_REQUIRED
        ),
        "conflicts.schema.json": _row_schema(
            Conflict,
            "One row of conflicts.csv.",
            columns=CONFLICT_COLUMNS,
            required=CONFLICT_REQUIRED,
            limits={
                "type": {"enum": [*CONFLICT_TYPES]},
                "decided": {"enum": ["", *RULINGS]},
                "strength": {"enum": ["", "hard", "soft"]},
                **dict.fromkeys(("declared", "dismissed", "pinned"), _YES_NO),
            },
        ),
        "challenges.schema.json": _row_schema(
            Challenge,
            "One row of challenges.csv.",
            columns=CHALLENGE_COLUMNS,
            required=CHALLENGE_REQUIRED,
            limits={"status": {"enum": [*STATUSES]}},
        ),
        "claims.schema.json": _row_schema(
            Claim,
            "One row of claims.csv.",
            columns=CLAIM_COLUMNS,
            required=CLAIM_REQUIRED,
            limits={
                "scale": {"enum": ["", *SCALES]},
                "assessment": {"enum": ["", *VERDICTS]},
                "standing": {"enum": ["", *STANDINGS]},
                **dict.fromkeys(("says_so", "kept"), _YES_NO),
            },
        ),
        "critiques.schema.json": _row_schema(
            Critique,
            "One row of critiques.csv.",
            columns=CRITIQUE_COLUMNS,
            required=CRITIQUE_REQUIRED,
            limits={"status": {"enum": [*CRITIQUE_STATUSES]}},
        ),
        "calibration.schema.json": _row_schema(
            CalibrationAnswer,
            "One row of calibration.csv.",
            columns=CALIBRATION_COLUMNS,
            required=CALIBRATION_REQUIRED,
            limits={"scale": {"enum": ["", "uni", "log"]}},
        ),
        "worldview.schema.json": _worldview_schema(),
        "systems.schema.json": _systems_schema(),
        "mitigations.schema.json": _mitigations_schema(),
        "corrections.schema.json": _corrections_schema(),
        "assessment.schema.json": _result_schema(AssessmentRecord),
        "choice.schema.json": _result_schema(ChoiceRecord),
        "questions.schema.json": _result_schema(QuestionsRecord),
        "pool.schema.json": _result_schema(PoolRecord),
        "calibration-result.schema.json": _result_schema(CalibrationRecord),
        "evidence.schema.json": _result_schema(EvidenceRecord),
        "dossiers.schema.json": _result_schema(DossierRecord),
        "track-record.schema.json": _result_schema(InstitutionRecord),
        "predictions.schema.json": _row_schema(
            Prediction,
            "One row of predictions.csv.",
            columns=PREDICTION_COLUMNS,
            required=PREDICTION_REQUIRED,
            limits={"family": {"enum": ["", "event", "share", "positive", "real", "signed"]}},
        ),
        "scenario.schema.json": _result_schema(ScenarioRecord),
    }


def write_schemas(folder: str | Path) -> tuple[Path, ...]:
    """Write the JSON Schema of every file and result into a folder, which is made.

    Returns:
        The files written.

    Raises:
        InputError: They cannot be written there.
    """
    home = Path(folder)
    texts = {
        home / name: json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
        for name, schema in schemas().items()
    }
    try:
        home.mkdir(parents=True, exist_ok=True)
        replace_texts(texts)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise refusal(str(folder), f"cannot be written ({why})", "name another folder") from None
    return tuple(texts)


def _result_schema(record: type[Record]) -> dict[str, Any]:
    return {"$schema": _DIALECT, **record.model_json_schema(mode="serialization")}


def _round_schema() -> dict[str, Any]:
    schema = RoundSettings.model_json_schema(mode="validation")
    schema["properties"] = {"schema": {"const": ROUND_SCHEMA}, **schema["properties"]}
    left_alone = {"description": "Left alone by this version."}
    properties = schema["$defs"]["JudgementRules"]["properties"]
    properties |= dict.fromkeys(LATER_KEYS["judgement"], left_alone)
    return {"$schema": _DIALECT, **schema, "title": "round.toml"}


def _described(record: type[Record], name: str) -> str:
    return record.model_fields[name].description or ""


def _more_effort_columns() -> tuple[str, ...]:
    return tuple(name for name in Effort.model_fields if name not in (*EFFORT_COLUMNS, "extra"))


def _row_schema(
    record: type[Record],
    title: str,
    *,
    columns: Iterable[str],
    required: Iterable[str],
    limits: Mapping[str, Mapping[str, Any]] | None = None,
    others: bool = False,
) -> dict[str, Any]:
    """One row as text by column; the limits of a number stand in its words."""
    described = {
        name: _described(record, field) if field in record.model_fields else _of_a_cost(name)
        for name in columns
        for field in [f"{name}_" if f"{name}_" in record.model_fields else name]
    }
    return {
        "$schema": _DIALECT,
        "title": title,
        "type": "object",
        "properties": {
            name: {"type": "string", "description": text, **(limits or {}).get(name, {})}
            for name, text in described.items()
        },
        "required": [*required],
        "additionalProperties": {"type": "string"} if others else False,
    }


def _of_a_cost(column: str) -> str:
    if column in ("p05", "p50", "p95"):
        return f"{column} of the prediction; of an event p50 alone, its probability."
    return f"{column.removeprefix('cost_')} of an uncertain cost, in place of the column cost."


def _amount_schema(quantity: Quantity) -> dict[str, Any]:
    """What a TOML file may write for a quantity: a number, a text, or a table with reasons."""
    number = {"type": "number", "minimum": quantity.low, "maximum": quantity.high}
    text = {"type": "string"}
    return {
        "description": f"{quantity.meaning} Unit: {quantity.unit}.",
        "anyOf": [
            number,
            {**text, "description": "'a to b' (p05, p95) or 'a / b / c' (p05, p50, p95)"},
            {
                "type": "object",
                "properties": {
                    **dict.fromkeys(("p05", "p50", "p95"), number),
                    "reason": text,
                    "source": text,
                    "status": {"enum": ["assumption", "derived", "seen", "recalled"]},
                },
                "required": ["p05", "p50", "p95"],
                "additionalProperties": False,
            },
        ],
    }


def _quantities_schema(owner: Owner) -> dict[str, Any]:
    quantities = (
        *catalogue.quantities_of(owner),
        *catalogue.quantities_apart(owner).values(),
    )
    return {
        "type": "object",
        "properties": {quantity.name: _amount_schema(quantity) for quantity in quantities},
        "additionalProperties": False,
    }


def _file_schema(title: str, properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "$schema": _DIALECT,
        "title": title,
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
    }


def _worldview_schema() -> dict[str, Any]:
    fields = Worldview.model_json_schema()["properties"]
    correlation = Correlation.model_json_schema()
    return _file_schema(
        "worldviews/NAME.toml; what it leaves out is its base's",
        {
            "schema": {"const": "custodes/worldview/1"},
            **{name: fields[name] for name in ("title", "summary", "horizon")},
            "base": {"enum": [*PRESETS], "description": _described(Worldview, "base")},
            "quantities": _quantities_schema("world"),
            "correlation": {"type": "array", "items": correlation},
        },
    )


def _systems_schema() -> dict[str, Any]:
    system = System.model_json_schema()
    fields = system["properties"]
    fields["quantities"] = _quantities_schema("system")
    of_hazard = catalogue.HAZARD_QUANTITIES
    fields["hazard"] = {
        "type": "array",
        "description": _described(System, "hazards"),
        "items": {
            "type": "object",
            "properties": {
                "name": {"enum": [*catalogue.HAZARDS]},
                **{name: _amount_schema(each) for name, each in of_hazard.items()},
            },
            "required": ["name"],
            "additionalProperties": False,
        },
    }
    del fields["hazards"], fields["correction"]
    one = {
        "type": "object",
        "properties": fields,
        "required": ["id", "title"],
        "additionalProperties": False,
    }
    return _file_schema(
        "systems.toml; what a system leaves out is the built-in system's",
        {"schema": {"const": "custodes/systems/1"}, "system": {"type": "array", "items": one}},
    )


def _corrections_schema() -> dict[str, Any]:
    one = Correction.model_json_schema()
    schema = _file_schema(
        "corrections.toml; every key but the ids and kind may be left out",
        {"schema": {"const": CORRECTIONS_SCHEMA}, "system": {"type": "array", "items": one}},
    )
    return {**schema, "$defs": one.pop("$defs")}


def _mitigations_schema() -> dict[str, Any]:
    fields = {
        name: field
        for name, field in Mitigation.model_json_schema()["properties"].items()
        if name not in {"adopted", "changes", "cost_in_usd"}
    }
    fields["problem"] = {"type": "string", "description": _described(Mitigation, "problem")}
    fields["adopted"] = _amount_schema(ADOPTED)
    fields["changes"] = {
        "type": "object",
        "description": _described(Mitigation, "changes"),
        "properties": {
            name: _amount_schema(strength_of(name))
            for name, quantity in catalogue.QUANTITIES.items()
            if quantity.operation
        },
        "additionalProperties": False,
    }
    one = {
        "type": "object",
        "properties": fields,
        "required": ["id"],
        "additionalProperties": False,
    }
    return _file_schema(
        "mitigations.toml; an entry with an id of the library changes it",
        {
            "schema": {"const": "custodes/mitigations/1"},
            "library": {
                "type": "boolean",
                "default": True,
                "description": "Whether the library's mitigations are available.",
            },
            "mitigation": {"type": "array", "items": one},
        },
    )
