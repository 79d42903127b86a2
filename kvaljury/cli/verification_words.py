"""The words for what verifying finds."""

from __future__ import annotations

from kvaljury.core.differences import FileState
from kvaljury.core.verification import Standing
from kvaljury.errors import Text

STANDING_WORDS = {
    Standing.VERIFIED: Text("Holds"),
    Standing.NOTED: Text("Holds, with a note"),
    Standing.STALE: Text("Holds, but files have changed"),
    Standing.DIFFERS: Text("DOES NOT HOLD"),
    Standing.UNTRIED: Text("Could not be tried"),
}
CHECK_WORDS = {
    "record": Text("the chain of the record"),
    "head": Text("the checksum of the record"),
    "copy": Text("the older copy"),
    "correction": Text("a correction"),
    "voided": Text("votes made void"),
    "decision": Text("the decision"),
    "ranking": Text("the ranking"),
}
FILE_WORDS = {
    FileState.CHANGED: Text("changed since"),
    FileState.MISSING: Text("no longer there"),
    FileState.ADDED: Text("added since"),
}
