"""Other readings to other scores, through the same door as the ranking's own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

import attrs
import numpy as np

from kvaljury.core.aggregation import aggregate, by_entry
from kvaljury.core.comparability import ComparedScores, compare_teams, quantised
from kvaljury.core.model import (
    CalibrationSettings,
    Edition,
    Panel,
    Ranking,
    Reading,
    Text,
    Toolkit,
)
from kvaljury.core.model.panel import Floats
from kvaljury.core.pipeline import build_panel
from kvaljury.core.sensitivity.places import Bools, is_listed
from kvaljury.errors import PluginFault, RulesFault

MILLIONTHS = 10**6
FEWEST_DRAWS = 100

_NO_READING = Text("an entry would have no reading left")
_NO_LONGER_COMPARABLE = Text("the teams of the class could no longer be compared")
_REFUSED = Text("the method cannot be applied")
_PLUGIN_FAILED = Text("a plugin fails")


@attrs.frozen
class RankedClass:
    """A class with the entries to be ranked.

    Attributes:
        id: of the class.
        entries: ids, sorted.
        size: k.
        comparable: False where its scores are the raw ones.
    """

    id: str
    entries: tuple[str, ...]
    size: int
    comparable: bool

    def named(self, chosen: Bools) -> tuple[str, ...]:
        """Give the ids of the entries that are chosen, ``(n,)``."""
        return tuple(entry for entry, is_one in zip(self.entries, chosen, strict=True) if is_one)


@attrs.frozen(eq=False)
class Trial:
    """What scenarios are computed with.

    Attributes:
        settings: the edition's, with as few draws as leave the scores as they are.
        classes: those with an entry to be ranked, in the edition's order.
        readings: sorted by entry and examiner.
        raw: raw scores of these readings by entry id, exact.
        panel: of these readings.
        base: their scores.
    """

    edition: Edition
    toolkit: Toolkit
    settings: CalibrationSettings
    classes: tuple[RankedClass, ...]
    readings: tuple[Reading, ...]
    raw: Mapping[str, Fraction]
    panel: Panel
    base: ComparedScores


@attrs.frozen(eq=False)
class Recalculated:
    """Scores in one scenario.

    Attributes:
        raw: raw scores by entry id, 0-100, or why there are none.
        scores: calibrated scores by entry id, likewise.
        comparable: by class id, as far as scores were calibrated.
    """

    raw: Mapping[str, float] | Text
    scores: Mapping[str, float] | Text
    comparable: Mapping[str, bool] = attrs.field(factory=dict)

    def of_class(self, ranked: RankedClass) -> Floats | Text:
        """Give the scores of a class, ``(n,)`` in the order of its entries, or why there are none.

        Scores of a class that cannot be compared are the raw ones. A class that can must not be
        compared by scores that the guard gave it.
        """
        found = self.scores if ranked.comparable else self.raw
        if isinstance(found, Text):
            return found
        if not set(ranked.entries) <= found.keys():
            return _NO_READING
        if ranked.comparable and not self.comparable.get(ranked.id, True):
            return _NO_LONGER_COMPARABLE
        return np.array([found[entry] for entry in ranked.entries])


def prepare_trial(edition: Edition, ranking: Ranking, toolkit: Toolkit) -> Trial:
    """Compute the ranking's own scores once more, so that scenarios can be held against them.

    Draws are kept few, unless the method's scores depend on their number.

    Args:
        edition: that was ranked.
        ranking: its ranking.
        toolkit: with which it was ranked.

    Raises:
        PluginFault: if a plugin fails now that did not when ranking.
    """
    classes = tuple(
        RankedClass(ranked.class_id, entries, ranked.shortlist_size, ranked.comparable)
        for ranked in ranking.classes
        if (entries := tuple(sorted(e.id for e in ranked.entries if e.rank is not None)))
    )
    own = edition.rules.settings.calibration
    panel = build_panel(edition, ranking.readings, ranking.raw)
    groups = {ranked.id: ranked.entries for ranked in classes}
    known = {
        entry.id: entry.score
        for ranked in ranking.classes
        for entry in ranked.entries
        if entry.rank is not None
    }
    few = attrs.evolve(own, draws=min(FEWEST_DRAWS, own.draws))
    for settings in (few, own):
        base = compare_teams(panel, toolkit.normalisation, settings, groups, seeks_links=False)
        scores = dict(zip(panel.entries, base.scores.tolist(), strict=True))
        if all(scores[entry] == score for entry, score in known.items()):
            break
    return Trial(edition, toolkit, settings, classes, ranking.readings, ranking.raw, panel, base)


def recalculate(trial: Trial, readings: Sequence[Reading]) -> Recalculated:
    """Compute the scores of other readings; what cannot be computed is told, not raised.

    Args:
        trial: what to compute with.
        readings: of the scenario, in any order.
    """
    if not readings:
        return Recalculated(_NO_READING, _NO_READING)
    try:
        raw = _aggregated(trial, readings)
    except PluginFault:
        return Recalculated(_PLUGIN_FAILED, _PLUGIN_FAILED)
    panel = build_panel(trial.edition, readings, raw)
    shown = dict(zip(panel.entries, quantised(panel.raw).tolist(), strict=True))
    if not any(ranked.comparable for ranked in trial.classes):
        return Recalculated(shown, shown)
    read = set(panel.entries)
    groups = {
        ranked.id: tuple(entry for entry in ranked.entries if entry in read)
        for ranked in trial.classes
    }
    try:
        compared = compare_teams(
            panel, trial.toolkit.normalisation, trial.settings, groups, seeks_links=False
        )
    except RulesFault:
        return Recalculated(shown, _REFUSED)
    except PluginFault:
        return Recalculated(shown, _PLUGIN_FAILED)
    scores = dict(zip(panel.entries, compared.scores.tolist(), strict=True))
    return Recalculated(shown, scores, compared.comparable)


def _aggregated(trial: Trial, readings: Sequence[Reading]) -> dict[str, Fraction]:
    """Aggregate anew only the entries whose readings are others than the trial's."""
    known, given = by_entry(trial.readings), by_entry(readings)
    changed = [
        reading for entry, own in given.items() if own != known.get(entry) for reading in own
    ]
    kept = {entry: trial.raw[entry] for entry, own in given.items() if own == known.get(entry)}
    return {**kept, **aggregate(changed, trial.toolkit.aggregation)}


def own_list(alone: Trial) -> Bools:
    """Give the list of a trial's only class as it is, ``(n,)``, by score, unrounded."""
    (ranked,) = alone.classes
    rows = [alone.panel.entries.index(entry) for entry in ranked.entries]
    return is_listed(alone.base.scores[rows], ranked.size)


def list_of(alone: Trial, readings: Sequence[Reading]) -> Bools | None:
    """Compute the list of a trial's only class anew.

    Args:
        alone: a trial with one class.
        readings: of the scenario.

    Returns:
        ``(n,)`` whether each entry is among the k best by score, unrounded; None where that
        cannot be computed.
    """
    (ranked,) = alone.classes
    scores = recalculate(alone, readings).of_class(ranked)
    return None if isinstance(scores, Text) else is_listed(scores, ranked.size)


def with_totals(readings: Sequence[Reading], totals: Floats) -> list[Reading]:
    """Give readings other totals, in millionths of a point; those without one are left out.

    Args:
        readings: r of them.
        totals: ``(r,)``, NaN for none.
    """
    return [
        with_own_total(reading, Fraction(round(total * MILLIONTHS), MILLIONTHS))
        for reading, total in zip(readings, totals.tolist(), strict=True)
        if total == total  # noqa: PLR0124  # NaN
    ]


def with_total(readings: Sequence[Reading], place: int, total: float) -> list[Reading]:
    """Give one reading another total, in millionths of a point.

    Args:
        readings: of which one changes.
        place: its index.
        total: on 0-100.
    """
    exact = Fraction(round(total * MILLIONTHS), MILLIONTHS)
    changed = list(readings)
    changed[place] = with_own_total(changed[place], exact)
    return changed


def with_own_total(reading: Reading, total: Fraction) -> Reading:
    """Give a reading another total, as ``attrs.evolve`` would, several times faster."""
    return Reading(
        reading.entry,
        reading.examiner,
        reading.team,
        total,
        reading.areas,
        reading.questions,
        reading.leaves,
        reading.missing,
    )
