"""An edition, its marks and the functions it names to the decision basis."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from fractions import Fraction
from typing import TypeVar

import attrs
import numpy as np
from numpy.typing import NDArray

from kvaljury.core.aggregation import aggregate, by_entry
from kvaljury.core.agreement import with_agreement
from kvaljury.core.class_ranking import is_rankable, rank_class, scored_entries
from kvaljury.core.comparability import compare_teams
from kvaljury.core.eligibility import judge_entries
from kvaljury.core.model import (
    Edition,
    ExcludedReading,
    Marks,
    Panel,
    PluginUse,
    Ranking,
    Reading,
    State,
    Text,
    Toolkit,
)
from kvaljury.core.model.panel import Ints
from kvaljury.core.scoring import score_readings, scoring_warnings
from kvaljury.errors import PluginFault, RulesFault, Source

_Array = TypeVar("_Array", bound=NDArray[np.generic])


def rank_edition(edition: Edition, marks: Marks, toolkit: Toolkit) -> Ranking:
    """Rank an edition's entries within their classes and draw up the shortlists.

    Classes are comparable where the entries to be ranked are; what is barred or withdrawn
    informs the calibration only.

    Args:
        edition: entries, teams, proposals and rules.
        marks: valid marks, marks under jäv and consensus.
        toolkit: the functions that the edition names.

    Returns:
        Advice for the beredningsgrupp; nobody has won anything.

    Raises:
        RulesFault: if there is no valid mark at all.
        PluginFault: if a plugin fails or answers with something unusable; it names where the
            plugin comes from.
    """
    with naming_provider(toolkit.plugins):
        return _rank(edition, marks, toolkit)


@contextmanager
def naming_provider(plugins: Sequence[PluginUse]) -> Iterator[None]:
    """Give faults of plugins in use the provider as their address.

    Args:
        plugins: in use.
    """
    try:
        yield
    except PluginFault as fault:
        use = next((use for use in plugins if use.name == fault.plugin), None)
        if use is None or fault.where is not None:
            raise
        where = Source(use.provider, detail=use.version)
        raise attrs.evolve(fault, where=where) from fault


def _rank(edition: Edition, marks: Marks, toolkit: Toolkit) -> Ranking:
    eligibility = {verdict.entry: verdict for verdict in judge_entries(edition, toolkit.rules)}
    readings = score_readings(edition, marks, toolkit.rubrics)
    if not readings:
        raise RulesFault(
            Text("There is no valid mark, so nothing can be ranked"),
            hint=Text("put the examiners' marks into marks/, as forms or tables"),
            code="no-marks",
        )
    raw = aggregate(readings, toolkit.aggregation)
    panel = build_panel(edition, readings, raw)
    read = set(panel.entries)
    groups = {
        entry_class.id: tuple(
            entry.id
            for entry in edition.entries
            if entry.entry_class == entry_class.id
            and entry.id in read
            and is_rankable(entry, eligibility[entry.id])
        )
        for entry_class in edition.rules.classes
    }
    compared = compare_teams(
        panel, toolkit.normalisation, edition.rules.settings.calibration, groups, _jav(edition)
    )
    scored, grouped = scored_entries(panel, compared), by_entry(readings)
    ranking = Ranking(
        calibration=compared.summary,
        classes=tuple(
            rank_class(
                edition,
                entry_class=entry_class,
                panel=panel,
                compared=compared,
                eligibility=eligibility,
                readings=grouped,
                scored=scored,
                rule=toolkit.shortlist_rule,
            )
            for entry_class in edition.rules.classes
        ),
        readings=readings,
        raw=raw,
        excluded=_excluded_readings(edition, marks),
        not_competing=tuple(
            entry.id for entry in edition.entries if entry.state is not State.COMPETING
        ),
        warnings=scoring_warnings(edition, readings, marks),
    )
    limit = edition.rules.settings.agreement.limit
    return with_agreement(ranking, panel, compared.scores, limit)


def build_panel(
    edition: Edition, readings: Sequence[Reading], raw: Mapping[str, Fraction]
) -> Panel:
    """Put readings into arrays.

    Args:
        edition: for the home teams and classes of the entries.
        readings: at least one; any order.
        raw: raw score of each entry with a reading, 0-100.

    Returns:
        The panel, independent of the order of the readings.
    """
    ordered = sorted(readings, key=lambda reading: (reading.entry, reading.examiner))
    entries = sorted({reading.entry for reading in ordered})
    examiners = sorted({reading.examiner for reading in ordered})
    teams = sorted({reading.team for reading in ordered})
    home = edition.home_team_by_entry()
    class_by_entry = {entry.id: entry.entry_class for entry in edition.entries}
    classes = sorted({class_by_entry[entry] for entry in entries})
    return Panel(
        entries=tuple(entries),
        examiners=tuple(examiners),
        teams=tuple(teams),
        classes=tuple(classes),
        entry=_positions([reading.entry for reading in ordered], entries),
        examiner=_positions([reading.examiner for reading in ordered], examiners),
        team=_positions([reading.team for reading in ordered], teams),
        score=_fixed(np.array([float(reading.total) for reading in ordered])),
        home=_positions([home.get(entry, "") for entry in entries], teams),
        entry_class=_positions([class_by_entry[entry] for entry in entries], classes),
        raw=_fixed(np.array([float(raw[entry]) for entry in entries])),
    )


def _fixed(values: _Array) -> _Array:
    """Close an array against writing: plugins get the panel and must not change it."""
    values.setflags(write=False)
    return values


def _positions(values: Sequence[str], among: Sequence[str]) -> Ints:
    place = {value: index for index, value in enumerate(among)}
    return _fixed(np.array([place.get(value, -1) for value in values], dtype=np.intp))


def _jav(edition: Edition) -> frozenset[tuple[str, str]]:
    return frozenset(
        (examiner.id, jav.entry) for examiner in edition.examiners for jav in examiner.jav
    )


def _excluded_readings(edition: Edition, marks: Marks) -> tuple[ExcludedReading, ...]:
    grounds = {
        (examiner.id, jav.entry): jav.ground
        for examiner in edition.examiners
        for jav in examiner.jav
    }
    counts: dict[tuple[str, str], int] = defaultdict(int)
    for mark in marks.excluded:
        counts[mark.entry, mark.examiner] += 1
    return tuple(
        ExcludedReading(entry, examiner, grounds[examiner, entry], count)
        for (entry, examiner), count in sorted(counts.items())
    )
