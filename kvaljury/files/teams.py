"""teams.toml to teams and examiners, checked against the entries and against each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import attrs

from kvaljury.core.model import Entry, Examiner, Guest, Jav, State, Team
from kvaljury.errors import Source, Text
from kvaljury.files.characters import (
    LONGEST_NAME,
    LONGEST_PROSE,
    SPACES,
    code_of,
    first_control,
    first_invisible,
)
from kvaljury.files.ids import id_misfit
from kvaljury.files.input_files import is_present
from kvaljury.files.log import InputLog
from kvaljury.files.nearest import nearest_word
from kvaljury.files.references import KnownIds
from kvaljury.files.toml_documents import TomlDocument, read_toml

FILE = "teams.toml"
_FEWEST, _MOST = 3, 4

Path_ = tuple[str | int, ...]


@attrs.frozen
class _GuestTable:
    examiner: str
    entry: str


@attrs.frozen(kw_only=True)
class _TeamTable:
    id: str
    name: str | None = None
    coordinator: str | None = None
    examiners: tuple[str, ...]
    entries: tuple[str, ...] = ()
    guests: tuple[_GuestTable, ...] = ()


@attrs.frozen
class _JavTable:
    entry: str
    ground: str


@attrs.frozen(kw_only=True)
class _ExaminerTable:
    id: str
    name: str | None = None
    administration: str | None = None
    jav: tuple[_JavTable, ...] = ()


@attrs.frozen
class _TeamsFile:
    teams: tuple[_TeamTable, ...] = ()
    examiners: tuple[_ExaminerTable, ...] = ()


@attrs.frozen
class _Reading:
    """One reading of the file: what is checked against what."""

    document: TomlDocument
    file: _TeamsFile
    entries: KnownIds
    examiners: KnownIds
    log: InputLog

    def fault(self, path: Path_, code: str, message: Text, hint: Text | None = None) -> None:
        self.log.fault(code, self.document.source(*path), message, hint)

    def warn(self, path: Path_, code: str, message: Text, hint: Text | None = None) -> None:
        self.log.warn(code, self.document.source(*path), message, hint)


def read_teams(
    folder: Path, entries: Sequence[Entry], log: InputLog
) -> tuple[tuple[Team, ...], tuple[Examiner, ...]]:
    """Read teams, examiners, guest readings and declared jäv.

    Args:
        folder: the edition folder.
        entries: those of the edition.
        log: gets every fault and warning; after a fault, who may read what is left unchecked.

    Returns:
        Teams sorted by id, and every examiner of every team sorted by id; nothing where the
        file is absent or cannot be read.
    """
    if not is_present(folder / FILE):
        return (), ()
    faults_before = len(log.faults)
    document = read_toml(folder / FILE, FILE, log)
    file = document.structure(_TeamsFile, log) if document else None
    if document is None or file is None:
        log.unread.update({"examiner", "team"})
        return (), ()
    in_teams = [examiner for team in file.teams for examiner in team.examiners]
    known = KnownIds.of("entry", (entry.id for entry in entries), log)
    reading = _Reading(document, file, known, KnownIds.of("examiner", in_teams, log), log)
    _check_teams(reading)
    _check_examiners(reading)
    if len(log.faults) > faults_before:
        log.unread.add("team")
    elif file.teams:
        _warn_of_homeless(reading, entries)
    teams = tuple(sorted(_teams(reading), key=lambda team: team.id))
    return teams, tuple(_examiners(reading, teams))


def _check_teams(reading: _Reading) -> None:
    teams = reading.file.teams
    _check_ids(reading, [(("teams", i, "id"), team.id) for i, team in enumerate(teams)])
    _check_homes(reading, "examiners")
    _check_homes(reading, "entries")
    for index, team in enumerate(teams):
        path = ("teams", index)
        _check_line(reading, (*path, "name"), team.name)
        _check_size(reading, path, team)
        _check_coordinator(reading, path, team)
        for n, entry in enumerate(team.entries):
            reading.entries.check(entry, reading.document.source(*path, "entries", n))
        for n, guest in enumerate(team.guests):
            where = (*path, "guests", n)
            reading.entries.check(guest.entry, reading.document.source(*where, "entry"))
            reading.examiners.check(guest.examiner, reading.document.source(*where, "examiner"))


def _check_ids(reading: _Reading, ids: Sequence[tuple[Path_, str]]) -> None:
    """Refuse malformed ids, and ids that stand twice, whatever their case."""
    first: dict[str, tuple[Path_, str]] = {}
    for path, name in ids:
        if misfit := id_misfit(name):
            reading.fault(path, "malformed-id", *misfit)
        other_path, other = first.setdefault(name.casefold(), (path, name))
        if other_path != path:
            message = Text(
                'the id "{id}" is taken: "{other}" stands at {where}',
                id=name,
                other=other,
                where=reading.document.source(*other_path).said(),
            )
            reading.fault(path, "same-id", message, Text("capitals do not tell ids apart"))


def _check_homes(reading: _Reading, key: str) -> None:
    """Refuse an examiner or entry that stands in two teams, or twice in one."""
    homes: dict[str, tuple[str, str]] = {}
    for index, team in enumerate(reading.file.teams):
        for n, name in enumerate(getattr(team, key)):
            path = ("teams", index, key, n)
            if key == "examiners" and (misfit := id_misfit(name)):
                reading.fault(path, "malformed-id", *misfit)
            other, home = homes.setdefault(name.casefold(), (name, team.id))
            if (other, home) != (name, team.id) or getattr(team, key).index(name) != n:
                reading.fault(path, "two-homes", *_two_homes(key, other, home, name, team.id))


def _two_homes(key: str, other: str, home: str, name: str, team: str) -> tuple[Text, Text]:
    if other != name:
        message = Text(
            'the ids "{other}" in team {home} and "{name}" in team {team} differ only in capitals',
            other=other,
            home=home,
            name=name,
            team=team,
        )
        return message, Text("capitals do not tell ids apart")
    if home == team:
        return Text("{name} stands twice in team {team}", name=name, team=team), Text(
            "delete one of them"
        )
    if key == "entries":
        return Text(
            "the entry {name} stands in two teams, {home} and {team}",
            name=name,
            home=home,
            team=team,
        ), Text("list it in its home team; let the others read it as guests")
    return Text(
        "the examiner {name} stands in two teams, {home} and {team}",
        name=name,
        home=home,
        team=team,
    ), Text("list the examiner in one team; let them read for the other as a guest")


def _check_size(reading: _Reading, path: Path_, team: _TeamTable) -> None:
    if not _FEWEST <= len(team.examiners) <= _MOST:
        message = Text(
            "team {team} has {n} examiners; 3-4 were expected",
            team=team.id,
            n=len(team.examiners),
        )
        reading.warn((*path, "examiners"), "team-size", message)


def _check_coordinator(reading: _Reading, path: Path_, team: _TeamTable) -> None:
    name = team.coordinator
    where = (*path, "coordinator")
    if name is None or name in team.examiners:
        return
    if reading.examiners.check(name, reading.document.source(*where)):
        message = Text(
            "the coordinator {name} is none of the examiners of team {team}",
            name=name,
            team=team.id,
        )
        reading.warn(where, "coordinator-elsewhere", message)


def _check_examiners(reading: _Reading) -> None:
    tables = reading.file.examiners
    _check_ids(reading, [(("examiners", i, "id"), table.id) for i, table in enumerate(tables)])
    for index, table in enumerate(tables):
        path = ("examiners", index)
        _check_line(reading, (*path, "name"), table.name)
        _check_line(reading, (*path, "administration"), table.administration)
        if table.id not in reading.examiners.ids:
            _refuse_teamless(reading, path, table.id)
        for n, jav in enumerate(table.jav):
            where = (*path, "jav", n)
            reading.entries.check(jav.entry, reading.document.source(*where, "entry"))
            if not jav.ground.strip(SPACES):
                message = Text("the ground of the jäv is empty")
                reading.fault((*where, "ground"), "empty-field", message)
            _check_line(reading, (*where, "ground"), jav.ground, LONGEST_PROSE)


def _refuse_teamless(reading: _Reading, path: Path_, name: str) -> None:
    near = nearest_word(name, reading.examiners.ids)
    hint = Text("did you mean {name}?", name=near) if near else Text("add them to a team")
    message = Text("the examiner {name} is in no team", name=name)
    reading.fault((*path, "id"), "teamless-examiner", message, hint)


def _check_line(
    reading: _Reading, path: Path_, text: str | None, longest: int = LONGEST_NAME
) -> None:
    """Refuse control and invisible characters in a name, and one that is too long."""
    if text and len(text) > longest:
        message = Text("the text is longer than {limit} characters", limit=longest)
        reading.fault(path, "too-long", message, Text("shorten it"))
        return
    sign = first_control(text or "") or first_invisible(text or "")
    if sign:
        message = Text("a character that no name can have ({code}) stands here", code=code_of(sign))
        reading.fault(path, "control-character", message, Text("type the text anew"))


def _warn_of_homeless(reading: _Reading, entries: Sequence[Entry]) -> None:
    listed = {entry for team in reading.file.teams for entry in team.entries}
    for entry in entries:
        if entry.id not in listed and entry.state is State.COMPETING:
            message = Text("the entry {id} is in no team", id=entry.id)
            hint = Text("list it in its team")
            reading.log.warn("homeless-entry", Source(FILE), message, hint)  # noqa: PLE1205  # no logger


def _teams(reading: _Reading) -> Iterator[Team]:
    for index, table in enumerate(reading.file.teams):
        guests = ((guest.examiner, guest.entry) for guest in table.guests)
        yield Team(
            id=table.id,
            coordinator=table.coordinator,
            examiners=tuple(dict.fromkeys(table.examiners)),
            entries=tuple(e for e in dict.fromkeys(table.entries) if e in reading.entries.ids),
            guests=tuple(Guest(*pair) for pair in sorted(set(guests))),
            name=table.name,
            source=reading.document.source("teams", index),
        )


def _examiners(reading: _Reading, teams: Sequence[Team]) -> Iterator[Examiner]:
    details: Mapping[str, tuple[int, _ExaminerTable]] = {
        table.id: (index, table) for index, table in enumerate(reading.file.examiners)
    }
    homes = {name: team for team in teams for name in team.examiners}
    for name in sorted(homes):
        if name not in details:
            yield Examiner(name, source=homes[name].source)
            continue
        index, table = details[name]
        yield Examiner(
            id=name,
            name=table.name,
            administration=table.administration,
            jav=tuple(Jav(j.entry, j.ground) for j in table.jav),
            source=reading.document.source("examiners", index),
        )
