"""change_requests.csv or .xlsx to the requests that were sent to units."""

from __future__ import annotations

from pathlib import Path

from kvaljury.core.model import Edition
from kvaljury.core.model.bid_folder import ChangeRequest
from kvaljury.errors import Text
from kvaljury.files.data_files import table_files
from kvaljury.files.headers import CHANGE_REQUESTS
from kvaljury.files.log import InputLog
from kvaljury.files.references import KnownIds
from kvaljury.files.tables import Row, read_table

_NAMES = ("change_requests.csv", "change_requests.xlsx")


def read_change_requests(
    folder: Path, edition: Edition, log: InputLog
) -> tuple[ChangeRequest, ...]:
    """Read the change requests of an edition.

    Args:
        folder: the edition folder.
        edition: for the known entries, and whether formulas may stand for values.
        log: gets every fault and warning.

    Returns:
        Sorted by entry, then in the order of the file; none where there is no such table.
    """
    known = KnownIds.of("entry", (entry.id for entry in edition.entries), log)
    present = table_files(folder, _NAMES, log)
    requests: list[ChangeRequest] = []
    for file in present if len(present) == 1 else ():
        policy = edition.rules.settings.workbooks.formulas
        table = read_table(folder / file, file, CHANGE_REQUESTS, log, policy)
        if table is not None:
            found = [_request(row, known) for row in table.rows]
            requests += [request for request in found if request]
            table.note_tally(log)
    return tuple(sorted(requests, key=lambda request: request.entry))


def _request(row: Row, entries: KnownIds) -> ChangeRequest | None:
    row.require("entry", "matter")
    entry, matter, by = entries.read(row, "entry"), row.prose("matter"), row.line("by")
    moments = row.moment("sent"), row.moment("answered")
    sent, answered = (moment.last_day if moment else None for moment in moments)
    if answered and (sent is None or answered < sent):
        message = Text("the request is answered before it was sent")
        row.fault("answered", "answered-before-sent", message, Text("correct one of the days"))
    if row.refused or entry is None:
        return None
    return ChangeRequest(
        entry,
        matter,
        sent,
        answered,
        by or "",
        row.where(),
    )
