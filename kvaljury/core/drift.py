"""Individual marks and agreed ones to how far agreeing moved entries, examiners and teams."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from operator import attrgetter

import attrs

from kvaljury.core.aggregation import by_entry
from kvaljury.core.consensus import home_readers
from kvaljury.core.leaf_scores import score_leaves
from kvaljury.core.model import ConsensusMark, Edition, Leaf, Marks, MarksUsed, Reading, Rubric
from kvaljury.core.model.drift import (
    AgreedMark,
    Deviation,
    Drift,
    EntryDrift,
    ExaminerDrift,
    LeafDrift,
    ScoreDrift,
    TeamDrift,
)
from kvaljury.core.scoring import cells_by_entry, cells_by_reader, score_readings

_Reader = tuple[str, str]
_Scores = Mapping[str, Fraction]
_Differences = Mapping[_Reader, Sequence[Fraction]]


@attrs.frozen
class _Scored:
    """Everything scored before and after agreeing, by entry and examiner of its home team.

    Attributes:
        own: leaf scores, 0-100.
        agreed: agreed leaf scores, 0-100, by entry.
        differences: agreed less own score of each leaf that has both; never empty.
        before: readings by the examiners' own marks.
        after: readings shifted to what was agreed on.
    """

    own: Mapping[_Reader, _Scores]
    agreed: Mapping[str, _Scores]
    differences: _Differences
    before: Mapping[_Reader, Reading]
    after: Mapping[_Reader, Reading]


def drift_from_consensus(edition: Edition, marks: Marks, rubrics: Mapping[str, Rubric]) -> Drift:
    """Hold what teams agreed on against their examiners' own marks, which stay as they were.

    Only examiners of the entry's home team are compared: guests took no part in agreeing.
    Whether the edition lets its scores rest on agreed marks makes no difference here.

    Args:
        edition: rules with weights; teams.
        marks: valid marks and consensus marks, in any order.
        rubrics: by name, every rubric that a leaf uses.

    Returns:
        Exact changes in points; empty where nothing was agreed on.

    Raises:
        PluginFault: if a rubric raises or gives anything but scores on 0-100.
    """
    if not marks.consensus:
        return Drift()
    scored = _score(edition, marks, rubrics)
    agreed = by_entry(marks.consensus)
    team = edition.home_team_by_examiner()
    return Drift(
        entries=tuple(
            _entry_drift(edition, entry, agreed[entry], rubrics, scored) for entry in sorted(agreed)
        ),
        examiners=tuple(_by_examiner(scored.differences, team)),
        teams=tuple(_by_team(scored.differences, team)),
    )


def scored_by(edition: Edition, used: MarksUsed) -> Edition:
    """Give the edition as it would be if its scores rested on other marks.

    Args:
        edition: any.
        used: the marks.
    """
    settings = edition.rules.settings
    scoring = attrs.evolve(settings.scoring, marks=used)
    rules = attrs.evolve(edition.rules, settings=attrs.evolve(settings, scoring=scoring))
    return attrs.evolve(edition, rules=rules)


def _score(edition: Edition, marks: Marks, rubrics: Mapping[str, Rubric]) -> _Scored:
    leaves = tuple(edition.rules.leaves())
    own = score_leaves(leaves, cells_by_reader(marks.valid), rubrics)
    home = {reader for readers in home_readers(edition, own).values() for reader in readers}

    def readings(used: MarksUsed) -> dict[_Reader, Reading]:
        found = score_readings(scored_by(edition, used), marks, rubrics)
        by_reader = {(reading.entry, reading.examiner): reading for reading in found}
        return {reader: reading for reader, reading in by_reader.items() if reader in home}

    at_home = {reader: scores for reader, scores in own.items() if reader in home}
    agreed = score_leaves(leaves, cells_by_entry(marks), rubrics)
    return _Scored(
        at_home,
        agreed,
        _differences(at_home, agreed),
        readings(MarksUsed.INDIVIDUAL),
        readings(MarksUsed.CONSENSUS),
    )


def _differences(
    own: Mapping[_Reader, _Scores], agreed: Mapping[str, _Scores]
) -> dict[_Reader, list[Fraction]]:
    found = {
        (entry, examiner): [
            agreed[entry][leaf] - score
            for leaf, score in scores.items()
            if leaf in agreed.get(entry, {})
        ]
        for (entry, examiner), scores in own.items()
    }
    return {reader: differences for reader, differences in found.items() if differences}


def _entry_drift(
    edition: Edition,
    entry: str,
    agreed: Sequence[ConsensusMark],
    rubrics: Mapping[str, Rubric],
    scored: _Scored,
) -> EntryDrift:
    own = [scores for (read, _), scores in scored.own.items() if read == entry]
    return EntryDrift(
        entry=entry,
        team=edition.home_team_by_entry().get(entry),
        total=_score_drift(entry, scored, attrgetter("total")),
        areas=dict(_area_drifts(edition, entry, scored)),
        leaves=tuple(
            LeafDrift(
                leaf.id,
                marks,
                _mean(scores[leaf.id] for scores in own if leaf.id in scores),
                scored.agreed[entry].get(leaf.id),
            )
            for leaf in edition.rules.leaves()
            if (marks := tuple(_agreed_marks(leaf, agreed, rubrics)))
        ),
        examiners={
            examiner: Deviation.of(found)
            for (read, examiner), found in scored.differences.items()
            if read == entry
        },
    )


def _agreed_marks(
    leaf: Leaf, agreed: Iterable[ConsensusMark], rubrics: Mapping[str, Rubric]
) -> Iterator[AgreedMark]:
    own = {mark.criterion: mark for mark in agreed if mark.question == leaf.id}
    for criterion in rubrics[leaf.rubric].criteria:
        if criterion.id in own:
            mark = own[criterion.id]
            yield AgreedMark(criterion.id, criterion.label, mark.value, mark.reason)


def _area_drifts(edition: Edition, entry: str, scored: _Scored) -> Iterator[tuple[str, ScoreDrift]]:
    for area in edition.rules.areas:

        def score(reading: Reading, area_id: str = area.id) -> Fraction | None:
            return reading.areas.get(area_id)

        if drift := _score_drift(entry, scored, score):
            yield area.id, drift


def _score_drift(
    entry: str, scored: _Scored, score: Callable[[Reading], Fraction | None]
) -> ScoreDrift | None:
    before, after = (
        _mean(
            value
            for (read, _), reading in readings.items()
            if read == entry and (value := score(reading)) is not None
        )
        for readings in (scored.before, scored.after)
    )
    return None if before is None or after is None else ScoreDrift(before, after)


def _mean(values: Iterable[Fraction]) -> Fraction | None:
    found = tuple(values)
    return sum(found, Fraction(0)) / len(found) if found else None


def _by_examiner(differences: _Differences, team: Mapping[str, str]) -> Iterator[ExaminerDrift]:
    for examiner in sorted({examiner for _, examiner in differences}):
        own = [found for (_, reader), found in differences.items() if reader == examiner]
        yield ExaminerDrift(examiner, team[examiner], len(own), _pooled(own))


def _by_team(differences: _Differences, team: Mapping[str, str]) -> Iterator[TeamDrift]:
    for name in sorted({team[examiner] for _, examiner in differences}):
        own = {reader: found for reader, found in differences.items() if team[reader[1]] == name}
        yield TeamDrift(name, len({entry for entry, _ in own}), _pooled(own.values()))


def _pooled(groups: Iterable[Sequence[Fraction]]) -> Deviation:
    return Deviation.of(each for group in groups for each in group)
