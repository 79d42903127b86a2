"""Readings across teams to how well the teams' severities can be told apart, and more links."""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache

import attrs
import numpy as np
from numpy.typing import NDArray

from kvaljury.core.calibration.estimability import graph_parts
from kvaljury.core.model import Panel
from kvaljury.core.model.linkage import Linkage, ProposedReading, TeamDifference
from kvaljury.core.model.panel import Floats, Ints

Flags = NDArray[np.bool_]
MOST_PROPOSED = 4
_DECIMALS = 6
_EQUAL = 1e-9
_MOST_WEIGHED = 1_000_000
_LIKELY = 32
_LOOKS = 9
_SMALLEST = 1e-6


def linkage_of(
    panel: Panel,
    residual: float | None = None,
    *,
    forbidden: Collection[tuple[str, str]] = (),
    entries: Collection[str] | None = None,
    most: int = MOST_PROPOSED,
) -> Linkage | None:
    """Tell how firmly readings link the teams of a panel, and what more readings would buy.

    Severities are those of least squares with entry and examiner as fixed effects, a team's
    being the mean of its examiners'. The algebraic connectivity is that of the graph of teams
    in which entry i, read n(i, t) times by team t and n(i) times in all, joins teams t and u
    with the weight n(i, t) n(i, u) / n(i): what is left of the graph of readings when the
    entries are eliminated from it. Its scale is readings, and one more of them never lowers it.

    Args:
        panel: readings of all teams.
        residual: variance of a reading's error in squared points; when None, that of the least
            squares fit, if it leaves any degree of freedom.
        forbidden: pairs (examiner, entry) that may not be proposed, such as declared jäv.
        entries: ids of the entries that may be proposed; every one when None.
        most: how many readings to propose at most, each the best one after those before it.

    Returns:
        The linkage, rounded to 6 decimals, or None where fewer than two teams have readings.

    Source:
        Fiedler 1973, Czechoslovak Mathematical Journal 23:298-305 (algebraic connectivity);
        Searle 1971, Linear Models, chapter 5 (estimable functions).
    """
    if len(panel.teams) < 2:  # noqa: PLR2004  # a link takes two
        return None
    system = _System.of(panel)
    variance = system.residual(panel) if residual is None else residual
    scale = None if variance is None else float(np.sqrt(variance))
    difference, deviation = system.differences(panel)
    is_whole = system.parts == 1
    proposed: tuple[ProposedReading, ...] = ()
    if is_whole and scale is not None and scale > _SMALLEST:
        proposed = _strengthened(panel, system, scale, _open_pairs(panel, forbidden, entries), most)
    pairs = zip(*(side.tolist() for side in _pairs(len(panel.teams))), strict=True)
    return Linkage(
        algebraic_connectivity=_connectivity(panel) if is_whole else 0.0,
        team_differences=tuple(
            TeamDifference(
                (panel.teams[first], panel.teams[second]),
                _rounded(difference[place]),
                None if scale is None else _rounded(scale * deviation[place]),
            )
            for place, (first, second) in enumerate(pairs)
        ),
        standard_error=None if scale is None else _rounded(scale * _mean(deviation)),
        strengthening=proposed,
    )


@attrs.frozen(eq=False)
class _System:
    """Least squares for the examiners' severities, the entries eliminated.

    Attributes:
        share: ``(e, n)`` the part of an entry's readings that are the examiner's.
        counts: ``(n,)`` readings by entry.
        inverse: ``(e, e)`` generalised inverse of the normal equations.
        mean: ``(t, e)`` from examiners to the mean of each team.
        part: ``(e,)`` part of the design that each examiner lies in.
        severity: ``(e,)`` in points.
    """

    share: Floats
    counts: Ints
    inverse: Floats
    mean: Floats
    part: Ints
    severity: Floats

    @classmethod
    def of(cls, panel: Panel) -> _System:
        examiners, counts = len(panel.examiners), np.bincount(panel.entry)
        read = np.zeros((examiners, len(counts)))
        np.add.at(read, (panel.examiner, panel.entry), 1.0)
        share = read / counts
        part = np.empty(examiners, dtype=np.intp)
        part[panel.examiner] = graph_parts(panel.entry, panel.examiner)[panel.entry]
        same = (part[:, None] == part) / np.bincount(part)[part]
        normal = np.diag(read.sum(axis=1)) - share @ read.T
        inverse = np.linalg.inv(normal + same) - same
        own = panel.score - (np.bincount(panel.entry, panel.score) / counts)[panel.entry]
        mean = np.zeros((len(panel.teams), examiners))
        mean[panel.team, panel.examiner] = 1.0
        mean /= mean.sum(axis=1, keepdims=True)
        severity = inverse @ np.bincount(panel.examiner, own)
        return cls(share, counts, inverse, mean, part, severity)

    @property
    def parts(self) -> int:
        """Number of parts that the readings fall into."""
        return int(self.part.max()) + 1

    def residual(self, panel: Panel) -> float | None:
        """Give the variance that the fit leaves, or None where it fits every reading."""
        unknowns = len(self.counts) + len(self.severity) - self.parts
        if len(panel.score) == unknowns:
            return None
        error = panel.score - self.severity[panel.examiner]
        error -= (np.bincount(panel.entry, error) / self.counts)[panel.entry]
        return float(error @ error) / (len(panel.score) - unknowns)

    def deviations(self) -> Floats:
        """Give the standard errors of all pairs of teams for a residual variance of one."""
        covariance = self.mean @ self.inverse @ self.mean.T
        first, second = _pairs(len(covariance))
        own = np.diag(covariance)
        square = own[first] + own[second] - 2 * covariance[first, second]
        return np.asarray(np.sqrt(np.maximum(square, 0.0)))

    def differences(self, panel: Panel) -> tuple[Floats, Floats]:
        """Give each pair's difference and relative standard error, NaN where it has none.

        A difference can be told where both teams have the same part of their examiners in each
        part of the design.
        """
        inside = np.zeros((len(panel.teams), self.parts))
        np.add.at(inside.T, self.part, (self.mean > 0).T.astype(float))
        size = inside.sum(axis=1)
        first, second = _pairs(len(panel.teams))
        crossed = inside[first] * size[second, None] != inside[second] * size[first, None]
        is_lost = crossed.any(axis=1)
        team = self.mean @ self.severity
        difference = np.where(is_lost, np.nan, team[first] - team[second])
        return difference, np.where(is_lost, np.nan, self.deviations())

    def with_reading(self, examiner: int, entry: int) -> _System:
        """Give the system after one more reading, by a rank-one update; severities are kept."""
        move = -self.share[:, entry]
        move[examiner] += 1
        moved = self.inverse @ move
        count = self.counts[entry]
        share, counts = self.share.copy(), self.counts.copy()
        share[:, entry] *= count / (count + 1)
        share[examiner, entry] += 1 / (count + 1)
        counts[entry] += 1
        inverse = self.inverse - np.outer(moved, moved) / (1 + 1 / count + move @ moved)
        return attrs.evolve(self, share=share, counts=counts, inverse=inverse)


def _strengthened(
    panel: Panel, system: _System, scale: float, is_open: Flags, most: int
) -> tuple[ProposedReading, ...]:
    proposed = []
    load = np.bincount(panel.examiner)[:, None] + np.bincount(panel.entry)
    for _ in range(most):
        best = _best(system, is_open, load) if is_open.any() else None
        if best is None:
            break
        examiner, entry = best
        system = system.with_reading(examiner, entry)
        is_open[examiner, entry] = False
        load[examiner] += 1
        load[:, entry] += 1
        after = _rounded(scale * float(system.deviations().mean()))
        assert after is not None  # noqa: S101  # in one part every pair has a standard error
        proposed.append(ProposedReading(panel.examiners[examiner], panel.entries[entry], after))
    return tuple(proposed)


def _best(system: _System, is_open: Flags, load: Ints) -> tuple[int, int] | None:
    """Find the reading after which the mean standard error is least; load, then id, break ties.

    None where no reading lowers it.

    With d the direction in which a reading by x of i would move the severities and v = 1 +
    1 / n(i) + d' A d, a pair's variance falls by (h d)² / v. Its square root falls by at least
    what it would at the present slope and, since (h d)² / v is at most d' A d / v of the
    variance, by no more than a known multiple of that; so only few pairs need be weighed.
    """
    deviations = system.deviations()
    team = system.mean @ system.inverse
    shift = team @ system.share
    seen = system.inverse @ system.share
    leverage = np.diag(system.inverse)[:, None] - 2 * seen
    leverage += np.einsum("en,en->n", system.share, seen)
    fresh = 1 + 1 / system.counts + leverage
    slopes = _slopes(deviations, len(team))
    inner, outer = slopes @ team, slopes @ shift
    least = np.einsum("te,te->e", team, inner)[:, None] + np.einsum("tn,tn->n", shift, outer)
    least = np.where(is_open, (least - 2 * inner.T @ shift) / fresh, -np.inf)
    most = least * 2 / (1 + np.sqrt(1 - leverage / fresh))
    moves = _Moves(deviations, team, shift, fresh)
    able, after = _weighed(moves, least.ravel(), most.ravel())
    if after.min() >= deviations.sum() * (1 - _EQUAL):
        return None
    tied = able[after <= after.min() * (1 + _EQUAL)]
    chosen = tied[np.lexsort((tied, load.ravel()[tied]))[0]]
    return int(chosen // least.shape[1]), int(chosen % least.shape[1])


def _weighed(moves: _Moves, least: Floats, most: Floats) -> tuple[Ints, Floats]:
    """Weigh the likely readings, then all that may gain as much as the best of those.

    Readings alike in what they gain at least and in the variance about their forecast, as by
    examiners of a team who read the same, are weighed once.
    """
    likely = np.argpartition(-least, min(_LIKELY, len(least)) - 1)[:_LIKELY]
    likely = likely[np.isfinite(least[likely])]
    gain = moves.deviations.sum() - moves.sums_after(likely).min()
    is_able = most >= gain * (1 - _EQUAL)
    is_able[likely] = False
    able = np.flatnonzero(is_able)
    able = able[np.argsort(-most[able], kind="stable")]
    able = able[: _MOST_WEIGHED // len(moves.deviations)]
    able = np.concatenate([likely, able])
    looks = np.round(least[able] + 1j * moves.fresh.ravel()[able], _LOOKS)
    _, first, kind = np.unique(looks, return_index=True, return_inverse=True)
    return able, moves.sums_after(able[first])[kind]


@attrs.frozen(eq=False)
class _Moves:
    """What one more reading does to the standard errors of pairs of teams.

    Attributes:
        deviations: ``(p,)`` relative standard errors now.
        team: ``(t, e)`` covariance of the teams' means with each examiner's severity.
        shift: ``(t, n)`` the same with the mean severity of each entry's readers.
        fresh: ``(e, n)`` relative variance of a new reading about its forecast.
    """

    deviations: Floats
    team: Floats
    shift: Floats
    fresh: Floats

    def sums_after(self, readings: Ints) -> Floats:
        """Give the sum of the relative standard errors after each of some readings.

        Args:
            readings: ``(c,)`` places in the flat ``(e, n)`` table.

        Returns:
            ``(c,)`` sums over the pairs.
        """
        examiner, entry = np.divmod(readings, self.fresh.shape[1])
        moved = (self.team[:, examiner] - self.shift[:, entry]) / np.sqrt(
            self.fresh[examiner, entry]
        )
        first, second = _pairs(len(moved))
        square = moved[first]
        square -= moved[second]
        square *= square
        np.subtract((self.deviations**2)[:, None], square, out=square)
        np.sqrt(np.maximum(square, 0.0, out=square), out=square)
        return np.asarray(square.sum(axis=0))


def _slopes(deviations: Floats, teams: int) -> Floats:
    """Give the matrix whose quadratic form sums squared differences over 2 deviations."""
    slopes = np.zeros((teams, teams))
    slopes[_pairs(teams)] = -1 / (2 * deviations)
    slopes += slopes.T
    return np.asarray(slopes - np.diag(slopes.sum(axis=1)))


def _open_pairs(
    panel: Panel, forbidden: Collection[tuple[str, str]], entries: Collection[str] | None
) -> Flags:
    """Tell which examiners might read which entries: another team's, not read, not forbidden."""
    team = np.empty(len(panel.examiners), dtype=np.intp)
    team[panel.examiner] = panel.team
    is_open: Flags = np.not_equal(team[:, None], panel.home)
    is_open[panel.examiner, panel.entry] = False
    if entries is not None:
        is_open &= np.array([entry in entries for entry in panel.entries])
    examiner_at = {examiner: place for place, examiner in enumerate(panel.examiners)}
    entry_at = {entry: place for place, entry in enumerate(panel.entries)}
    for examiner, entry in forbidden:
        if examiner in examiner_at and entry in entry_at:
            is_open[examiner_at[examiner], entry_at[entry]] = False
    return is_open


def _connectivity(panel: Panel) -> float:
    read = np.zeros((len(panel.teams), len(panel.entries)))
    np.add.at(read, (panel.team, panel.entry), 1.0)
    laplacian = np.diag(read.sum(axis=1)) - read / read.sum(axis=0) @ read.T
    return max(_SMALLEST, round(float(np.linalg.eigvalsh(laplacian)[1]), _DECIMALS))


@lru_cache(maxsize=8)
def _pairs(teams: int) -> tuple[Ints, Ints]:
    first, second = np.triu_indices(teams, 1)
    for side in (first, second):
        side.setflags(write=False)
    return first, second


def _mean(deviations: Floats) -> float:
    known = deviations[~np.isnan(deviations)]
    return float(known.mean()) if len(known) else float("nan")


def _rounded(value: float) -> float | None:
    return None if np.isnan(value) else round(float(value), _DECIMALS) + 0.0
