"""An edition folder to an edition, and then, with the rubrics known, to its marks."""

from __future__ import annotations

from pathlib import Path

import attrs

from kvaljury.core.model import Edition, Entry, Marks, Scheme
from kvaljury.errors import DiskFault, InputFaults, Source, Text
from kvaljury.files.consensus import read_consensus_files
from kvaljury.files.edition_file import EDITION_FILE, read_edition_file
from kvaljury.files.entries import read_entries
from kvaljury.files.input_files import is_present
from kvaljury.files.log import InputLog
from kvaljury.files.marks import read_mark_files
from kvaljury.files.proposals import read_nominations, read_proposals
from kvaljury.files.references import KnownIds
from kvaljury.files.remarks import read_document_checks, read_remarks
from kvaljury.files.teams import read_teams


def read_edition(folder: Path, log: InputLog | None = None) -> Edition:
    """Read all of an edition but its marks.

    Args:
        folder: the edition folder.
        log: gets every fault and warning; without it faults are raised.

    Returns:
        The edition, records with a fault left out.

    Raises:
        InputFaults: if there is any fault and no log was given, or if edition.toml or its rule
            set cannot be used at all; then with every fault of the other files too.
        DiskFault: if a file is there but cannot be read.
    """
    notes = InputLog() if log is None else log
    edition, entries = _read_head(folder, notes)
    teams, examiners = read_teams(folder, entries, notes)
    if edition:
        edition = attrs.evolve(edition, entries=entries, teams=teams, examiners=examiners)
    proposals = read_proposals(folder, entries, notes, edition)
    nominations = read_nominations(folder, entries, notes, edition)
    if edition is None:
        raise InputFaults.of(notes.faults)
    edition = attrs.evolve(edition, proposals=proposals, nominations=nominations)
    _check_overrides(edition, notes)
    if log is None:
        notes.raise_faults()
    return edition


def read_edition_entries(folder: Path, log: InputLog | None = None) -> Edition:
    """Read edition.toml and the entries alone, whatever state the other files are in.

    Args:
        folder: the edition folder.
        log: gets every fault and warning; without it faults are raised.

    Returns:
        The edition without teams, proposals and nominations, records with a fault left out.

    Raises:
        InputFaults: as for `read_edition`.
        DiskFault: as for `read_edition`.
    """
    notes = InputLog() if log is None else log
    edition, entries = _read_head(folder, notes)
    if edition is None:
        raise InputFaults.of(notes.faults)
    edition = attrs.evolve(edition, entries=entries)
    _check_overrides(edition, notes)
    if log is None:
        notes.raise_faults()
    return edition


def read_marks(
    folder: Path, scheme: Scheme, edition: Edition, log: InputLog | None = None
) -> Marks:
    """Read the marks of examiners and the agreed marks of teams.

    Args:
        folder: the edition folder.
        scheme: the rubric of every leaf.
        edition: what `read_edition` gave.
        log: the one that `read_edition` was given; without it faults are raised.

    Returns:
        The marks, and remarks and document checks of forms, rows with a fault left out; nothing
        where there are no files of marks.

    Raises:
        InputFaults: if there is any fault and no log was given.
        DiskFault: if a file is there but cannot be read.
    """
    notes = InputLog() if log is None else log
    marks = attrs.evolve(
        read_mark_files(folder, scheme, edition, notes),
        consensus=read_consensus_files(folder, scheme, edition, notes),
        remarks=read_remarks(folder, edition, notes),
        document_checks=read_document_checks(folder, edition, notes),
    )
    if log is None:
        notes.raise_faults()
    return marks


def _read_head(folder: Path, log: InputLog) -> tuple[Edition | None, tuple[Entry, ...]]:
    _require_edition(folder, log)
    edition = read_edition_file(folder, log)
    if edition is None:
        return None, read_entries(folder, None, log)
    formulas = edition.rules.settings.workbooks.formulas
    return edition, read_entries(folder, edition.rules.classes, log, formulas)


def _require_edition(folder: Path, log: InputLog) -> None:
    hint = Text("make an edition folder with: kvaljury init FOLDER")
    try:
        if not folder.exists():
            log.fault("no-edition", Source(str(folder)), Text("there is no such folder"), hint)
        elif not folder.is_dir():
            message = Text("this is a file; an edition folder was expected")
            log.fault("no-edition", Source(str(folder)), message, hint)
        elif not is_present(folder / EDITION_FILE):
            message = Text("the folder {folder} has no edition.toml", folder=str(folder))
            log.fault("no-edition", Source(EDITION_FILE), message, hint)
        else:
            return
    except OSError as error:
        reason = error.strerror or type(error).__name__
        message = Text("the folder cannot be read: {reason}", reason=reason)
        raise DiskFault(message, Source(str(folder))) from error
    raise InputFaults.of(log.faults)


def _check_overrides(edition: Edition, log: InputLog) -> None:
    known = KnownIds.of("entry", (entry.id for entry in edition.entries), log)
    for override in edition.overrides:
        known.check(override.entry, override.source or Source(EDITION_FILE))
