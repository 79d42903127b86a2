"""What a well-formed edition still lacks: warnings with an address, for people to look at."""

from __future__ import annotations

from collections.abc import Iterator

from kvaljury.cli.edition_inputs import EditionInputs
from kvaljury.core.completeness import scoring_warnings
from kvaljury.core.eligibility import judge_entries
from kvaljury.core.model import Edition, Marks, Outcome
from kvaljury.core.pipeline import naming_provider
from kvaljury.core.scoring import score_readings
from kvaljury.errors import Source, Text
from kvaljury.files import InputWarning

_ENTRIES, _MARKS = Source("entries"), Source("marks")


def semantic_warnings(inputs: EditionInputs, marks: Marks) -> list[InputWarning]:
    """Tell everything that stops nothing but that people should know before they rank.

    Args:
        inputs: the edition and the functions it names.
        marks: every mark that could be read.

    Returns:
        Unknown verdicts, missing marks and missing readers, each with an address.
    """
    with naming_provider(inputs.toolkit.plugins):
        return [*_unknown_verdicts(inputs), *_incomplete_marks(inputs, marks)]


def _unknown_verdicts(inputs: EditionInputs) -> Iterator[InputWarning]:
    sources = {entry.id: entry.source for entry in inputs.edition.entries}
    for verdict in judge_entries(inputs.edition, inputs.toolkit.rules):
        unknown = {f.rule: f.reason for f in verdict.findings if f.verdict is Outcome.UNKNOWN}
        if not unknown:
            continue
        where = sources[verdict.entry] or _ENTRIES
        if len(unknown) == 1:
            ((rule, reason),) = unknown.items()
            message = Text(
                "{entry} cannot be judged by {rule}: {reason}",
                entry=verdict.entry,
                rule=rule,
                reason=reason,
            )
        else:
            message = Text(
                "{entry} cannot be judged by {rules}: something is not known",
                entry=verdict.entry,
                rules=", ".join(unknown),
            )
        hint = Text("kvaljury eligibility gives every reason") if len(unknown) > 1 else None
        yield InputWarning(message, where, hint, "unknown-verdict")


def _incomplete_marks(inputs: EditionInputs, marks: Marks) -> Iterator[InputWarning]:
    if not marks.valid:
        message = Text("there is no valid mark, so nothing can be ranked yet")
        yield InputWarning(message, _MARKS, code="no-marks")
        return
    sources = _sources(inputs.edition, marks)
    readings = score_readings(inputs.edition, marks, inputs.toolkit.rubrics)
    for message in scoring_warnings(inputs.edition, readings, marks):
        about = dict(message.parameters)
        reading = (str(about.get("entry", "")), str(about.get("examiner", "")))
        where = sources.get(reading) or sources.get((reading[0], "")) or _ENTRIES
        yield InputWarning(message, where, code="incomplete-marks")


def _sources(edition: Edition, marks: Marks) -> dict[tuple[str, str], Source | None]:
    sources: dict[tuple[str, str], Source | None] = {
        (entry.id, ""): entry.source for entry in edition.entries
    }
    for mark in marks.valid:
        sources.setdefault((mark.entry, mark.examiner), mark.source)
    return sources
