"""The packages of the extra `report`, asked for when they are needed and not before."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

from custodes.errors import PrerequisiteError


def needed(package: str) -> ModuleType:
    """A package of the extra `report`.

    Raises:
        PrerequisiteError: It is not installed.
    """
    try:
        return import_module(package)
    except ModuleNotFoundError as error:
        msg = f"the report needs {error.name}; install custodes[report]"
        raise PrerequisiteError(msg) from error
