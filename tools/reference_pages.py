"""Write the reference tables of the documentation from the library itself.

Sphinx calls `write_pages` before it reads the sources, so a table cannot lag behind the code.
By hand: `python tools/reference_pages.py FOLDER`.
"""

import ast
import sys
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from markdown_tables import table
from permission_pages import permissions_page

from custodes import catalogue
from custodes.assessment._inputs import SYSTEM_KINDS, WEIGHT_KINDS
from custodes.efforts import HAZARDS, KINDS, reference_classes
from custodes.evidence import (
    CAPABILITY_CORRELATIONS,
    CAPABILITY_SOURCE,
    CAPABILITY_WARNINGS,
    CHECKS,
    CRITERIA,
    DEFAULT_STRENGTHS,
    SIGNS,
    STRENGTHS,
)
from custodes.exchange import schemas
from custodes.judgements import FLAGS, KEPT_OUT
from custodes.mitigations import ADOPTED, library
from custodes.quantities import Amount, Assumption, Owner
from custodes.scenarios import SCENARIOS
from custodes.systems import BUILT_IN
from custodes.worldviews import PRESETS, preset

TOML_FILES = ("round", "worldview", "systems", "mitigations")
"""Schemas of the TOML files of a round; of the others a row has no `schema`, a result has one."""
ROOT = Path(__file__).parents[1]
Schema = dict[str, Any]
NO_DATA_MARK = "†"
FAMILIES = {
    "share": "log-odds; the ends are clipped to 1e-9 and 1 - 1e-9",
    "positive": "natural logarithm; p50 above 0, a p05 below p50/1000 is raised to it",
    "real": "the number itself",
    "signed": "logarithm where all three have one sign, otherwise the number itself",
}
OPERATIONS = {
    "times": "`x f` where x > 0",
    "excess": "`1 + (x - 1) f` where x > 1",
    "lift": "`1 - (1 - x)(1 - f)`",
}
APPLIES = {
    "always": "every effort",
    "dual_use": "the effort says `dual_use = yes`, or the median of `insight_months` at its cost "
    "is 0.005 months or more",
    "system": "a `target_system` is named, or the kind is " + " or ".join(SYSTEM_KINDS),
    "weights": "a `target_system` is named, or the kind is " + " or ".join(WEIGHT_KINDS),
}
OWNERS: dict[Owner, str] = {
    "effort": "Quantities of an effort",
    "system": "Quantities of a system",
    "world": "Quantities of the world (worldviews)",
}


def amount(value: Amount | Assumption) -> str:
    """Three quantiles as a round writes them; one number where it is certain."""
    if value.p05 == value.p50 == value.p95:
        return f"{value.p50:g}"
    return f"{value.p05:g} / {value.p50:g} / {value.p95:g}"


def page_of(pages: str) -> str:
    """Pages of the paper, told."""
    return f"p. {pages}" if pages else "-"


def quantities_page() -> str:
    """Every quantity by owner."""
    parts = [
        "# Quantities",
        (
            "These names are used in `judgements.csv`, `worldviews/*.toml`, `systems.toml` and "
            "`mitigations.toml`. `custodes explain NAME` shows the same in a terminal."
        ),
        (
            f"{NO_DATA_MARK} marks a quantity for which there are no good data at all: whatever "
            "hangs on it hangs on judgement."
        ),
        "## Scales",
        table(("family", "the two halves of the normal lie on"), FAMILIES.items()),
        "## What a mitigation of strength f does",
        table(("operation", "x becomes"), OPERATIONS.items()),
    ]
    for owner, title in OWNERS.items():
        rows = (
            (
                f"`{each.name}`{NO_DATA_MARK if each.name in catalogue.NO_GOOD_DATA else ''}",
                f"{each.meaning} Symbol {each.symbol}; paper {page_of(each.page)}.",
                f"{each.unit}, {each.range_told}",
                each.family,
                each.operation or "-",
            )
            for each in catalogue.quantities_of(owner)
        )
        header = ("name", "meaning", "unit, range", "family", "operation")
        parts += [f"## {title}", table(header, rows)]
        parts += ["### What is asked", table(("name", "question"), _questions(owner))]
    parts += [
        "## Of a mitigation",
        (
            f"`{ADOPTED.name}`: {ADOPTED.meaning} Unit: {ADOPTED.unit}, {ADOPTED.range_told}. "
            "An answer about it is written with `mitigation:ID` in the column `effort`."
        ),
    ]
    return _joined(parts)


def _questions(owner: Owner) -> Iterator[tuple[str, str]]:
    for each in catalogue.quantities_of(owner):
        yield f"`{each.name}`", each.question


def evidence_page() -> str:
    """Checks of audits, criteria of independence, and detection strengths with their defaults."""
    points = (
        (f"`{name}`", f"`{word}`", str(point))
        for name, words in CRITERIA.items()
        for word, point in words.items()
    )
    return _joined(
        [
            "# Evidence: checks, criteria, strengths",
            "What it means: [what an audit shows](../../explanation/evidence.md).",
            "## Checks",
            "*stop* leaves the outcome inconclusive, *weigh* changes its weight, *tell* is shown.",
            table(
                ("check", "when it speaks", "effect"),
                ((f"`{c.id}`", c.meaning, " or ".join(c.effects)) for c in CHECKS.values()),
            ),
            "## Independence",
            "The lowest criterion decides: 3 is grade A, 2 B, 1 C, 0 D. What is not stated is 0.",
            table(("criterion", "answer", "worth"), points),
            "## Detection strength",
            table(
                ("name", "symbol", "meaning", "question"),
                (
                    (f"`{each.name}`", each.symbol, f"{each.meaning}.", each.question)
                    for each in STRENGTHS.values()
                ),
            ),
            "## What stands until it is judged",
            'All of these are our assumptions, shown as "reference class, not judged".',
            table(
                ("strength", "where", "p05 / p50 / p95"),
                ((f"`{name}`", where, amount(value)) for name, where, value in DEFAULT_STRENGTHS),
            ),
            "## Of each hazard of a system",
            table(
                ("name", "meaning", "question"),
                (
                    (f"`{each.name}`", each.meaning, each.question)
                    for each in (*catalogue.HAZARD_QUANTITIES.values(), catalogue.FACE_VALUE)
                ),
            ),
            "## Of each claim",
            "Judged as `claim:ID` in `judgements.csv`; `credited` is 0.1 / 0.3 / 0.6 until then.",
            table(
                ("name", "meaning", "question"),
                (
                    (f"`{each.name}`", each.meaning, each.question)
                    for each in catalogue.CLAIM_QUANTITIES.values()
                ),
            ),
            "## Warning signs of a claim",
            "Shown one by one with what each was seen in, and never added up to a score.",
            table(("sign", "meaning"), ((f"`{name}`", told) for name, told in SIGNS.items())),
            "## How benchmarks move with capability",
            f"Spearman correlation of the safer direction with capability: {CAPABILITY_SOURCE}.",
            *CAPABILITY_WARNINGS,
            table(
                ("benchmark", "in the data", "r", "p05", "p95", "sign"),
                (
                    (
                        each.name,
                        f"`{each.benchmark}`",
                        f"{each.r:.3f}",
                        f"{each.interval[0]:.3f}",
                        f"{each.interval[1]:.3f}",
                        each.sign or ("none" if each.is_checked else "orientation not checked"),
                    )
                    for each in CAPABILITY_CORRELATIONS.values()
                ),
            ),
        ]
    )


def problems_page() -> str:
    """The problems and their mechanisms."""
    parts = [
        "# Problems and mechanisms",
        (
            "The names are the keys of `increase` in a result. The symbols are those of "
            "[](quantities.md) and of [the model](../../explanation/model.md)."
        ),
    ]
    for problem in catalogue.PROBLEMS:
        parts += [
            f"## {problem.title}",
            f"`{problem.name}` · paper {page_of(problem.page)}",
            problem.statement,
        ]
        for each in problem.mechanisms:
            parts += [
                f"### `{each.name}`",
                f"**{each.title}** (paper {page_of(each.page)}). {each.statement}",
                f"```text\n{each.formula}\n```",
                "Hangs on: " + ", ".join(f"`{name}`" for name in each.quantities) + ".",
            ]
    return _joined(parts)


def mitigations_page() -> str:
    """The library of mitigations."""
    known = library()
    rows = (
        (
            f"[`{each.id}`](#{each.id})",
            each.page,
            ", ".join(each.problem),
            each.who,
            "yes" if each.grant_condition else "no",
            each.applies,
        )
        for each in known.values()
    )
    parts = [
        "# Mitigations",
        (
            f"The {len(known)} entries of the library. Strengths and adoption are assumptions of "
            "this project; the recommendations and their pages are the paper's. What an operation "
            "does stands in [](quantities.md)."
        ),
        table(("id", "paper p.", "problem", "who", "grant condition", "applies"), rows),
        "`applies` says to which efforts:",
        table(("value", "meaning"), ((f"`{k}`", v) for k, v in APPLIES.items())),
    ]
    for each in known.values():
        effects = (
            (
                f"`{name}`",
                catalogue.QUANTITIES[name].operation,
                amount(strength),
                "yes" if name in each.side_effects else "",
            )
            for name, strength in each.changes.items()
        )
        parts += [
            f"({each.id})=\n\n## `{each.id}`",
            f"{each.title}.".replace("..", "."),
            (
                f"Paper p. {each.page}. Carried out by: {each.who}. "
                f"Adopted: {amount(each.adopted)}. Cost: {each.cost_share:.1%} of the "
                f"effort's, at least {each.cost_least:,.0f} USD."
            ),
        ]
        if each.condition:
            parts.append(f"> {each.condition}")
        if each.caution:
            parts.append(f"Against it: {each.caution}")
        parts.append(table(("changes", "operation", "strength", "side effect"), effects))
    return _joined(parts)


def kinds_page() -> str:
    """The kinds and their reference classes."""
    classes = reference_classes()
    parts = [
        "# Kinds and reference classes",
        (
            "A kind is a reference class: the ranges below stand in for judgements until somebody "
            "gives one. All of them are assumptions of this project; every result that uses one "
            "says *reference class*. Three numbers are 5th, 50th and 95th percentile, stated at "
            "the reference cost."
        ),
        table(("kind", "what belongs to it"), ((f"`{k}`", classes[k].definition) for k in KINDS)),
    ]
    for kind in KINDS:
        each = classes[kind]
        rows = ((f"`{name}`", amount(value)) for name, value in each.quantities.items())
        parts += [
            f"## `{kind}`",
            each.definition,
            f"Reference cost: {each.reference_cost:,.0f} USD. Why these ranges: {each.why}",
            table(("quantity", "range"), rows),
        ]
    return _joined(parts)


def worldviews_page() -> str:
    """The presets side by side."""
    views = {name: preset(name) for name in PRESETS}
    parts = [
        "# Worldview presets and the built-in system",
        (
            "`sanguine` takes the mild end of what nobody knows, `cautious` the severe end. The "
            "two mark a span of views, not an interval with a probability. Horizon: 2050."
        ),
    ]
    parts += [f"**`{name}`**: {view.title}. {view.summary}" for name, view in views.items()]
    rows = []
    for quantity in catalogue.quantities_of("world"):
        stated = [view.quantities[quantity.name] for view in views.values()]
        why = f"{stated[0].reason} {stated[0].source}".strip()
        mark = NO_DATA_MARK if quantity.name in catalogue.NO_GOOD_DATA else ""
        rows.append(
            (f"`{quantity.name}`{mark}", *map(amount, stated), why, stated[0].status or "-")
        )
    parts += [
        f"{NO_DATA_MARK} no good data at all.",
        table(("quantity", *views, "reason and source (central)", "status"), rows),
        "## The built-in system `default`",
        "An effort whose `target_system` is empty acts on this one.",
        table(
            ("quantity", "range", "reason and source"),
            (
                (f"`{name}`", amount(each), f"{each.reason} {each.source}".strip())
                for name, each in BUILT_IN.quantities.items()
            ),
        ),
    ]
    return _joined(parts)


def scenarios_page() -> str:
    """Inputs and outputs of the scenarios."""
    parts = [
        "# Scenarios",
        (
            "Six small models with closed forms: `custodes scenario NAME --set KEY=VALUE`. "
            "A dash in the output is null in the JSON; a note on standard error says why."
        ),
    ]
    for name, each in SCENARIOS.items():
        inputs = (
            (f"`{key}`", f"{field.default:g}", field.description)
            for key, field in each.inputs.model_fields.items()
        )
        outputs = (
            (f"`{key}`", field.description, each.nulls.get(key, "-"))
            for key, field in each.outputs.model_fields.items()
        )
        parts += [
            f"## `{name}`",
            f"{each.title} Paper pp. {each.pages}.",
            table(("key", "default", "meaning"), inputs),
            table(("output", "meaning", "null when"), outputs),
        ]
    return _joined(parts)


def names_page() -> str:
    """Closed lists: hazards and flags."""
    return _joined(
        [
            "# Hazards and flags",
            "## Hazards",
            "Values of the column `hazards` of `efforts.csv`, several separated by `|`.",
            table(("hazard", "class of risk"), ((f"`{k}`", v) for k, v in HAZARDS.items())),
            "## Flags of an answer",
            "A flagged answer is kept. Two flags keep it out of the pool until it is mended.",
            table(
                ("flag", "what is odd", "stays out"),
                (
                    (f"`{k}`", v, "yes" if k in KEPT_OUT else "no: used, look once")
                    for k, v in FLAGS.items()
                ),
            ),
        ]
    )


def _ref_of(schema: Schema) -> str:
    return schema.get("$ref", "").rpartition("/")[2]


def _type_of(schema: Schema) -> str:
    if "$ref" in schema:
        return f"`{_ref_of(schema)}`"
    if "const" in schema:
        return f"`{schema['const']}`"
    if "enum" in schema:
        return ", ".join(f"`{each}`" if each != "" else "empty" for each in schema["enum"])
    if "anyOf" in schema:
        return " or ".join(dict.fromkeys(_type_of(each) for each in schema["anyOf"]))
    kind = schema.get("type", "any")
    if kind == "array":
        return f"list of {_type_of(schema.get('items', {}))}"
    if kind == "object" and isinstance(schema.get("additionalProperties"), dict):
        return f"name: {_type_of(schema['additionalProperties'])}"
    limits = [
        f"{told} {schema[key]:,.12g}"
        for key, told in (
            ("minimum", "from"),
            ("exclusiveMinimum", "above"),
            ("maximum", "to"),
            ("exclusiveMaximum", "below"),
        )
        if key in schema
    ]
    told = {"number": "number", "integer": "whole number", "string": "text", "null": "null"}
    return " ".join([told.get(kind, kind), *limits])


def fields_of(schema: Schema, *, default: bool) -> str:
    """The properties of one JSON Schema as a table."""
    required = schema.get("required", ())
    rows = []
    for name, each in schema.get("properties", {}).items():
        row = [f"`{name}`", _type_of(each)]
        if default:
            row.append("required" if name in required else _told_default(each))
        told = each.get("description", "")
        rows.append(
            [*row, told or ("Name and version of this shape." if name == "schema" else "")]
        )
    return table(("name", "value", *(("default",) if default else ()), "meaning"), rows)


def _told_of(name: str, schema: Schema) -> str:
    if name == "schema":
        return "Name and version of this shape."
    return "Nothing else is possible in this version." if "const" in schema else "See below."


def _told_default(schema: Schema) -> str:
    value = schema.get("default")
    if value in (None, "", [], ()):
        return "empty"
    if isinstance(value, dict):
        return "as below"
    if isinstance(value, list):
        return ", ".join(f"`{each}`" for each in value)
    return f"`{str(value).lower() if isinstance(value, bool) else value}`"


def columns_of(name: str) -> str:
    """The columns of one of our CSV files."""
    schema = schemas()[f"{name}.schema.json"]
    required = schema["required"]
    rows = (
        (
            f"`{column}`",
            "required" if column in required else "",
            each["description"]
            + (f" One of: {_type_of(each)}." if "enum" in each and column != "kind" else ""),
        )
        for column, each in schema["properties"].items()
    )
    return table(("column", "", "meaning"), rows)


def settings_fragment() -> str:
    """The keys of round.toml."""
    schema = schemas()["round.schema.json"]
    parts = [fields_of(schema, default=True)]
    shown = set()
    for key, each in schema["properties"].items():
        name = _ref_of(each) or _ref_of(next(iter(each.get("patternProperties", {}).values()), {}))
        if name:
            shown.add(name)
            title = f"`[{key}]`" if "$ref" in each else f"`[{key}]`, for each code"
            parts += [title, fields_of(schema["$defs"][name], default=True)]
    for name, each in schema["$defs"].items():
        if name not in shown:
            told = f"`{name}`: {each.get('description', '')}"
            parts += [told, fields_of(each, default=True)]
    return _joined(parts)


def toml_fragment(name: str) -> str:
    """The keys of one of our TOML files, its quantities left out."""
    schema = schemas()[f"{name}.schema.json"]
    parts = [_keys(schema)]
    for key, each in schema["properties"].items():
        if each.get("type") == "array" and "properties" in each.get("items", {}):
            parts += [f"`[[{key}]]`", _keys(each["items"])]
    return _joined(parts)


def _keys(schema: Schema) -> str:
    required = schema.get("required", ())
    rows = (
        (f"`{key}`", "required" if key in required else "", each.get("description", "-"))
        for key, each in schema["properties"].items()
        if key not in ("system", "mitigation", "correlation")
    )
    return table(("key", "", "meaning"), rows)


def results_page() -> str:
    """The JSON of results."""
    parts = [
        "# Results as JSON",
        (
            "`custodes schemas DIR` writes the JSON Schema of each. Numbers are JSON numbers; "
            "nothing is rounded. Risks are shares: `1e-6` is one ppm."
        ),
    ]
    for file, schema in schemas().items():
        said = schema["properties"].get("schema", {}).get("const", "")
        if not said or file.removesuffix(".schema.json") in TOML_FILES:
            continue
        parts += [f"## `{said.split('/')[1]}.json`", fields_of(schema, default=False)]
        for record, each in schema.get("$defs", {}).items():
            if record.endswith(("Inputs", "Outputs")):
                continue
            parts += [
                f"### `{record}`",
                each.get("description", ""),
                fields_of(each, default=False),
            ]
    parts += [
        "## The keys of `increase`",
        ", ".join(f"`{name}`" for name in catalogue.MECHANISMS) + ".",
        "Inputs and outputs of each scenario: [](scenarios.md).",
    ]
    return _joined(parts)


def rows_fragment(package: str) -> str:
    """The rooms of a package row by row, top first.

    The order is that of `pyproject.toml`, what they answer for is the first line of their text.
    """
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    layers = next(each["layers"] for each in contracts if each.get("containers") == [package])
    told = [[(room, _what_for(package, room)) for room in _rooms(each)] for each in layers]
    built = [[(room, text) for room, text in row if text] for row in told]
    lived_in = list(filter(None, built))
    rows = (
        (len(lived_in) - place, f"`{room}`", text)
        for place, row in enumerate(lived_in)
        for room, text in row
    )
    return table(("row", "room", "what it answers for"), rows)


def _rooms(layer: str) -> list[str]:
    return [each.strip(" ()") for each in layer.split("|")]


def _what_for(package: str, room: str) -> str:
    """The first line of a room's text; empty where the room has a place and is not built."""
    home = ROOT / "src" / package / room
    path = home / "__init__.py" if home.is_dir() else home.with_suffix(".py")
    if not path.exists():
        return ""
    return (ast.get_docstring(ast.parse(path.read_text("utf-8"))) or "").split("\n\n")[0]


def _joined(parts: Iterable[str]) -> str:
    return "\n\n".join(part for part in parts if part) + "\n"


def pages() -> dict[str, str]:
    """Every page, by its name; a name that begins with _ is part of a page."""
    return {
        "quantities.md": quantities_page(),
        "problems.md": problems_page(),
        "mitigations.md": mitigations_page(),
        "kinds.md": kinds_page(),
        "worldviews.md": worldviews_page(),
        "scenarios.md": scenarios_page(),
        "names.md": names_page(),
        "evidence.md": evidence_page(),
        "results.md": results_page(),
        "permissions.md": permissions_page(),
        "_rows.md": rows_fragment("custodes"),
        "_workbench_rows.md": rows_fragment("custodes_workbench"),
        "_round.md": settings_fragment(),
        **{
            f"_{name}.md": columns_of(name)
            for name, schema in (
                (file.removesuffix(".schema.json"), schema) for file, schema in schemas().items()
            )
            if "schema" not in schema["properties"]
        },
        "_worldview.md": toml_fragment("worldview"),
        "_systems.md": toml_fragment("systems"),
        "_mitigations.md": toml_fragment("mitigations"),
    }


def write_pages(folder: Path) -> None:
    """Write every page that changed into a folder, which is made."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        path = folder / name
        if not path.exists() or path.read_text("utf-8") != text:
            path.write_text(text, "utf-8")


if __name__ == "__main__":
    write_pages(Path(sys.argv[1]))
