"""What forms hold besides marks: remarks of examiners, and documents that teams saw."""

from __future__ import annotations

from pathlib import Path

import attrs

from kvaljury.core.model import DocumentCheck, Edition, Remark
from kvaljury.errors import Source, Text
from kvaljury.files.form_files import read_forms
from kvaljury.files.log import InputLog
from kvaljury.files.permits import HINT, TEAM_HINT, Permits, words_under_jav
from kvaljury.files.references import KnownIds
from kvaljury.files.tables import Table


def read_remarks(folder: Path, edition: Edition, log: InputLog) -> tuple[Remark, ...]:
    """Read the remarks of all forms of examiners.

    Args:
        folder: the edition folder.
        edition: entries, teams and declared jäv.
        log: the one that the marks were read with; a fault that a mark has is not noted again.

    Returns:
        Sorted by entry, examiner, area and kind; none under declared jäv, and none of an
        examiner who may not read the entry.
    """
    desk = _Desk.of(edition, log)
    heard: list[Remark] = []
    for form in read_forms(folder, edition, log).read():
        if form.examiner:
            heard.extend(remark for remark in form.remarks if desk.hears(remark, form.others))
            form.others.note_tally(log)
    return tuple(sorted(heard, key=lambda r: (r.entry, r.examiner, r.area, r.kind)))


def read_document_checks(
    folder: Path, edition: Edition, log: InputLog
) -> tuple[DocumentCheck, ...]:
    """Read which documents the teams saw, with arguments as for `read_remarks`.

    Returns:
        Sorted by entry and document, one for each.
    """
    checks: dict[tuple[str, str], DocumentCheck] = {}
    permits = Permits.of(edition)
    for form in read_forms(folder, edition, log).read():
        for check in form.document_checks:
            odd = permits.team_misfit(form.team, check.entry) if form.team else None
            if odd and "team" not in log.unread:
                log.fault("no-permit", check.source or Source("consensus"), odd, TEAM_HINT)
                _refuse_row(form.others, check.source)
            else:
                checks[check.entry, check.document] = check
        if not form.examiner:
            form.others.note_tally(log)
    return tuple(checks[key] for key in sorted(checks))


@attrs.frozen
class _Desk:
    """What remarks are held against, and what has been told of the files."""

    entries: KnownIds
    examiners: KnownIds
    permits: Permits
    log: InputLog
    told: set[tuple[str, Text]] = attrs.field(factory=set)
    strays: set[tuple[str, object]] = attrs.field(factory=set)

    @classmethod
    def of(cls, edition: Edition, log: InputLog) -> _Desk:
        entries = KnownIds.of("entry", (entry.id for entry in edition.entries), log)
        examiners = KnownIds.of("examiner", (e.id for e in edition.examiners), log)
        faults = [(f.where.file, f.message) for f in log.faults if f.where]
        warnings = [(warning.where.file, warning.message) for warning in log.warnings]
        ids = {(file, dict(message.parameters).get("id")) for file, message in faults}
        return cls(entries, examiners, Permits.of(edition), log, {*faults, *warnings}, ids)

    def hears(self, remark: Remark, table: Table) -> bool:
        """Tell whether a remark counts; refuse its row of the form where nobody may make it."""
        if self._admits(remark):
            if (remark.examiner, remark.entry) not in self.permits.jav:
                return True
            self._tell_of_jav(remark)
        _refuse_row(table, remark.source)
        return False

    def _tell_of_jav(self, remark: Remark) -> None:
        """Warn of words under declared jäv, once a file and entry, with those beside marks."""
        where = remark.source or Source("marks")
        message = words_under_jav(remark.examiner, remark.entry)
        if (where.file, message) not in self.told:
            self.told.add((where.file, message))
            self.log.warn("words-under-jav", where, message)  # noqa: PLE1205  # no logger

    def _admits(self, remark: Remark) -> bool:
        """Tell whether a remark is of somebody who may read; note a fault that is new."""
        where = remark.source or Source("marks")
        given = ((self.entries, remark.entry), (self.examiners, remark.examiner))
        for known, name in given:
            if name not in known.ids:
                if (where.file, name) not in self.strays:
                    known.check(name, where)
                return False
        if "team" in self.log.unread or self.permits.may_read(remark.examiner, remark.entry):
            return True
        message = self.permits.misfit(remark.examiner, remark.entry)
        if (where.file, message) not in self.told:
            self.told.add((where.file, message))
            self.log.fault("no-permit", where, message, HINT)
        return False


def _refuse_row(table: Table, where: Source | None) -> None:
    """Refuse the row of a form that a value comes from, so that it is counted so."""
    for row in table.rows:
        if where and (row.sheet, row.first_line) == (where.sheet, where.line):
            row.refused = True
