"""A page of the report as a reader's program meets it, for tests of its structure."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from zipfile import ZipFile

VOID = {
    "area",
    "base",
    "br",
    "col",
    "embed",
    "hr",
    "img",
    "input",
    "link",
    "meta",
    "source",
    "wbr",
}


@dataclass
class Element:
    """One element with what is inside it."""

    tag: str
    attributes: dict
    children: list = field(default_factory=list)

    def all(self, *tags):
        """Every element below of these kinds, in order; without kinds, all of them."""
        for child in self.children:
            if isinstance(child, Element):
                if not tags or child.tag in tags:
                    yield child
                yield from child.all(*tags)

    @property
    def text(self):
        """What is read."""
        return " ".join(
            "".join(
                child if isinstance(child, str) else f" {child.text} " for child in self.children
            ).split()
        )


class _Builder(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.root = Element("document", {})
        self.open = [self.root]
        self.faults = []

    def handle_starttag(self, tag, attrs):
        element = Element(tag, dict(attrs))
        if len(element.attributes) != len(attrs):
            self.faults.append(f"<{tag}> repeats an attribute")
        self.open[-1].children.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag, attrs):
        self.open[-1].children.append(Element(tag, dict(attrs)))

    def handle_endtag(self, tag):
        if self.open[-1].tag != tag:
            self.faults.append(f"</{tag}> closes <{self.open[-1].tag}>")
            return
        self.open.pop()

    def handle_data(self, data):
        self.open[-1].children.append(data)


def parse(html):
    """The page, and every tag in it that does not fit."""
    builder = _Builder()
    builder.feed(html)
    builder.close()
    faults = builder.faults + [f"<{element.tag}> stays open" for element in builder.open[1:]]
    return builder.root, faults


def everything_in(site):
    """The text of every file of a report, those in its archive too, by name."""
    texts = {}
    for path in sorted(site.rglob("*")):
        name = path.relative_to(site).as_posix()
        if path.suffix == ".zip":
            with ZipFile(path) as archive:
                members = {each: archive.read(each).decode() for each in archive.namelist()}
            texts |= {f"{name}/{each}": text for each, text in members.items()}
        elif path.is_file():
            texts[name] = path.read_text("utf-8")
    return texts
