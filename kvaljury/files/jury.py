"""jury.toml to a jury: who sits in it and how it decides."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import attrs

from kvaljury.core.model import Entry, EntryClass, JuryRules, Organisation
from kvaljury.core.model.jury import Declaration, Juror, Jury, Role
from kvaljury.errors import Text
from kvaljury.files.input_files import is_present
from kvaljury.files.jury_records import JuryRecord, check_awards, chosen_jury
from kvaljury.files.log import InputLog
from kvaljury.files.nearest import nearest_hint, nearest_word
from kvaljury.files.references import KnownIds
from kvaljury.files.toml_documents import read_toml
from kvaljury.files.value_checks import Checks
from kvaljury.files.value_checks import Path as KeyPath

FILE = "jury.toml"
EVERYONE = ("all", "alla")
"""What stands for everyone who takes part in votes.csv, and so is no id."""


@attrs.frozen(kw_only=True)
class _JavTable:
    entry: str
    ground: str
    on: date | None = None


@attrs.frozen(kw_only=True)
class _MemberTable:
    id: str
    name: str
    role: Role = Role.MEMBER
    organisation: str | None = None
    person: str | None = None
    substitute_for: tuple[str, ...] = ()
    jav: tuple[_JavTable, ...] = ()


@attrs.frozen
class _JuryFile:
    rules: JuryRecord = attrs.field(factory=JuryRecord)
    members: tuple[_MemberTable, ...] = ()


def read_jury(
    folder: Path,
    entries: Sequence[Entry],
    classes: Sequence[EntryClass],
    rules: JuryRules,
    log: InputLog,
    *,
    organisation: Organisation | None = None,
) -> Jury | None:
    """Read the jury's members and rules.

    Args:
        folder: the edition folder.
        entries: those of the edition.
        classes: in which they compete.
        rules: the edition's, over which those of jury.toml are laid.
        log: gets every fault and warning.
        organisation: who leads what, by which ids of persons are checked; without it they are
            not.

    Returns:
        The jury; or None where the file is absent, or holds no usable jury, and the log then says
        so.
    """
    if not is_present(folder / FILE):
        return None
    document = read_toml(folder / FILE, FILE, log)
    file = document.structure(_JuryFile, log) if document else None
    if document is None or file is None:
        return None
    checks = Checks(document, log)
    checks.texts()
    checks.jury(file.rules, "rules")
    check_awards(file.rules, "rules", [each.id for each in classes], checks)
    _check_members(file.members, checks)
    _check_jav(file.members, KnownIds.of("entry", (entry.id for entry in entries), log), checks)
    if organisation is not None:
        _check_persons(file.members, organisation, checks)
    jury = Jury(tuple(_jurors(file.members, checks)), chosen_jury(rules, file.rules))
    _check_quorum(jury, file.rules, checks)
    return jury if file.members else None


def _check_members(tables: Sequence[_MemberTable], checks: Checks) -> None:
    checks.ids("members", (table.id for table in tables))
    members = [table.id for table in tables if table.role is not Role.SUBSTITUTE]
    for index, table in enumerate(tables):
        if table.id.casefold() in EVERYONE:
            message = Text("the id {id} stands for everyone in votes.csv", id=table.id)
            checks.fault("reserved-id", ("members", index, "id"), message, Text("choose another"))
        _check_substitute(("members", index, "substitute_for"), table, members, checks)
    _check_chair([i for i, table in enumerate(tables) if table.role is Role.CHAIR], checks)


def _check_substitute(
    path: KeyPath, table: _MemberTable, members: Sequence[str], checks: Checks
) -> None:
    if table.substitute_for and table.role is not Role.SUBSTITUTE:
        message = Text("{id} is no substitute and stands in for nobody", id=table.id)
        checks.fault("no-substitute", path, message, Text('give the role "substitute"'))
        return
    for n, name in enumerate(table.substitute_for):
        if name not in members:
            message = Text('no member who is not a substitute has the id "{id}"', id=name)
            checks.fault("unknown-member", (*path, n), message, nearest_hint(name, members))


def _check_chair(chairs: Sequence[int], checks: Checks) -> None:
    if not chairs:
        message = Text("the jury has no chair")
        hint = Text('give exactly one member the role "chair"')
        checks.fault("no-chair", ("members",), message, hint)
    for index in chairs[1:]:
        line = checks.source("members", chairs[0], "role").line
        message = Text("there is a chair already on line {line}", line=line)
        checks.fault("two-chairs", ("members", index, "role"), message)


def _check_jav(tables: Sequence[_MemberTable], known: KnownIds, checks: Checks) -> None:
    for index, table in enumerate(tables):
        for n, jav in enumerate(table.jav):
            known.check(jav.entry, checks.source("members", index, "jav", n, "entry"))


def _check_persons(
    tables: Sequence[_MemberTable], organisation: Organisation, checks: Checks
) -> None:
    """Refuse what would silently derive no jäv: persons whom organisation.toml calls otherwise."""
    ids = sorted(organisation.ids())
    for index, table in enumerate(tables):
        path = ("members", index, "person" if table.person else "id")
        name = table.person or table.id
        if name in ids:
            continue
        near = next((one for one in ids if one.casefold() == name.casefold()), None)
        if table.person:
            message = Text('organisation.toml has no person "{id}"', id=name)
            near = near or nearest_word(name, ids)
            hint = Text("did you mean {name}?", name=near) if near else None
            checks.fault("unknown-person", path, message, hint)
        elif near:
            message = Text('organisation.toml writes "{other}" and not "{id}"', other=near, id=name)
            checks.fault("same-id", path, message, Text("write the id of a person one way"))
    for index, table in enumerate(tables):
        if table.person and table.person != table.id and table.id in ids:
            message = Text(
                "organisation.toml names {id} too, and the person given here is {person}",
                id=table.id,
                person=table.person,
            )
            hint = Text("give the juror another id, or leave person out")
            checks.fault("two-persons", ("members", index, "id"), message, hint)


def _check_quorum(jury: Jury, record: JuryRecord, checks: Checks) -> None:
    quorum, members = jury.rules.quorum, len(jury.members)
    if jury.jurors and quorum is not None and quorum > members:
        message = Text(
            "the quorum is {quorum}, more than the members of the jury ({n})",
            quorum=quorum,
            n=members,
        )
        path: KeyPath = ("members",) if record.quorum is None else ("rules", "quorum")
        checks.fault("quorum-out-of-reach", path, message)


def _jurors(tables: Sequence[_MemberTable], checks: Checks) -> Iterator[Juror]:
    for index, table in enumerate(tables):
        yield Juror(
            id=table.id,
            name=table.name,
            role=table.role,
            organisation=table.organisation,
            person=table.person,
            declared=tuple(
                Declaration(
                    jav.entry, jav.ground, jav.on, checks.source("members", index, "jav", n)
                )
                for n, jav in enumerate(table.jav)
            ),
            substitute_for=table.substitute_for,
            source=checks.source("members", index),
        )
