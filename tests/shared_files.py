"""The real data beside the repository; tests that want it skip, with the reason, without it."""

from pathlib import Path

import pytest

SHARED = Path(__file__).parents[1].parent / "shared"


def shared(*parts):
    """A file of `../shared`, or a skip that says which one is missing."""
    path = SHARED.joinpath(*parts)
    if not path.exists():
        name = "/".join(parts)
        pytest.skip(f"../shared/{name} is not here; put the shared data beside the repository")
    return path
