"""Pictures that a command writes into a file."""

from __future__ import annotations

from pathlib import Path


def require_svg(name: str | None) -> None:
    """Refuse, before any work, a name that no SVG file has.

    Raises:
        InputError: It does not end in .svg.
    """
    from custodes.errors import Fault, InputError

    if name is not None and Path(name).suffix.lower() != ".svg":
        fault = Fault(
            message="is not the name of an SVG file",
            cure="--plot draws SVG: end the name in .svg",
            file=name,
        )
        raise InputError([fault])


def write_picture(name: str, drawing: str) -> None:
    """Write a drawing.

    Raises:
        InputError: The file cannot be written there.
    """
    from custodes.errors import Fault, InputError

    try:
        Path(name).write_text(drawing, "utf-8", newline="\n")
    except OSError as error:
        fault = Fault(
            message=f"cannot be written ({error.strerror})",
            cure="choose a file in a folder that exists and that you may write to",
            file=name,
        )
        raise InputError([fault]) from error
