"""Any panel data to effects with their conditional deviations, in the file's own units."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import attrs
import numpy as np

from kvaljury.core.calibration.cells import Cells
from kvaljury.core.calibration.reml import Fit, fit
from kvaljury.core.calibration.system import Design
from kvaljury.core.model.panel import Floats, Ints
from kvaljury.core.model.ratings import Ratings
from kvaljury.errors import RulesFault, Text

EFFECTS = ("entry", "examiner", "team", "cohort", "reading", "team:examiner")
UNITS = ("review", "mark")


@attrs.frozen(eq=False)
class Level:
    """The effects of the levels of one kind.

    Attributes:
        ids: ``(n,)`` sorted.
        effect: ``(n,)`` BLUPs in the file's units.
        deviation: ``(n,)`` conditional standard deviations, fixed part and variances given.
    """

    ids: tuple[str, ...]
    effect: Floats
    deviation: Floats


@attrs.frozen(eq=False)
class RatingsFit:
    """A mixed model of panel data.

    Attributes:
        fit: variance components and criterion.
        fixed: estimated means by question, or by ``mean``.
        levels: by effect; entry, and examiner and team where they are in the model.
        mean: the fixed part, averaged over the rows.
        components: parts of the design that readings connect.
    """

    fit: Fit
    fixed: dict[str, float]
    levels: dict[str, Level]
    mean: float
    components: int


def fit_ratings(
    ratings: Ratings,
    *,
    unit: str = "review",
    effects: Collection[str] | None = None,
    is_restricted: bool = True,
) -> RatingsFit:
    """Fit a mixed model to panel data.

    Args:
        ratings: rows of scores; several of one entry and examiner are several marks.
        unit: ``review``, one value for each entry and examiner, the mean of their rows adjusted
            for questions; or ``mark``, every row, with a fixed mean for each question.
        effects: among ``EFFECTS``; entry, examiner and, where there is more than one, team
            when None.
        is_restricted: REML, or ML.

    Returns:
        The fit.

    Raises:
        RulesFault: if the effects asked for cannot be told apart in these data.
    """
    chosen = _chosen(ratings, effects)
    cell, place = _cells_of(ratings)
    levels = {name: _levels(ratings, name, place) for name in chosen if name != "reading"}
    cells, names = (_review if unit == "review" else _marks)(ratings, cell, levels)
    _refuse_aliases(cells, chosen, unit)
    fitted = fit(Design(cells, "reading" in chosen), is_restricted=is_restricted)
    if not np.isfinite(fitted.criterion):
        raise RulesFault(
            Text("The scores leave no error to estimate, so no model can be fitted"),
            hint=Text("panel data need entries that several examiners have scored differently"),
            code="no-error",
        )
    fixed = dict(zip(names, map(float, fitted.fixed), strict=True))
    rows = np.diag(cells.fixed_cross)
    mean = float(
        np.mean(fitted.fixed) if len(rows) != len(names) else fitted.fixed @ rows / rows.sum()
    )
    return RatingsFit(fitted, fixed, _described(ratings, fitted), mean, _components(ratings, place))


def _chosen(ratings: Ratings, effects: Collection[str] | None) -> tuple[str, ...]:
    has_teams = len(ratings.teams) > 1
    if effects is None:
        return ("entry", "examiner", "team") if has_teams else ("entry", "examiner")
    needing = [name for name in effects if name in {"team", "cohort", "team:examiner"}]
    if needing and not has_teams:
        raise RulesFault(
            Text("The effect {name} needs several teams", name=needing[0]),
            hint=Text("give the file a column team, or leave the effect out"),
            code="no-teams",
        )
    return ("entry", *(name for name in EFFECTS[1:] if name in effects))


def _cells_of(ratings: Ratings) -> tuple[Ints, Ints]:
    """Give the cell of each row and a row of each cell; cells differ in entry, examiner, team."""
    team = np.zeros(len(ratings.score), dtype=np.intp) if ratings.team is None else ratings.team
    key = ratings.entry.astype(np.int64) * len(ratings.examiners) + ratings.examiner
    key = key * max(1, len(ratings.teams)) + team
    begins = np.flatnonzero(np.concatenate([[True], key[1:] != key[:-1]]))
    _, first, run = np.unique(key[begins], return_index=True, return_inverse=True)
    lengths = np.diff(np.append(begins, len(key)))
    return np.repeat(run.astype(np.intp), lengths), begins[first]


def _levels(ratings: Ratings, name: str, place: Ints) -> Ints:
    if name == "entry":
        return np.asarray(ratings.entry[place], dtype=np.intp)
    if name == "examiner":
        return ratings.examiner[place].astype(np.intp)
    assert ratings.team is not None  # noqa: S101  # _chosen has seen to it
    team: Ints = ratings.team[place].astype(np.intp)
    if name == "team":
        return team
    if name == "cohort":
        home = _home_teams(ratings, team, place)
        return np.asarray(home[ratings.entry[place]], dtype=np.intp)
    pair = team * len(ratings.examiners) + ratings.examiner[place]
    return np.asarray(np.unique(pair, return_inverse=True)[1], dtype=np.intp)


def _home_teams(ratings: Ratings, team: Ints, place: Ints) -> Ints:
    """Give each entry's home team, the one with most readings of it, as levels without gaps."""
    entry = ratings.entry[place].astype(np.int64)
    pairs, counts = np.unique(entry * len(ratings.teams) + team, return_counts=True)
    owner, team_of = pairs // len(ratings.teams), pairs % len(ratings.teams)
    order = np.lexsort((team_of, -counts, owner))
    owner, team_of, counts = owner[order], team_of[order], counts[order]
    first = np.flatnonzero(np.concatenate([[True], owner[1:] != owner[:-1]]))
    shared = [
        i
        for i in first
        if i + 1 < len(owner) and owner[i + 1] == owner[i] and counts[i + 1] == counts[i]
    ]
    if shared:
        raise RulesFault(
            Text(
                "The home team of entry {entry} cannot be told: "
                "two teams have read it equally often",
                entry=ratings.entries[owner[shared[0]]],
            ),
            hint=Text("leave the effect cohort out"),
            code="no-home-team",
        )
    return np.unique(team_of[first], return_inverse=True)[1].astype(np.intp)


def _marks(ratings: Ratings, cell: Ints, levels: dict[str, Ints]) -> tuple[Cells, Sequence[str]]:
    question, names = _questions(ratings)
    return Cells.of_marks(ratings.score, question, cell, levels), names


def _review(ratings: Ratings, cell: Ints, levels: dict[str, Ints]) -> tuple[Cells, Sequence[str]]:
    """Take one value a reading: its mean, less what its questions are easier than the others."""
    question, names = _questions(ratings)
    count, means = int(cell.max()) + 1, len(names)
    asked = np.bincount(cell * means + question, minlength=count * means).reshape(count, means)
    number = asked.sum(axis=1)
    value = np.bincount(cell, ratings.score) / number
    if means > 1 and np.ptp(asked, axis=0).any():
        centred = np.diag(asked.sum(axis=0)) - asked.T @ (asked / number[:, None])
        right = np.bincount(question, ratings.score) - asked.T @ value
        ease = np.linalg.pinv(centred) @ right
        value = value - asked @ (ease - ease @ asked.sum(axis=0) / asked.sum()) / number
    return Cells.of_rows(value, np.ones((count, 1)), levels), ("mean",)


def _questions(ratings: Ratings) -> tuple[Ints, Sequence[str]]:
    if ratings.question is None:
        return np.zeros(len(ratings.score), dtype=np.intp), ("mean",)
    return ratings.question.astype(np.intp), ratings.questions


def _refuse_aliases(cells: Cells, chosen: tuple[str, ...], unit: str) -> None:
    """Refuse effects that part the readings alike: nothing could tell them apart."""
    rows = np.arange(len(cells.total))
    levels = dict(zip(cells.names, cells.levels, strict=True))
    if unit == "review":
        levels["error"] = rows
    if "reading" in chosen:
        levels["reading"] = rows
    names = list(levels)
    for i, first in enumerate(names):
        for second in names[:i]:
            if _same_partition(levels[first], levels[second]):
                raise RulesFault(
                    Text(
                        "The effects {first} and {second} cannot be told apart in these data",
                        first=second,
                        second=first,
                    ),
                    hint=Text("leave one of them out with --effects"),
                    code="aliased-effects",
                )


def _same_partition(first: Ints, second: Ints) -> bool:
    sizes = int(first.max()) + 1, int(second.max()) + 1
    return sizes[0] == sizes[1] == len(np.unique(first.astype(np.int64) * sizes[1] + second))


def _described(ratings: Ratings, fitted: Fit) -> dict[str, Level]:
    system, cells = fitted.system, fitted.system.design.cells
    own, others = system.schur.conditional(system.factor, system.scale)
    residual = fitted.variance["residual"]
    spread = [system.shrink + system.shrink**2 * own]
    spread += np.split(others, np.cumsum(cells.sizes[1:])[:-1])
    ids = {"entry": ratings.entries, "examiner": ratings.examiners, "team": ratings.teams}
    return {
        name: Level(ids[name], fitted.effects[name], np.sqrt(residual * square))
        for name, square in zip(cells.names, spread, strict=False)
        if name in ids
    }


def _components(ratings: Ratings, place: Ints) -> int:
    """Count the parts that readings connect, by following the smallest label."""
    entry, examiner = ratings.entry[place], ratings.examiner[place]
    label = np.arange(len(ratings.entries))
    while True:
        smallest = np.full(len(ratings.examiners), len(label))
        np.minimum.at(smallest, examiner, label[entry])
        changed = label.copy()
        np.minimum.at(changed, entry, smallest[examiner])
        changed = changed[changed]
        if np.array_equal(changed, label):
            return len(np.unique(label))
        label = changed
