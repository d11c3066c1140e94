"""The cast, for every test of the workbench."""

import pytest

from cast import a_cast


@pytest.fixture
def cast(db):  # noqa: ARG001 (a fixture asks for a database by its name)
    """Everybody, with the roles of the institution."""
    return a_cast()
