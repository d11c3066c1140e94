import re
import zlib

import pytest

from custodes_workbench.decisions.memo import memo_as_pdf

PAGE = """<!DOCTYPE html><html lang="en-GB"><head><title>Decision on probes</title></head><body>
<h1>Probes</h1><table><caption>Net, ppm</caption>
<thead><tr><th scope="col">Worldview</th><th scope="col">Net</th></tr></thead>
<tbody><tr><th scope="row">central</th><td>-1</td></tr></tbody></table></body></html>"""


@pytest.fixture(scope="module")
def told():
    """Everything that the file says, its packed parts too."""
    pytest.importorskip("weasyprint", reason="pip install -e '.[pdf]'", exc_type=ImportError)
    pdf = memo_as_pdf(PAGE)
    parts = [pdf]
    for packed in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL):
        try:
            parts.append(zlib.decompress(packed))
        except zlib.error:  # not packed: the metadata
            parts.append(packed)
    return b"\n".join(parts).decode("latin-1")


def test_it_is_tagged_and_says_its_title_and_language(told):
    for part in (
        "/Marked true",
        "/DisplayDocTitle true",
        "/Lang (en-GB)",
        "/Title (Decision on probes)",
    ):
        assert part in told
    assert re.search(r"pdfuaid:part\W+1\W", told)


def test_tables_have_a_caption_and_heads_and_headings_are_headings(told):
    assert len(re.findall(r"/S /TH(?!ead)", told)) == 3
    for tag in ("Table", "Caption", "TD", "H1"):
        assert f"/S /{tag}/" in told


def test_nobody_is_named_as_its_author(told):
    for name in ("/Author", "/Creator", "dc:creator", "/ModDate", "/CreationDate"):
        assert name not in told


def test_it_fetches_nothing():
    pytest.importorskip("weasyprint", reason="pip install -e '.[pdf]'", exc_type=ImportError)

    assert memo_as_pdf(PAGE.replace("<h1>", '<img src="file:///etc/passwd" alt="x"><h1>'))
