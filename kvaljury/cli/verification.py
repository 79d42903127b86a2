"""An edition folder to everything of it that can be verified."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

import attrs

from kvaljury.cli.output import Output
from kvaljury.core.decision_data import last_decisions
from kvaljury.core.model.record import DecisionRecord
from kvaljury.core.verification import (
    Check,
    Standing,
    check_absence,
    check_chain,
    check_copy,
    check_corrections,
    check_events,
    check_head,
    check_voided,
)
from kvaljury.errors import DiskFault, KvaljuryError, Text, UsageFault, VerificationFault
from kvaljury.files.decision_record import RECORD, parse_record, read_record
from kvaljury.files.edition_file import EDITION_FILE
from kvaljury.files.input_files import is_present
from kvaljury.files.stray_copies import stray_copies
from kvaljury.files.writing import LOCK_FILE

RANKING = "out/ranking.json"
_SCHEMA = "kvaljury.ranking/1"
_TRACES = (f"decisions/{LOCK_FILE}", "out/protokoll.docx", "out/protokoll.pdf")


@attrs.frozen
class Verification:
    """What was verified of an edition folder.

    Attributes:
        record: of the decisions, or None where it does not verify.
        checks: in the order in which they were made.
        fault: why something could not be made anew, or None.
    """

    record: DecisionRecord | None
    checks: tuple[Check, ...]
    fault: KvaljuryError | None = None

    def standing(self, *standings: Standing) -> tuple[Check, ...]:
        """Give the checks of which one of some things came."""
        return tuple(check for check in self.checks if check.standing in standings)

    @property
    def failed(self) -> tuple[Check, ...]:
        """What does not hold.

        Files that were changed and give the same result fail nothing: a jury that meets twice
        adds to its votes. They are told by name.
        """
        return self.standing(Standing.DIFFERS)


def verify_edition(
    folder: Path,
    plugin_folders: Sequence[Path],
    output: Output,
    *,
    head: str | None = None,
    copy: Path | None = None,
    tries_ranking: bool = True,
) -> Verification:
    """Verify the record of an edition, and make anew what follows from its files.

    Args:
        folder: the edition folder; one that holds the record alone will do.
        plugin_folders: folders of one-file plugins.
        output: whose language a progress bar speaks.
        head: 64 hexadecimal digits that the record should have as its head.
        copy: an older record, or the folder of an edition with one.
        tries_ranking: whether a ranking that was written is made anew as well.

    Raises:
        UsageFault: if the copy is not there.
        DiskFault: if a file cannot be read.
    """
    older = None if copy is None else read_copy(copy)
    try:
        record = read_record(folder)
    except VerificationFault as error:
        return Verification(None, (_broken(error, "record", RECORD),))
    checks = list(_stray(folder))
    if record.events:
        is_compared = head is not None or isinstance(older, DecisionRecord)
        checks.insert(0, check_chain(record, RECORD, is_compared=is_compared))
    else:
        is_empty = os.path.lexists(folder / RECORD)
        checks += check_absence(RECORD, is_empty=is_empty, traces=_traces(folder))
    if head is not None:
        checks.append(check_head(record, head))
    if isinstance(older, VerificationFault):
        checks.append(_broken(older, "copy", str(copy)))
    elif older is not None:
        checks.append(check_copy(record, older, str(copy)))
    unsound = list(check_events(record, RECORD))
    checks += unsound or [*check_corrections(record), *check_voided(record)]
    sound = DecisionRecord() if unsound else record
    fault: KvaljuryError | None = None
    for made, name, subject in (
        (_decisions(folder, plugin_folders, sound), "decision", RECORD),
        (
            _ranking(folder, plugin_folders, output) if tries_ranking else iter(()),
            "ranking",
            RANKING,
        ),
    ):
        try:
            checks += made
        except DiskFault:
            raise
        except KvaljuryError as error:
            fault = fault or error
            said = Text("it could not be made anew: {fault}", fault=error.message)
            checks.append(Check(name, subject, Standing.UNTRIED, said))
    return Verification(record, tuple(checks), fault)


def _stray(folder: Path) -> Iterator[Check]:
    for path in stray_copies(folder):
        said = Text("the file lies beside the one that is read, and nothing in it counts")
        yield Check("record", path, Standing.NOTED, said)


def _traces(folder: Path) -> list[str]:
    """Give what only stands where something was recorded."""
    return [path for path in _TRACES if os.path.lexists(folder / path)]


def require_upheld(
    folder: Path, plugin_folders: Sequence[Path], output: Output, *, refuses: bool
) -> None:
    """Hold the record against its files before anybody is told of it.

    Args:
        folder: the edition folder.
        plugin_folders: folders of one-file plugins.
        output: where what could not be tried, or does not hold, is complained of.
        refuses: whether what does not hold is refused, and not only complained of.

    Raises:
        VerificationFault: if something does not hold and that is refused.
        DiskFault: if a file cannot be read.
    """
    found = verify_edition(folder, plugin_folders, output, tries_ranking=False)
    hint = Text("see all of it with: kvaljury verify; then decide the class anew")
    for check in found.standing(Standing.DIFFERS):
        said = Text("{subject}: {said}", subject=check.subject, said=check.said)
        if refuses:
            raise VerificationFault(said, hint=hint)
        output.complaint(Text("WARNING: {what}", what=said))
        output.complaint(hint)
    for check in found.standing(Standing.UNTRIED):
        said = Text("{subject}: {said}", subject=check.subject, said=check.said)
        output.complaint(Text("Not verified: {what}", what=said))


def read_copy(copy: Path) -> DecisionRecord | VerificationFault:
    """Read an older record, or give what is wrong with it.

    Args:
        copy: the file, or an edition folder.

    Raises:
        UsageFault: if it is not there or cannot be read.
    """
    path = copy / RECORD if copy.is_dir() else copy
    try:
        content = path.read_bytes()
    except OSError as error:
        message = Text(
            "the copy {path} cannot be read: {reason}",
            path=str(path),
            reason=_reason(error),
        )
        raise UsageFault(message, hint=Text("give a record.jsonl or an edition folder")) from error
    try:
        return parse_record(content, str(path))
    except VerificationFault as error:
        return error


def _reason(error: OSError) -> Text | str:
    if isinstance(error, FileNotFoundError):
        return Text("it is not there")
    if isinstance(error, PermissionError):
        return Text("it may not be read")
    return type(error).__name__


def _broken(fault: VerificationFault, name: str, subject: str) -> Check:
    line = fault.where.line if fault.where else 0
    said = Text("line {line}: {fault}", line=line, fault=fault.message)
    return Check(name, subject, Standing.DIFFERS, said)


def _decisions(
    folder: Path, plugin_folders: Sequence[Path], record: DecisionRecord
) -> Iterator[Check]:
    events = last_decisions(record)
    if not events:
        return
    if not is_present(folder / EDITION_FILE):
        said = Text("the files that the decisions rest on are not here: the record alone was tried")
        yield Check("decision", RECORD, Standing.UNTRIED, said)
        return
    from kvaljury.cli.recounting import recounted_decisions

    yield from recounted_decisions(folder, plugin_folders, events)


def _ranking(folder: Path, plugin_folders: Sequence[Path], output: Output) -> Iterator[Check]:
    if not os.path.lexists(folder / RANKING):
        return
    if not is_present(folder / EDITION_FILE):
        said = Text("the files that the ranking was made of are not here")
        yield Check("ranking", RANKING, Standing.UNTRIED, said)
        return
    from kvaljury.cli.recounting import recounted_ranking

    try:
        written = json.loads((folder / RANKING).read_bytes())
        is_ranking = isinstance(written, dict) and written.get("schema") == _SCHEMA
    except (ValueError, RecursionError):
        is_ranking = False
    if not is_ranking:
        said = Text("it is no document of the schema {schema}", schema=_SCHEMA)
        yield Check("ranking", RANKING, Standing.DIFFERS, said)
        return
    yield recounted_ranking(folder, plugin_folders, RANKING, written, output)
