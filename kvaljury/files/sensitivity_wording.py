"""How firmly lists stand, in plain sentences; examiners and entries by id alone."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

import attrs

from kvaljury.core.model import Edition
from kvaljury.core.model.sensitivity import (
    ClassSensitivity,
    EntrySensitivity,
    Family,
    ListedCount,
    ListState,
    LostScenario,
    ReadingChange,
    Sensitivity,
    WeightChange,
)
from kvaljury.errors import Text

AreaLabels = Mapping[str, Text]

SENSITIVITY = Text("Sensitivity")
NO_LABELS: AreaLabels = MappingProxyType({})
FAMILY_WORDS: Mapping[Family, Text] = {
    Family.EXAMINERS: Text("Without one examiner"),
    Family.AREAS: Text("Without one area"),
    Family.RAW: Text("Raw scores"),
    Family.AGGREGATION: Text("Mean or median"),
    Family.WEIGHTS: Text("Other weights"),
}
_ONE_EXAMINER = "without-one-examiner"
_CODE_WORDS = {
    _ONE_EXAMINER: Text("without one of the examiners"),
    "raw": Text("raw scores"),
    "mean": Text("mean of the examiners"),
    "median": Text("median of the examiners"),
    "weights": Text("some draws of the areas' weights"),
}
_NOTHING_TO_ALTER = Text(
    "The class has no more entries than places on the list, so there is nothing to alter."
)
_TIED = Text(
    "Entries share the last place on the list, so the slightest change decides which of them"
    " is on it."
)
_RAW_ALONE = Text(
    "The teams cannot be compared, so what is said here is about the raw scores alone."
)
_NO_READING = Text(
    "No change of a single reading's total within 0–100 was found that alters the list."
)
_NO_WEIGHT = Text("No shift of a single area's weight was found that alters the list.")


def area_labels(edition: Edition) -> AreaLabels:
    """Give the heading of each area by id, for the sentences that name one."""
    return {area.id: area.label for area in edition.rules.areas}


def scenario_text(code: str, areas: AreaLabels = NO_LABELS) -> Text:
    """Name a scenario.

    Args:
        code: as in the results.
        areas: headings by id; an area without one is named by its id.

    >>> str(scenario_text("without-examiner:E07"))
    'without examiner E07'
    """
    kind, _, left_out = code.partition(":")
    if kind == "without-examiner":
        return Text("without examiner {id}", id=left_out)
    if kind == "without-area":
        return Text("without the area {area}", area=areas.get(left_out, left_out))
    return _CODE_WORDS[kind]


def count_text(count: ListedCount) -> str:
    """Give how often an entry is on the list, such as ``78/80``, or nothing without scenarios."""
    return f"{count.listed}/{count.scenarios}" if count.scenarios else ""


def describe_sensitivity(
    entry: EntrySensitivity, areas: AreaLabels = NO_LABELS
) -> tuple[Text, Text]:
    """Say in two sentences how firmly an entry stands on the list, or beside it.

    Args:
        entry: of a class with a list.
        areas: as for :func:`scenario_text`.

    Returns:
        How often it is on the list, and between which places and because of what it moves.
    """
    drawn = entry.counts[-1]
    named = entry.counts[:-1]
    numbers: dict[str, Any] = {
        "place": entry.place,
        "listed": sum(count.listed for count in named),
        "named": sum(count.scenarios for count in named),
        "drawn_listed": drawn.listed,
        "drawn": drawn.scenarios,
    }
    if entry.is_listed:
        often = Text(
            "Place {place} by score, on the list; it stays there in {listed} of {named}"
            " recalculations without one examiner or area or with the examiners combined"
            " otherwise, and in {drawn_listed} of {drawn} draws of the areas' weights.",
            **numbers,
        )
    else:
        often = Text(
            "Place {place} by score, not on the list; it is on it in {listed} of {named}"
            " recalculations without one examiner or area or with the examiners combined"
            " otherwise, and in {drawn_listed} of {drawn} draws of the areas' weights.",
            **numbers,
        )
    return often, Text("{range} {cause}", range=_range(entry), cause=_cause(entry, areas))


def describe_anonymously(
    entry: EntrySensitivity, areas: AreaLabels = NO_LABELS
) -> tuple[Text, Text]:
    """Say the same without telling which examiner it is that makes the difference.

    Args:
        entry: as for :func:`describe_sensitivity`.
        areas: likewise.
    """
    return describe_sensitivity(
        attrs.evolve(
            entry,
            taken_off_by=_without_ids(entry.taken_off_by),
            put_on_by=_without_ids(entry.put_on_by),
        ),
        areas,
    )


def sentences_by_entry(
    found: ClassSensitivity, areas: AreaLabels = NO_LABELS
) -> dict[str, tuple[Text, ...]]:
    """Say to each entry of a class how firmly it stands, without naming an examiner.

    Args:
        found: the class.
        areas: heading of each area by id.

    Returns:
        By entry id: two sentences, with what limits them in front; one where there is nothing
        to choose from.
    """
    if found.state is ListState.NO_CHOICE:
        return {entry.id: (_NOTHING_TO_ALTER,) for entry in found.entries}
    limits = () if found.comparable else (_RAW_ALONE,)
    return {entry.id: (*limits, *describe_anonymously(entry, areas)) for entry in found.entries}


def _without_ids(codes: Iterable[str]) -> tuple[str, ...]:
    kept = {_ONE_EXAMINER if code.startswith("without-examiner:") else code for code in codes}
    return tuple(sorted(kept))


def _range(entry: EntrySensitivity) -> Text:
    if entry.best == entry.worst:
        return Text("Its place is {place} throughout.", place=entry.place)
    return Text("Its place varies from {best} to {worst}.", best=entry.best, worst=entry.worst)


def _cause(entry: EntrySensitivity, areas: AreaLabels) -> Text:
    if entry.taken_off_by:
        codes = tuple(scenario_text(code, areas) for code in entry.taken_off_by)
        return Text("Taken off the list by: {scenarios}.", scenarios=codes)
    if entry.put_on_by:
        codes = tuple(scenario_text(code, areas) for code in entry.put_on_by)
        return Text("Put on the list by: {scenarios}.", scenarios=codes)
    if entry.is_listed:
        return Text("None of them takes it off the list.")
    return Text("None of them puts it on the list.")


def class_sentences(found: ClassSensitivity, areas: AreaLabels = NO_LABELS) -> list[Text]:
    """Say what would alter the list of a class, and what could not be tried.

    Args:
        found: the class; one without entries needs no sentence.
        areas: as for :func:`scenario_text`.

    Returns:
        Sentences in the order in which they are shown.
    """
    if not found.entries:
        return []
    sentences = [] if found.comparable else [_RAW_ALONE]
    if found.state is ListState.NO_CHOICE:
        sentences.append(_NOTHING_TO_ALTER)
    elif found.state is ListState.TIED:
        sentences.append(_TIED)
    else:
        sentences += [_reading_sentence(found.reading), _weight_sentence(found.weight, areas)]
    return sentences + [
        _lost_sentence(reason, found.lost, areas) for reason in _reasons(found.lost)
    ]


def _reading_sentence(change: ReadingChange | None) -> Text:
    if change is None:
        return _NO_READING
    points = math.ceil(abs(change.after - change.before) * 10 - 1e-6) / 10
    parts: dict[str, Any] = {
        "examiner": change.examiner,
        "entry": change.entry,
        "points": points,
        "consequence": _consequence(change),
    }
    if change.after > change.before:
        return Text("If {examiner} had given {entry} {points} points more, {consequence}.", **parts)
    return Text("If {examiner} had given {entry} {points} points less, {consequence}.", **parts)


def _weight_sentence(change: WeightChange | None, areas: AreaLabels) -> Text:
    if change is None:
        return _NO_WEIGHT
    outwards = math.ceil if change.after > change.before else math.floor
    return Text(
        "If the area {area} had weighed {after} per cent instead of {before}, and the others"
        " had kept their proportions, {consequence}.",
        area=areas.get(change.area, change.area),
        after=outwards(change.after * 10) / 10,
        before=change.before,
        consequence=_consequence(change),
    )


def _consequence(change: ReadingChange | WeightChange) -> Text:
    return Text(
        "{on} would take the place of {off} on the list", on=change.comes_on, off=change.falls_off
    )


def _reasons(lost: Iterable[LostScenario]) -> list[Text]:
    return list(dict.fromkeys(scenario.reason for scenario in lost))


def _lost_sentence(reason: Text, lost: Iterable[LostScenario], areas: AreaLabels) -> Text:
    codes = tuple(_lost_text(scenario, areas) for scenario in lost if scenario.reason == reason)
    return Text("Not computable ({reason}): {scenarios}.", reason=reason, scenarios=codes)


def _lost_text(scenario: LostScenario, areas: AreaLabels) -> Text:
    name = scenario_text(scenario.code, areas)
    if scenario.count == 1:
        return name
    return Text("{scenario} ({n})", scenario=name, n=scenario.count)


def method_sentences(sensitivity: Sensitivity) -> list[Text]:
    """Say how it was computed and what was kept fixed."""
    sentences = [
        Text(
            "The counts tell in how many of the recalculations the entry is on the list; a tie at"
            " the cut counts as on."
        ),
        Text(
            "Places go by score alone; no status is decided anew, and the uncertainty of the"
            " scores themselves is in the probability of shortlist."
        ),
        Text(
            "The areas' weights are drawn {draws} times around the edition's (Dirichlet"
            " distribution, concentration {concentration}).",
            draws=sensitivity.draws,
            concentration=sensitivity.concentration,
        ),
    ]
    if sensitivity.keeps_estimates:
        sentences.append(
            Text(
                "The draws of weights keep what the method estimated for the ranking (variance"
                " components); everything else estimates it anew."
            )
        )
    return sentences
