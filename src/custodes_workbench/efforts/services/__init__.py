"""Writes of efforts: applying, importing, screening."""

from custodes_workbench.efforts.services.adding import add_efforts
from custodes_workbench.efforts.services.applying import (
    SavedElsewhere,
    add_claim,
    begin_application,
    begin_revision,
    drop_draft,
    remove_claim,
    save_draft,
    submit_application,
    withdraw_application,
)
from custodes_workbench.efforts.services.calling import write_call
from custodes_workbench.efforts.services.importing import (
    import_upload,
    keep_column_map,
    keep_upload,
    take_back_import,
)
from custodes_workbench.efforts.services.screening import (
    ScreeningGiven,
    screen_effort,
)
from custodes_workbench.operations.saves import ChangedMeanwhileError

__all__ = [
    "ChangedMeanwhileError",
    "SavedElsewhere",
    "ScreeningGiven",
    "add_claim",
    "add_efforts",
    "begin_application",
    "begin_revision",
    "drop_draft",
    "import_upload",
    "keep_column_map",
    "keep_upload",
    "remove_claim",
    "save_draft",
    "screen_effort",
    "submit_application",
    "take_back_import",
    "withdraw_application",
    "write_call",
]
