"""The documents are true: whatever the product has is named in them, and what they say is so."""

import re
import shlex
import shutil
import sys
import tomllib

import click
import pytest

import custodes
from command_line import run_here
from custodes import catalogue
from custodes.cli._main import COMMANDS, verbs
from custodes.efforts import HAZARDS, KINDS
from custodes.exchange import READ_FILES, schemas, write_starter
from custodes.exchange._settings_file import LATER_KEYS
from custodes.judgements import FLAGS
from custodes.mitigations import library
from custodes.scenarios import SCENARIOS
from custodes.worldviews import PRESETS
from custodes_workbench.access import (
    IN_PLACE,
    PERMITTED,
    TWO_PERSONS,
    WHILE_OPEN,
    Act,
    Role,
    Stage,
)
from documents import DOCS, ROOT, commands_of, documents, links_of, steps_of
from shared_files import shared

sys.path.append(str(ROOT / "tools"))
from reference_pages import pages  # (found only after the line above)

GENERATED = pages()
REFERENCE = DOCS / "reference"
TOLD = [page for page in documents() if any(step.act == "output of" for step in steps_of(page))]


def shown(page):
    return str(page.relative_to(ROOT))


def command_called(verb):
    return verbs.get_command(click.Context(verbs), verb)


def options_of(verb):
    return {
        name
        for parameter in command_called(verb).params
        for name in (*parameter.opts, *parameter.secondary_opts)
        if name.startswith("--")
    }


@pytest.mark.parametrize("verb", COMMANDS)
def test_every_command_is_in_the_reference(verb):
    text = (REFERENCE / "commands.md").read_text("utf-8")

    assert f"## `custodes {verb}`" in text


@pytest.mark.parametrize("verb", COMMANDS)
def test_the_reference_names_every_option_of_a_command_and_no_other(verb):
    text = (REFERENCE / "commands.md").read_text("utf-8")
    part = text.split(f"## `custodes {verb}`")[1].split("\n## ")[0]
    rows = re.findall(r"^\| (`--[^|]+)\|", part, re.MULTILINE)

    told = {name for row in rows for name in re.findall(r"--[a-z-]+", row)}

    assert told == options_of(verb)


@pytest.mark.parametrize("name", [*READ_FILES, "refused.csv"])
def test_every_file_of_a_round_is_in_the_reference(name):
    text = (REFERENCE / "round-files.md").read_text("utf-8")

    assert f"`{name}" in text


def test_every_key_that_is_left_alone_is_named():
    text = (REFERENCE / "round-files.md").read_text("utf-8")
    keys = [f"{table}.{key}".lstrip(".") for table, names in LATER_KEYS.items() for key in names]

    assert [key for key in keys if f"`{key}`" not in text] == []


@pytest.mark.parametrize("name", schemas())
def test_every_column_and_key_is_in_the_reference(name):
    text = "\n".join(GENERATED.values())

    keys = schemas()[name]["properties"]

    assert [key for key in keys if f"`{key}`" not in text and f"`[[{key}]]`" not in text] == []


@pytest.mark.parametrize(
    ("page", "names"),
    [
        ("quantities.md", catalogue.QUANTITIES),
        ("problems.md", catalogue.MECHANISMS),
        ("mitigations.md", library()),
        ("kinds.md", KINDS),
        ("worldviews.md", PRESETS),
        ("names.md", HAZARDS),
        ("names.md", FLAGS),
        ("scenarios.md", SCENARIOS),
        *(("scenarios.md", each.inputs.model_fields) for each in SCENARIOS.values()),
        *(("scenarios.md", each.outputs.model_fields) for each in SCENARIOS.values()),
    ],
)
def test_every_name_is_in_its_table(page, names):
    text = GENERATED[page]

    assert [name for name in names if f"`{name}`" not in text] == []


def test_every_act_role_and_stage_is_in_the_table_of_permissions():
    text = GENERATED["permissions.md"]

    acts = [f"| `{act.name}` | {act.value} |" for act in Act]
    names = [f"| `{name}` |" for name in (*Role, *Stage)]

    assert [each for each in (*acts, *names) if each not in text] == []


def test_every_row_of_the_table_of_permissions_is_shown():
    text = GENERATED["permissions.md"].split("## Acts\n")[1].split("\n## ")[0]

    shown_rows = [line for line in text.splitlines() if line.startswith(("| `", "|  |"))]

    assert len(shown_rows) == sum(len(PERMITTED.get(act, ())) or 1 for act in Act)


@pytest.mark.parametrize("act", sorted(TWO_PERSONS | WHILE_OPEN | IN_PLACE))
def test_the_acts_of_two_people_and_of_open_stages_are_listed(act):
    assert f"- `{act.name}`: {act.value}" in GENERATED["permissions.md"]


def test_every_variable_of_the_workbenchs_environment_is_in_the_guide_to_deploying_it():
    guide = (DOCS / "howto" / "deploy-the-workbench.md").read_text("utf-8")
    sources = (ROOT / "src" / "custodes_workbench").rglob("*.py")
    read = re.compile(r"""environ(?:\.get\(|\[)"(CUSTODES_\w+|DATABASE_URL)""")
    names = {name for file in sources for name in read.findall(file.read_text("utf-8"))}

    missing = sorted(name for name in names if f"`{name}`" not in guide)

    assert missing == ["CUSTODES_START_TOKEN"]  # (made by the command itself)


def test_every_public_python_name_is_in_the_reference():
    text = (REFERENCE / "python.md").read_text("utf-8")

    assert [name for name in custodes.__all__ if name not in text] == []


@pytest.mark.parametrize("page", documents(), ids=shown)
def test_the_links_of_a_page_lead_somewhere(page):
    made = {(REFERENCE / "generated" / name).resolve() for name in GENERATED}
    targets = {target: (page.parent / target).resolve() for target in links_of(page) if target}

    lost = [name for name, path in targets.items() if not path.exists() and path not in made]

    assert lost == []


@pytest.mark.parametrize("page", documents(), ids=shown)
def test_the_commands_that_a_page_shows_exist(page):
    unknown = [
        f"custodes {verb} {' '.join(options)}"
        for verb, options in commands_of(page)
        if verb not in COMMANDS
        or (verb in COMMANDS and not set(options) <= {*options_of(verb), "--help"})
    ]

    assert unknown == []


@pytest.mark.parametrize("page", documents(), ids=shown)
def test_the_targets_of_make_that_a_page_shows_exist(page):
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    text = page.read_text("utf-8")

    named = set(re.findall(r"^make ([a-z-]+)", text, re.MULTILINE))
    named |= set(re.findall(r"`make ([a-z-]+)", text))

    assert named <= targets


def test_the_changelog_has_this_version():
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]

    assert f"\n## {version}" in (ROOT / "CHANGELOG.md").read_text("utf-8")


@pytest.mark.parametrize("page", TOLD, ids=shown)
def test_a_page_shows_what_its_commands_print(page, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    write_starter("demo", into=tmp_path / "demo-round")
    if "uk-aisi.json" in page.read_text("utf-8"):
        shutil.copy(shared("data", "grants", "rounds", "uk-aisi.json"), tmp_path)

    lacking = []
    for step in steps_of(page):
        file, _, change = step.what.partition(": ")
        if step.act in ("append", "write"):
            with (tmp_path / file).open(step.act[0], encoding="utf-8") as open_file:
                open_file.write(step.block)
        elif step.act == "change":
            old, _, new = change.partition(" -> ")
            text = (tmp_path / file).read_text("utf-8")
            assert text.count(old) == 1, f"{file}: {old}"
            (tmp_path / file).write_text(text.replace(old, new), "utf-8")
        else:
            done = run_here(monkeypatch, capsys, *shlex.split(step.what)[1:])
            printed = (done.out + done.err).splitlines()
            lines = step.block.splitlines() if step.act == "output of" else []
            lacking += [line for line in lines if line.strip() and line not in printed]

    assert lacking == []
