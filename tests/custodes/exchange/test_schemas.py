import csv
import json
import tomllib

import jsonschema
import pytest

from custodes.errors import InputError
from custodes.exchange import result_text, schemas, write_schemas
from custodes.scenarios import SCENARIOS, run
from round_folders import FILES

VALIDATORS = {name: jsonschema.Draft202012Validator(schema) for name, schema in schemas().items()}


def rows(file):
    return list(csv.DictReader(FILES[file].splitlines()))


@pytest.mark.parametrize("name", VALIDATORS)
def test_a_schema_is_a_schema(name):
    jsonschema.Draft202012Validator.check_schema(schemas()[name])


@pytest.mark.parametrize(
    ("file", "schema"),
    [
        ("round.toml", "round"),
        ("systems.toml", "systems"),
        ("mitigations.toml", "mitigations"),
        ("worldviews/ours.toml", "worldview"),
    ],
)
def test_a_toml_file_fits_its_schema_and_a_misspelt_one_does_not(file, schema):
    table = json.loads(json.dumps(tomllib.loads(FILES[file]), default=str))
    validator = VALIDATORS[f"{schema}.schema.json"]

    assert list(validator.iter_errors(table)) == []
    assert list(validator.iter_errors(table | {"titel": 1})) != []


@pytest.mark.parametrize(
    ("file", "schema"),
    [("efforts.csv", "efforts"), ("judgements.csv", "judgements"), ("experts.csv", "experts")],
)
def test_the_rows_of_a_table_fit_their_schema(file, schema):
    validator = VALIDATORS[f"{schema}.schema.json"]

    for row in rows(file):
        assert list(validator.iter_errors(row)) == []
    assert list(validator.iter_errors({})) != []


@pytest.mark.parametrize(
    ("file", "column", "value"),
    [("efforts", "kind", "evaluation"), ("judgements", "round", "3"), ("judgements", "p5", "1")],
)
def test_a_wrong_cell_does_not_fit(file, column, value):
    row = rows(f"{file}.csv")[0] | {column: value}

    assert list(VALIDATORS[f"{file}.schema.json"].iter_errors(row)) != []


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_scenario_fits_its_schema(name):
    result = json.loads(result_text(run(name)))

    assert list(VALIDATORS["scenario.schema.json"].iter_errors(result)) == []


def test_every_property_is_described():
    bare = [
        f"{name}: {key}"
        for name in ("efforts", "judgements", "experts")
        for key, field in schemas()[f"{name}.schema.json"]["properties"].items()
        if not field["description"]
    ]

    assert bare == []


def test_schemas_are_written(tmp_path):
    written = write_schemas(tmp_path / "new" / "folder")

    assert {path.name for path in written} == schemas().keys()
    assert all(json.loads(path.read_text("utf-8")) for path in written)


def test_a_folder_that_is_a_file_is_refused(tmp_path):
    (tmp_path / "file").write_text("")

    with pytest.raises(InputError, match="cannot be written"):
        write_schemas(tmp_path / "file")
