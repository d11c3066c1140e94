"""Writes of marked things: keys, handing in, opening, readers, marks, sharing, the group."""

from custodes_workbench.handling.services.group import (
    accept_terms,
    end_membership,
    propose_member,
)
from custodes_workbench.handling.services.items import (
    HandedIn,
    erase_item,
    hand_in,
    open_item,
    review_mark,
)
from custodes_workbench.handling.services.keys import make_reader_key, relock_reader_key, unlocked
from custodes_workbench.handling.services.readers import name_reader, remove_reader
from custodes_workbench.handling.services.sharing import (
    SharingGiven,
    acknowledge_sharing,
    ask_recall,
    share_item,
)
from custodes_workbench.operations.saves import ChangedMeanwhileError

__all__ = [
    "ChangedMeanwhileError",
    "HandedIn",
    "SharingGiven",
    "accept_terms",
    "acknowledge_sharing",
    "ask_recall",
    "end_membership",
    "erase_item",
    "hand_in",
    "make_reader_key",
    "name_reader",
    "open_item",
    "propose_member",
    "relock_reader_key",
    "remove_reader",
    "review_mark",
    "share_item",
    "unlocked",
]
