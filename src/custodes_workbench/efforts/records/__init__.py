"""An effort's rows and the library's records, and the explanation claim by claim."""

from custodes_workbench.efforts.records.differences import Difference, Piece, differences
from custodes_workbench.efforts.records.explanation import (
    DEFINITIONS,
    NO_WAY,
    ONCE,
    PROBLEMS_ASKED,
    QUESTIONS_OF_A_CLAIM,
    Asked,
    Claim,
    Explanation,
    explanation_of,
)
from custodes_workbench.efforts.records.read import (
    FORM,
    FormFault,
    ReadApplication,
    definitions,
    fields_of_claim,
    kept,
    read_application,
    typed_of,
)
from custodes_workbench.efforts.records.rows import effort_record, record_of, without_applicant
from custodes_workbench.efforts.records.tables import Mapping, mapping_of, read_upload, types_taken

__all__ = [
    "DEFINITIONS",
    "FORM",
    "NO_WAY",
    "ONCE",
    "PROBLEMS_ASKED",
    "QUESTIONS_OF_A_CLAIM",
    "Asked",
    "Claim",
    "Difference",
    "Explanation",
    "FormFault",
    "Mapping",
    "Piece",
    "ReadApplication",
    "definitions",
    "differences",
    "effort_record",
    "explanation_of",
    "fields_of_claim",
    "kept",
    "mapping_of",
    "read_application",
    "read_upload",
    "record_of",
    "typed_of",
    "types_taken",
    "without_applicant",
]
