"""What a page of the workbench says badly: ids instead of words, headings that leave one out."""

import itertools
import re
from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
AS_IT_IS = {"code", "pre", "script", "style", "textarea", "svg", "title"}
"""Elements whose text is not ours to word: code, what somebody typed, drawings."""
ID = re.compile(r"(?<!`)\b[a-z]+(?:_[a-z0-9]+)+\b")
"""Such as `honest_ai`; not where it is quoted as a name, as here."""


class _Page(HTMLParser):
    def __init__(self):
        super().__init__()
        self.inside, self.levels, self.texts = [], [], []

    def handle_starttag(self, tag, attrs):  # noqa: ARG002 (the parser's signature)
        if tag not in VOID:
            self.inside.append(tag)
        if re.fullmatch("h[1-6]", tag):
            self.levels.append(int(tag[1]))

    def handle_endtag(self, tag):
        if tag in self.inside:
            while self.inside.pop() != tag:
                pass

    def handle_data(self, data):
        if not AS_IT_IS & set(self.inside):
            self.texts.append(data)


def badly_said(html):
    """Ids that stand where words belong, and headings below which one is left out.

    Args:
        html: A page.
    """
    page = _Page()
    page.feed(html if "<h" in html else "")
    found = {f"id {each}" for text in page.texts for each in ID.findall(text)}
    after_title = page.levels[page.levels.index(1) :] if 1 in page.levels else []
    jumps = itertools.pairwise(after_title)
    return found | {f"h{a} then h{b}" for a, b in jumps if b > a + 1}
