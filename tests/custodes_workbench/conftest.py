"""The cast, for every test of the workbench."""

import pytest

from cast import a_cast


@pytest.fixture
def cast(db):
    """Everybody, with the roles of the institution."""
    return a_cast()
