"""A record of decisions held against a head, a copy, the files it rests on, and its own recount."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Any

import attrs

from kvaljury.core.decision_data import CORRECTED, DECIDED, VOIDED, is_void, last_decisions
from kvaljury.core.differences import Difference, FileChange, FileState, differences, file_changes
from kvaljury.core.model.record import DecisionRecord, Event, Plain
from kvaljury.core.record_soundness import require_sound_inputs, require_sound_voiding
from kvaljury.core.recorded_decisions import (
    KINDS,
    read_decision,
    read_field,
    unsound,
)
from kvaljury.errors import Text, VerificationFault

_AFTER_SIGNING = frozenset({"published", "feedback-forced"})
_VERSIONS = frozenset({"plugins", "version"})
_WORDINGS = frozenset(
    {"assumptions", "en", "notes", "reason", "sentences", "sv", "title", "warnings"}
)
_NOT_RECOUNTED = _VERSIONS | {"inputs"}
# What rules and plugins say; a person's own reason is a fact, whichever version wrote it down.
_REWORDED = re.compile(
    r"(title|jav\[.*\]\.reason|eligibility\[.*\]\.failed\[.*\]\.reason"
    r"|tally\.figures\[[^\]]*\]\.label)\.(sv|en)"
)
_ALWAYS_READ = frozenset({"edition.toml", "jury.toml"})


class Standing(StrEnum):
    """What came of a check; all but what differs hold, and what is untried is not known.

    Stale is what comes out again although files that it rests on are not what they were.
    """

    VERIFIED = "verified"
    NOTED = "noted"
    STALE = "stale"
    DIFFERS = "differs"
    UNTRIED = "untried"


@attrs.frozen
class Check:
    """One thing that was verified, or could not be.

    Attributes:
        name: ``record``, ``head``, ``copy``, ``correction``, ``voided``, ``decision`` or
            ``ranking``.
        subject: class or file that it is about.
        said: what came of it, as a sentence.
        files: that are not what they were.
        differences: values that do not come out again.
        versions: of kvaljury and plugins, where they are others than then, and what they put in
            other words; the result has to be the same.
    """

    name: str
    subject: str
    standing: Standing
    said: Text
    files: tuple[FileChange, ...] = ()
    differences: tuple[Difference, ...] = ()
    versions: tuple[Difference, ...] = ()


def check_chain(record: DecisionRecord, file: str, *, is_compared: bool = False) -> Check:
    """Say that a record that could be read is whole in itself.

    Args:
        record: as it stands.
        file: where it stands.
        is_compared: whether a head or a copy from elsewhere is held against it as well; without
            one nothing tells whether the whole record was written anew.
    """
    if is_compared:
        said = Text(
            "every line is tied to the one before; events: {n}",
            n=len(record.events),
        )
    else:
        said = Text(
            "every line is tied to the one before; events: {n}. Nothing has been compared with"
            " signed minutes: whoever can write the file can write all of it anew. Give the"
            " checksum of the minutes with --head",
            n=len(record.events),
        )
    return Check("record", file, Standing.VERIFIED, said)


def check_absence(file: str, *, is_empty: bool, traces: Sequence[str]) -> Iterator[Check]:
    """Give a check that differs where a record must have been, and none is.

    Args:
        file: where it should stand.
        is_empty: whether a file is there that holds nothing.
        traces: paths of what only stands where something was recorded.
    """
    if is_empty:
        said = Text("the file is there and holds nothing; kvaljury never writes it empty")
        yield Check("record", file, Standing.DIFFERS, said)
    elif traces:
        said = Text(
            "there is no record, and yet there is {traces}: the record has been removed, or"
            " kvaljury was interrupted before it had recorded anything",
            traces=tuple(traces),
        )
        yield Check("record", file, Standing.DIFFERS, said)


def check_head(record: DecisionRecord, head: str) -> Check:
    """Hold a record against a head that was noted elsewhere.

    Args:
        record: as it stands.
        head: 64 hexadecimal digits in lower case.

    Returns:
        Verified where it is the head. Where it is that of an earlier event, everything up to
        there is unchanged: noted where only publication and feedback came after, else differs.
    """
    if head == record.head:
        return Check("head", head, Standing.VERIFIED, Text("it is the checksum of the record"))
    for event in record.events:
        if event.digest == head:
            return _older_head(event, record.events[event.number :])
    said = Text("no event of the record has this checksum: it is not the record that was signed")
    return Check("head", head, Standing.DIFFERS, said)


def _older_head(event: Event, later: Sequence[Event]) -> Check:
    kinds = {after.kind for after in later}
    standing = Standing.NOTED if kinds <= _AFTER_SIGNING else Standing.DIFFERS
    said = Text(
        "it is the checksum of event {number}, and everything up to it is unchanged; events added"
        " since then: {events}",
        number=event.number,
        events=", ".join(f"{after.number} {after.kind}" for after in later),
    )
    return Check("head", event.digest, standing, said)


def check_copy(record: DecisionRecord, older: DecisionRecord, name: str) -> Check:
    """Hold a record against an older copy of it.

    Args:
        record: as it stands.
        older: the copy.
        name: what the copy is called.
    """
    ours, theirs = ([e.digest for e in each.events] for each in (record, older))
    if theirs == ours[: len(theirs)]:
        said = Text(
            "every event of the copy stands unchanged in the record; events in the copy: {n}, added"
            " since then: {added}",
            n=len(theirs),
            added=len(ours) - len(theirs),
        )
        return Check("copy", name, Standing.VERIFIED, said)
    if ours == theirs[: len(ours)]:
        said = Text(
            "the record ends at event {number}; events after it in the copy: {n}",
            number=len(ours),
            n=len(theirs) - len(ours),
        )
        return Check("copy", name, Standing.DIFFERS, said)
    first = next(n for n, (a, b) in enumerate(zip(ours, theirs, strict=False), 1) if a != b)
    said = Text("from event {number} on the record is not what the copy has", number=first)
    return Check("copy", name, Standing.DIFFERS, said)


def check_events(record: DecisionRecord, file: str) -> Iterator[Check]:
    """Give a check for each event that kvaljury cannot have written, though the chain holds."""
    for event in record.events:
        try:
            _require_sound(event, record.events[: event.number - 1])
        except VerificationFault as fault:
            yield Check("record", file, Standing.DIFFERS, fault.message)


def _require_sound(event: Event, before: Sequence[Event]) -> None:
    if event.kind not in KINDS:
        raise unsound(event, "kind")
    if event.kind == DECIDED:
        read_decision(event)
        require_sound_inputs(event)
    elif event.kind == VOIDED:
        require_sound_voiding(event, before)
    elif event.kind == CORRECTED:
        read_field(event, "class")
        read_field(event, "reason")


def check_corrections(record: DecisionRecord) -> Iterator[Check]:
    """Give a check that differs for each event that speaks of one that is not what it says."""
    for event in record.events:
        if event.kind == CORRECTED and not _is_sound_correction(event, record.events):
            said = Text(
                "event {number} says that it replaces a decision, and no such decision of the"
                " class stands before it or no new one after it",
                number=event.number,
            )
            yield Check("correction", str(event.data.get("class")), Standing.DIFFERS, said)


def _is_sound_correction(event: Event, events: Sequence[Event]) -> bool:
    replaced = event.data.get("replaces")
    of_class = [e.number for e in events if e.kind == DECIDED and _same_class(e, event)]
    return replaced in [n for n in of_class if n < event.number] and event.number + 1 in of_class


def _same_class(one: Event, other: Event) -> bool:
    return one.data.get("class") == other.data.get("class")


def check_voided(record: DecisionRecord) -> Iterator[Check]:
    """Give a check for each class whose decision rests on what was made void since."""
    for name in last_decisions(record):
        if is_void(record, name):
            said = Text(
                "ballots or votes that the decision rests on were made void, and the class has not"
                " been decided anew since"
            )
            yield Check("voided", name, Standing.NOTED, said)


def check_decision(
    event: Event,
    hashes: Mapping[str, str],
    recounted: Mapping[str, Plain] | None,
    refusals: Sequence[Text] = (),
) -> Check:
    """Hold a decision against what comes of the files that it rests on.

    Args:
        event: of the kind ``decided``.
        hashes: SHA-256 of the files by path, as they are now.
        recounted: what would be recorded of the class today, or None where it has no nominee.
        refusals: why it could not be recorded today.
    """
    noted: Any = event.data.get("inputs", {})
    files = file_changes(noted, hashes)
    found, versions = _compared(event.data, recounted or {}, _is_reworded)
    standing, said = _said_of_decision(event.number, files, found)
    unnoted = sorted(name for name in _ALWAYS_READ & hashes.keys() if name not in noted)
    if not found and (unnoted or (hashes and not noted)):
        standing = Standing.DIFFERS
        said = Text(
            "event {number} does not name all files that a decision rests on; missing: {files}",
            number=event.number,
            files=tuple(unnoted or sorted(hashes)),
        )
    if refusals and not found:
        standing = Standing.DIFFERS
        said = Text(
            "event {number} comes out again, and could not be recorded: {refusal}",
            number=event.number,
            refusal=refusals[0],
        )
    standing = _with_versions(standing, versions)
    return Check("decision", str(event.data.get("class")), standing, said, files, found, versions)


def _compared(
    noted: Mapping[str, Any], found: Mapping[str, Any], is_wording: Callable[[str], bool]
) -> tuple[tuple[Difference, ...], tuple[Difference, ...]]:
    """Give the differences of two documents but for their inputs, those of versions apart."""

    def only(document: Mapping[str, Any], keys: Callable[[str], bool]) -> dict[str, Any]:
        return {key: value for key, value in document.items() if keys(key)}

    values, versions = (
        differences(only(noted, keys), only(found, keys))
        for keys in (lambda key: key not in _NOT_RECOUNTED, lambda key: key in _VERSIONS)
    )
    if not versions:
        return tuple(values), ()
    # Another version may put the same thing in other words.
    reworded = [one for one in values if is_wording(one.key)]
    return tuple(one for one in values if one not in reworded), (*versions, *reworded)


def _is_reworded(key: str) -> bool:
    return _REWORDED.fullmatch(key) is not None


def _is_wording(key: str) -> bool:
    return key.rpartition(".")[2].partition("[")[0] in _WORDINGS


def _with_versions(standing: Standing, versions: Sequence[Difference]) -> Standing:
    return Standing.NOTED if versions and standing is Standing.VERIFIED else standing


def _said_of_decision(
    number: int, files: Sequence[FileChange], found: Sequence[Difference]
) -> tuple[Standing, Text]:
    is_changed = any(change.state is not FileState.ADDED for change in files)
    if found and is_changed:
        return Standing.DIFFERS, Text(
            "files that the decision (event {number}) rests on have been changed or removed since,"
            " and another result comes of them as they are now; verify with the files as they were",
            number=number,
        )
    if found:
        return Standing.DIFFERS, Text(
            "the files are those that the decision (event {number}) rests on, and another result"
            " comes of them",
            number=number,
        )
    if is_changed:
        return Standing.STALE, Text(
            "files that the decision (event {number}) rests on have been changed or removed since;"
            " the same result comes of them as they are now",
            number=number,
        )
    if files:
        return Standing.NOTED, Text(
            "tally and outcome of event {number} come out again; files have been added since",
            number=number,
        )
    return Standing.VERIFIED, Text(
        "tally and outcome of event {number} come out again from the same files",
        number=number,
    )


def check_ranking(file: str, written: Mapping[str, Any], made: Mapping[str, Any]) -> Check:
    """Hold a ranking that was written against one that was made anew.

    Args:
        file: where it stands.
        written: the document, schema ``kvaljury.ranking/1``.
        made: likewise, of the files as they are now.
    """
    files = file_changes(written.get("inputs", {}), made.get("inputs", {}))
    found, versions = _compared(written, made, _is_wording)
    standing, said = _said_of_ranking(files, found)
    standing = _with_versions(standing, versions)
    return Check("ranking", file, standing, said, files, found, versions)


def _said_of_ranking(
    files: Sequence[FileChange], found: Sequence[Difference]
) -> tuple[Standing, Text]:
    is_changed = any(change.state is not FileState.ADDED for change in files)
    if any(not one.is_last_decimal for one in found):
        if files:
            return Standing.DIFFERS, Text(
                "it was made of other files than those that stand here now: rank again"
            )
        return Standing.DIFFERS, Text("another ranking comes of the same files")
    if is_changed:
        return Standing.STALE, Text(
            "files have been changed or removed since; the same ranking comes of them"
        )
    if found:
        return Standing.NOTED, Text(
            "it comes out again but for the last of six decimals, as another processor may have it"
        )
    if files:
        return Standing.NOTED, Text("it comes out again; files have been added since")
    return Standing.VERIFIED, Text("it comes out again from the same files")
