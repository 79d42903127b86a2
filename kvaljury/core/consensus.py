"""Individual scores and a team's agreed ones to scores whose mean is what the team agreed on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

from kvaljury.core.model import Edition

Scores = Mapping[str, Fraction]
Reader = tuple[str, str]


def home_readers(edition: Edition, readers: Iterable[Reader]) -> dict[str, list[Reader]]:
    """Find the readers who belong to the home team of the entry they read.

    Args:
        edition: with its teams.
        readers: entry and examiner.

    Returns:
        Home readers by entry id, in the order given.
    """
    team_of_entry = edition.home_team_by_entry()
    team_of_examiner = edition.home_team_by_examiner()
    found: dict[str, list[Reader]] = {}
    for entry, examiner in readers:
        if team_of_entry.get(entry) == team_of_examiner[examiner]:
            found.setdefault(entry, []).append((entry, examiner))
    return found


def shift_to_consensus(
    edition: Edition, scores: Mapping[Reader, Scores], agreed: Mapping[str, Scores]
) -> dict[Reader, Scores]:
    """Shift the home readings of each leaf by one constant so that their mean is the agreed score.

    The differences between examiners stay, since the calibration needs them; so a shifted score
    may pass 0 or 100 and is never clipped. Guests took no part in agreeing and stay as they are,
    as do leaves without an agreed score.

    Args:
        edition: with its teams.
        scores: by entry and examiner, the score on 0-100 by leaf id.
        agreed: by entry, the agreed score on 0-100 by leaf id.

    Returns:
        The scores by entry and examiner, shifted.
    """
    shifted: dict[Reader, Scores] = dict(scores)
    for entry, readers in home_readers(edition, scores).items():
        goal = agreed.get(entry, {})
        means = _mean_by_leaf([scores[reader] for reader in readers])
        shift = {leaf: goal[leaf] - mean for leaf, mean in means.items() if leaf in goal}
        for reader in readers:
            shifted[reader] = {leaf: x + shift.get(leaf, 0) for leaf, x in scores[reader].items()}
    return shifted


def _mean_by_leaf(readings: Iterable[Scores]) -> dict[str, Fraction]:
    by_leaf: dict[str, list[Fraction]] = {}
    for reading in readings:
        for leaf, score in reading.items():
            by_leaf.setdefault(leaf, []).append(score)
    return {leaf: sum(found, Fraction(0)) / len(found) for leaf, found in by_leaf.items()}
