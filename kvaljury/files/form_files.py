"""The forms among the workbooks of marks/ and consensus/, each read once for all who ask."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from kvaljury.core.model import Edition
from kvaljury.errors import Source, Text
from kvaljury.files.data_files import workbooks_in
from kvaljury.files.headers import CONSENSUS, MARKS
from kvaljury.files.log import InputLog
from kvaljury.files.tables import Table, read_table

if TYPE_CHECKING:
    from kvaljury.files.forms.reading import FormContents
    from kvaljury.files.workbooks.contents import Workbook

TEAM_SUFFIX = "-gemensamt"
"""How the name of a team's form ends, before that of the kind of file."""

_COLUMNS = {"marks": MARKS, "consensus": CONSENSUS}


@attrs.frozen
class Forms:
    """The forms of an edition.

    Attributes:
        contents: what stands in each form by address; None for what is refused or not read.
    """

    contents: Mapping[str, FormContents | None]

    def read(self) -> Iterator[FormContents]:
        """Give the forms that are in order, by address."""
        for file in sorted(self.contents):
            if form := self.contents[file]:
                yield form

    def team_of(self, file: str) -> str | None:
        """Give the team whose form a file is; None for a table and for what is refused."""
        form = self.contents.get(file)
        return form.team if form else None


def read_forms(folder: Path, edition: Edition, log: InputLog) -> Forms:
    """Read the forms, or give what another reader with the same log has read.

    Args:
        folder: the edition folder.
        edition: entries and teams.
        log: gets every fault and warning, once.

    Returns:
        The forms of both folders.

    Raises:
        DiskFault: if a file is there but cannot be read.
    """
    if log.forms:
        return log.forms
    contents: dict[str, FormContents | None] = {}
    for name in _COLUMNS:
        contents.update(_FormFolder(folder, name, edition, log).read())
    forms = Forms(contents)
    if contents:
        log.forms = forms
    return forms


def read_folder_table(
    path: Path, file: str, edition: Edition, forms: Forms, log: InputLog
) -> Table | None:
    """Read a file of marks/ or consensus/, whichever kind it is.

    Args:
        path: where it lies.
        file: its address.
        edition: its settings.
        forms: those of the edition.
        log: gets every fault and warning.

    Returns:
        The rows of the table that the folder is for, or None where the file as a whole is
        refused or a copy of another.

    Raises:
        DiskFault: if the file is there but cannot be read.
    """
    name = file.partition("/")[0]
    if file not in forms.contents:
        policy = edition.rules.settings.workbooks.formulas
        return read_table(path, file, _COLUMNS[name], log, policy)
    contents = forms.contents[file]
    if contents is None:
        return None
    return contents.marks if name == "marks" else contents.consensus


@attrs.define
class _FormFolder:
    """The workbooks of one folder, and who of them has been seen."""

    folder: Path
    name: str
    edition: Edition
    log: InputLog
    _by_hash: dict[str, str] = attrs.field(factory=dict, init=False)
    _by_author: dict[str, tuple[str, FormContents]] = attrs.field(factory=dict, init=False)
    _empty: set[str] = attrs.field(factory=set, init=False)

    def read(self) -> dict[str, FormContents | None]:
        """Read the forms of the folder; copies and workbooks that are refused stand as None."""
        found: dict[str, FormContents | None] = {}
        for path, file in workbooks_in(self.folder, self.name):
            self._read_file(path, file, found)
        return {file: None if file in self._empty else found[file] for file in found}

    def _read_file(self, path: Path, file: str, found: dict[str, FormContents | None]) -> None:
        from kvaljury.files.forms.reading import is_form, read_form  # noqa: PLC0415  # few need it
        from kvaljury.files.workbooks.opening import open_workbook  # noqa: PLC0415  # few need it

        workbook = open_workbook(path, file, self.log)
        if workbook is None or self._is_copy(workbook):
            found[file] = None
        elif is_form(workbook):
            formulas = self.edition.rules.settings.workbooks.formulas
            contents = read_form(workbook, self.edition, formulas, self.log)
            found[file] = contents if contents and self._is_in_place(contents, file) else None
        elif any(sheet.text(1, 1).startswith("kvaljury/") for sheet in workbook.sheets):
            found[file] = None
            self._refuse_bared(file)

    def _refuse_bared(self, file: str) -> None:
        message = Text("these are sheets of a form without the hidden sheet by which it is read")
        hint = Text(
            "ask for the file that was filled in, or carry the answers over to a new form;"
            " kvaljury forms makes one"
        )
        self.log.fault("broken-form", Source(file), message, hint)

    def _is_copy(self, workbook: Workbook) -> bool:
        other = self._by_hash.setdefault(workbook.sha256, workbook.file)
        if other != workbook.file:
            self._warn_of_copy(workbook.file, other)
        return other != workbook.file

    def _warn_of_copy(self, file: str, other: str) -> None:
        message = Text("the file is a copy of {file} and is not read again", file=other)
        hint = Text("delete one of them")
        self.log.warn("same-file", Source(file), message, hint)  # noqa: PLE1205  # no logger

    def _is_in_place(self, contents: FormContents, file: str) -> bool:
        """Refuse a form that belongs elsewhere or to another, and a second one of one author."""
        place = "marks" if contents.examiner else "consensus"
        author = contents.examiner or contents.team or ""
        if place != self.name:
            self._refuse_place(contents, file, place)
        elif named := self._named(contents, file):
            self._refuse_name(author, file, named)
        else:
            other, first = self._by_author.setdefault(author, (file, contents))
            if other == file:
                return True
            if _answers(first) == _answers(contents):
                self._warn_of_copy(file, other)
                return False
            if not _is_filled(contents):
                self._set_aside(file, other)
                return False
            if not _is_filled(first):
                self._by_author[author] = file, contents
                self._set_aside(other, file)
                return True
            self._refuse_second(contents, file, other)
        for table in contents.tables():
            _refuse_rows(table, self.log)
        return False

    def _set_aside(self, file: str, filled: str) -> None:
        self._empty.add(file)
        message = Text("the form is empty and set aside for {file}", file=filled)
        hint = Text("delete it")
        self.log.warn("empty-form", Source(file), message, hint)  # noqa: PLE1205  # no logger

    def _named(self, contents: FormContents, file: str) -> str | None:
        """Give the other examiner or team that a file is named after, or None."""
        stem = Path(file).stem.casefold()
        if contents.examiner:
            own, others = contents.examiner, [each.id for each in self.edition.examiners]
        else:
            stem = stem.removesuffix(TEAM_SUFFIX)
            own, others = contents.team or "", [team.id for team in self.edition.teams]
        named = next((other for other in others if other.casefold() == stem), own)
        return None if named == own else named

    def _refuse_name(self, author: str, file: str, named: str) -> None:
        message = Text(
            "the file is named after {named} and holds the form of {author}",
            named=named,
            author=author,
        )
        hint = Text(
            "ask who has filled it in: rename the file if it was {author}; if it was {named},"
            " carry the answers over to the form of {named}",
            author=author,
            named=named,
        )
        self.log.fault("other-name", Source(file), message, hint)

    def _refuse_place(self, contents: FormContents, file: str, place: str) -> None:
        message = (
            Text("this is the form of the examiner {examiner}", examiner=contents.examiner)
            if contents.examiner
            else Text("this is the form of the team {team}", team=contents.team)
        )
        hint = Text("move the file to the folder {folder}", folder=place)
        self.log.fault("wrong-folder", Source(file), message, hint)

    def _refuse_second(self, contents: FormContents, file: str, other: str) -> None:
        message = (
            Text(
                "{file} is another form of the same examiner, {examiner}, and differs from this",
                file=other,
                examiner=contents.examiner,
            )
            if contents.examiner
            else Text(
                "{file} is another form of the same team, {team}, and differs from this",
                file=other,
                team=contents.team,
            )
        )
        hint = Text("ask which one holds, and move the other out of the folder")
        self.log.fault("two-forms", Source(file), message, hint)


def _answers(contents: FormContents) -> list[object]:
    """Give all that a form says, for comparison: where it stands is no part of it."""
    rows = [[(row.cells, row.spoiled) for row in table.rows] for table in contents.tables()]
    return [*rows, contents.remarks, contents.document_checks]


def _is_filled(contents: FormContents) -> bool:
    return any(table.rows for table in contents.tables())


def _refuse_rows(table: Table, log: InputLog) -> None:
    for row in table.rows:
        row.refused = True
    table.note_tally(log)
