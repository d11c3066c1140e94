"""The shape of the tree itself: front doors, mirrors, and who may import what."""

import ast
import re
import tomllib
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LIBRARY = ROOT / "src" / "custodes"
WORKBENCH = ROOT / "src" / "custodes_workbench"
SOURCES = sorted(p for p in (ROOT / "src").rglob("*.py") if "migrations" not in p.parts)
APPS = {p.parent.name for p in WORKBENCH.glob("*/__init__.py")} - {"settings", "web"}
MAY_QUERY = {"selectors", "services"}
ROOMS_OF = {
    "altair": {"reports"},
    "click": {"cli", "commands"},
    "distributed": {"assessment"},
    "jinja2": {"reports"},
    "numpy": {
        "assessment",
        "benefits",
        "choice",
        "evidence",
        "exchange",
        "judgements",
        "mitigations",
        "problems",
        "quantities",
        "questions",
        "scenarios",
        "worldviews",
    },
    "openpyxl": {"exchange"},
    "pandas": set(),
    "python_calamine": {"exchange"},
    "scipy": {
        "assessment",
        "choice",
        "evidence",
        "judgements",
        "problems",
        "quantities",
        "questions",
        "scenarios",
    },
    "vl_convert": {"reports"},
    "zstandard": {"exchange"},
}
NAMELESS = {"utils", "helpers", "common", "misc", "core", "base", "managers", "processors"}


def shown(path):
    return str(path.relative_to(ROOT))


@cache
def nodes(path):
    return tuple(ast.walk(ast.parse(path.read_text("utf-8"))))


def imports(path):
    """Modules named by `from x import` and `import x`, each with what is taken from it."""
    for node in nodes(path):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module, tuple(alias.name for alias in node.names)
        if isinstance(node, ast.Import):
            yield from ((alias.name, ()) for alias in node.names)


def test_packages_are_entered_by_their_front_door():
    trespasses = []
    for path in SOURCES:
        own = ".".join(path.relative_to(ROOT / "src").with_suffix("").parts[:-1])
        for module, names in imports(path):
            for target in (module, *(f"{module}.{name}" for name in names)):
                package, private, _ = target.partition("._")
                if private and package.startswith("custodes") and package != own:
                    trespasses.append(f"{shown(path)}: {target}")

    assert trespasses == []


@pytest.mark.parametrize(
    "door", sorted(LIBRARY.glob("*/__init__.py")), ids=lambda path: path.parent.name
)
def test_front_door_holds_a_docstring_and_a_list(door):
    tree = ast.parse(door.read_text("utf-8"))
    others = [node for node in tree.body[1:] if not isinstance(node, ast.ImportFrom | ast.Assign)]

    assert ast.get_docstring(tree)
    assert others == []  # ruff sorts the list


def test_only_reads_and_writes_open_the_database():
    trespasses = [
        shown(path)
        for path in SOURCES
        if path.is_relative_to(WORKBENCH)
        and len(path.relative_to(WORKBENCH).parts) > 1
        and not MAY_QUERY & {path.stem, *path.relative_to(WORKBENCH).parts}
        and any(
            isinstance(node, ast.Attribute) and node.attr in {"objects", "_default_manager"}
            for node in nodes(path)
        )
    ]

    assert trespasses == []


def test_services_know_nothing_of_the_web():
    trespasses = [
        f"{shown(path)}: {module}"
        for path in SOURCES
        if "services" in {path.stem, path.parent.name}
        for module, _ in imports(path)
        if module.startswith(("django.http", "django.shortcuts", "django.contrib.messages"))
    ]

    assert trespasses == []


def test_every_app_is_held_to_the_order_inside_an_app():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    (inside,) = (c for c in contracts if c["name"].startswith("Inside an app"))
    listed = {container.removeprefix("custodes_workbench.") for container in inside["containers"]}

    assert listed == APPS


def test_every_test_file_mirrors_a_source_file():
    orphans = [
        shown(test)
        for part in ("custodes", "custodes_workbench")
        for test in sorted((ROOT / "tests" / part).rglob("test_*.py"))
        for home in [ROOT / "src" / part / test.parent.relative_to(ROOT / "tests" / part)]
        for stem in [test.stem.removeprefix("test_")]
        if not any((home / name).exists() for name in (f"{stem}.py", f"_{stem}.py", stem))
    ]

    assert orphans == []


def test_each_foreign_package_stays_in_its_rooms():
    trespasses = [
        f"{shown(path)}: {module}"
        for path in SOURCES
        for room in [path.relative_to(ROOT / "src").with_suffix("").parts[1]]
        for module, _ in imports(path)
        if room not in ROOMS_OF.get(module.partition(".")[0], {room})
    ]

    assert trespasses == []


def test_every_room_has_a_noun():
    nameless = [
        shown(path)
        for path in SOURCES
        if path.stem.removeprefix("_") in NAMELESS
        or (path.name == "__init__.py" and path.parent.name in NAMELESS)
        if path.parent.name != "settings"
    ]

    assert nameless == []


def test_every_suppression_has_its_code_and_its_reason():
    pattern = re.compile(r"#\s*(noqa|type: ignore|pyright: ignore)(?!.*[:\[]\s?\w+\S*\s+\(.+\))")
    bare = [
        f"{shown(path)}:{number}"
        for path in SOURCES
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1)
        if pattern.search(line)
    ]

    assert bare == []
