"""A decision memo as a tagged PDF."""

from __future__ import annotations

from django.contrib.staticfiles import finders

from custodes.errors import PrerequisiteError


def memo_as_pdf(page: str) -> bytes:
    """The memo as PDF/UA, drawn without fetching anything.

    Args:
        page: The memo's page.

    Raises:
        PrerequisiteError: The extra `pdf` is not installed.
    """
    try:
        from weasyprint import CSS, HTML  # noqa: PLC0415 (an extra that may be missing)
        from weasyprint.urls import URLFetcher  # noqa: PLC0415 (the same)
    except (ImportError, OSError) as error:
        msg = f"a PDF needs {error}; install custodes[pdf] and the system's pango"
        raise PrerequisiteError(msg) from error
    style = finders.find("custodes/memo.css")
    sheets = [CSS(filename=style)] if isinstance(style, str) else []
    document = HTML(string=page, url_fetcher=URLFetcher(allowed_protocols=()))
    drawn: bytes = document.write_pdf(stylesheets=sheets, pdf_variant="pdf/ua-1")
    return drawn
