"""A decision memo as a tagged PDF."""

from __future__ import annotations

from typing import Any

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
    except (ImportError, OSError) as error:
        msg = f"a PDF needs {error}; install custodes[pdf] and the system's pango"
        raise PrerequisiteError(msg) from error
    style = finders.find("custodes/memo.css")
    sheets = [CSS(filename=style)] if isinstance(style, str) else []
    document = HTML(string=page, url_fetcher=_nothing)
    drawn: bytes = document.write_pdf(stylesheets=sheets, pdf_variant="pdf/ua-1")
    return drawn


def _nothing(url: str, *_args: Any, **_options: Any) -> dict[str, Any]:  # noqa: ANN401 (weasyprint's signature)
    """Fetch nothing: a memo holds all that it shows."""
    msg = f"nothing is fetched while a memo is drawn ({url[:80]})"
    raise ValueError(msg)
