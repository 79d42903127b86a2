"""organisation.toml to who leads what; what would silently derive no jäv is said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import attrs

from kvaljury.core.model import Administration, Entry, Organisation, Person
from kvaljury.core.model.jury import same_administration
from kvaljury.errors import Text
from kvaljury.files.ids import id_misfit
from kvaljury.files.input_files import is_present
from kvaljury.files.log import InputLog
from kvaljury.files.nearest import nearest_word
from kvaljury.files.references import KnownIds
from kvaljury.files.toml_documents import read_toml
from kvaljury.files.value_checks import Checks
from kvaljury.files.value_checks import Path as KeyPath

FILE = "organisation.toml"


@attrs.frozen(kw_only=True)
class _AdministrationTable:
    name: str
    heads: tuple[str, ...] = ()
    entries: tuple[str, ...] = ()
    basic_control: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class _PersonTable:
    id: str
    name: str | None = None
    works_at: tuple[str, ...] = ()
    administration: str | None = None


@attrs.frozen
class _OrganisationFile:
    administrations: tuple[_AdministrationTable, ...] = ()
    persons: tuple[_PersonTable, ...] = ()


def read_organisation(folder: Path, entries: Sequence[Entry], log: InputLog) -> Organisation:
    """Read administrations, their heads and units, and the persons who judge.

    Args:
        folder: the edition folder.
        entries: those of the edition.
        log: gets every fault, and a warning for each administration that stands on one side only.

    Returns:
        Who leads what; nothing where the file is absent or cannot be read.
    """
    if not is_present(folder / FILE):
        return Organisation()
    faults_before = len(log.faults)
    document = read_toml(folder / FILE, FILE, log)
    file = document.structure(_OrganisationFile, log) if document else None
    if document is None or file is None:
        return Organisation()
    checks = Checks(document, log)
    checks.texts()
    _check_ids(file, checks)
    _check_entries(file, KnownIds.of("entry", (entry.id for entry in entries), log), checks)
    _check_administrations(file, entries, checks)
    if len(log.faults) == faults_before:
        _warn_of_one_sided(file, entries, checks)
    return _organisation(file, checks)


def _check_ids(file: _OrganisationFile, checks: Checks) -> None:
    checks.ids("persons", (person.id for person in file.persons))
    listed = {person.id.casefold(): person.id for person in file.persons}
    for path, name in _named_persons(file):
        if misfit := id_misfit(name):
            checks.fault("bad-id", path, *misfit)
        elif (known := listed.setdefault(name.casefold(), name)) != name:
            message = Text(
                '"{name}" differs only in capitals from "{other}"', name=name, other=known
            )
            checks.fault("same-id", path, message, Text("write the id of a person one way"))


def _named_persons(file: _OrganisationFile) -> Iterator[tuple[KeyPath, str]]:
    for index, table in enumerate(file.administrations):
        for key in ("heads", "basic_control"):
            for n, name in enumerate(getattr(table, key)):
                yield ("administrations", index, key, n), name


def _check_entries(file: _OrganisationFile, known: KnownIds, checks: Checks) -> None:
    for index, table in enumerate(file.administrations):
        for n, entry in enumerate(table.entries):
            known.check(entry, checks.source("administrations", index, "entries", n))
    for index, person in enumerate(file.persons):
        for n, entry in enumerate(person.works_at):
            known.check(entry, checks.source("persons", index, "works_at", n))


def _check_administrations(
    file: _OrganisationFile, entries: Sequence[Entry], checks: Checks
) -> None:
    names = [table.name for table in file.administrations]
    for index, name in enumerate(names):
        if any(same_administration(name, other) for other in names[:index]):
            message = Text("the administration {name} stands twice", name=name)
            checks.fault("same-administration", ("administrations", index, "name"), message)
    known = [*names, *(entry.administration for entry in entries if entry.administration)]
    for index, person in enumerate(file.persons):
        own = person.administration
        if own and not any(same_administration(own, other) for other in known):
            message = Text('the administration "{name}" is unknown', name=own)
            path = ("persons", index, "administration")
            checks.fault("unknown-administration", path, message, _hint(own, known))


def _warn_of_one_sided(file: _OrganisationFile, entries: Sequence[Entry], checks: Checks) -> None:
    """Warn of what a slip of the pen makes: an administration without units, or without heads."""
    names = [table.name for table in file.administrations]
    given = list(dict.fromkeys(e.administration for e in entries if e.administration))
    for index, table in enumerate(file.administrations):
        if not table.entries and not any(same_administration(table.name, one) for one in given):
            message = Text("no entry stands under {name}", name=table.name)
            where = checks.source("administrations", index, "name")
            checks.log.warn("no-units", where, message, _hint(table.name, given))  # noqa: PLE1205  # no logger
    listed = {entry for table in file.administrations for entry in table.entries}
    for name in given:
        under = [e.id for e in entries if same_administration(e.administration, name)]
        if listed.issuperset(under) or any(same_administration(name, one) for one in names):
            continue
        message = Text(
            "{name} is not listed here, and entries stand under it ({ids}): no jäv of its heads"
            " can be derived",
            name=name,
            ids=", ".join(under),
        )
        checks.log.warn("unlisted-administration", checks.source(), message, _hint(name, names))  # noqa: PLE1205  # no logger


def _hint(name: str, known: Sequence[str]) -> Text | None:
    near = nearest_word(name, known)
    return Text("did you mean {name}?", name=near) if near else None


def _organisation(file: _OrganisationFile, checks: Checks) -> Organisation:
    return Organisation(
        tuple(
            Administration(
                table.name,
                table.heads,
                table.entries,
                table.basic_control,
                checks.source("administrations", index),
            )
            for index, table in enumerate(file.administrations)
        ),
        tuple(
            Person(table.id, table.name, table.works_at, table.administration)
            for table in file.persons
        ),
    )
