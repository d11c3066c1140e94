"""What the documents say that a program can check: links, commands, and outputs of commands.

A comment before a fenced block says what the block is:
`<!-- output of: COMMAND -->`: each line of the block is printed by the command;
`<!-- write: FILE -->`, `<!-- append: FILE -->`: the block is a file, or is added to one.
Two more stand by themselves: `<!-- run: COMMAND -->`, `<!-- change: FILE: OLD -> NEW -->`.
A document's comments are carried out in their order; so its figures are those of its own story.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
FRONT_PAGES = tuple(
    ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md")
)
_STEP = re.compile(
    r"<!-- (?P<act>output of|write|append|run|change): (?P<what>.*?) -->\n"
    r"(?:```\w+\n(?P<block>.*?)```)?",
    re.DOTALL,
)
_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
_FENCE = re.compile(r"^```.*?^```", re.DOTALL | re.MULTILINE)
_COMMAND = re.compile(r"\bcustodes ([a-z]+)([^\n`;|#)]*)")


@dataclass(frozen=True)
class Step:
    """One comment of a document."""

    act: str
    """What to do: `output of`, `write`, `append`, `run` or `change`."""
    what: str
    """The command, the file, or the file with what is replaced in it."""
    block: str
    """The fenced block behind it."""


def documents() -> tuple[Path, ...]:
    """Every page that a person wrote."""
    pages = (
        page
        for page in sorted(DOCS.rglob("*.md"))
        if not {"_build", "generated"} & set(page.relative_to(DOCS).parts)
    )
    return (*FRONT_PAGES, *pages)


def steps_of(page: Path) -> tuple[Step, ...]:
    """The comments of a page, in order."""
    return tuple(
        Step(found["act"], found["what"], found["block"] or "")
        for found in _STEP.finditer(page.read_text("utf-8"))
    )


def links_of(page: Path) -> Iterator[str]:
    """The targets of its links outside code, without those to other sites."""
    for target in _LINK.findall(_FENCE.sub("", page.read_text("utf-8"))):
        if not target.startswith(("http:", "https:", "mailto:", "#")):
            yield target.partition("#")[0]


def commands_of(page: Path) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every `custodes VERB` that it shows as code, with its options."""
    text = page.read_text("utf-8")
    code = [*_FENCE.findall(text), *re.findall(r"`([^`\n]+)`", _FENCE.sub("", text))]
    for each in code:
        for verb, rest in _COMMAND.findall(each):
            yield verb, tuple(re.findall(r"(?<=\s)--[a-z][a-z-]*", rest))
