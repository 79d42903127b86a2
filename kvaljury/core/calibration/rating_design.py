"""Panel data to cells: what is one observation, which means are fixed, which levels vary."""

from __future__ import annotations

from collections.abc import Collection

import attrs
import numpy as np

from kvaljury.core.calibration.groups import mean_groups, without_gaps
from kvaljury.core.calibration.solvers import Cells, connected_groups, has_contrast
from kvaljury.core.model.panel import Floats, Ints
from kvaljury.core.model.ratings import Ratings
from kvaljury.errors import RulesFault, Text

_MOST_MEANS = 1000
_MOST_COUNTS = 40_000_000


@attrs.frozen(eq=False)
class RatingDesign:
    """The cells of panel data, with what their fixed part is about.

    Attributes:
        cells: one for each entry, examiner and team; with ``review`` one value each.
        group: ``(n,)`` index of each entry's class mean.
        asked: ``(questions, groups)`` number of rows.
        is_by_question: whether the fixed means are those of the questions, and classes are
            contrasts; else every class has a mean.
        cohort: ``(n,)`` level of each entry's cohort, or None without that effect.
        place: ``(r,)`` a row of each cell.
    """

    cells: Cells
    group: Ints
    asked: Floats
    is_by_question: bool
    cohort: Ints | None
    place: Ints

    def named(self, ratings: Ratings, fixed: Floats) -> dict[str, float]:
        """Name the estimates: questions, then ``class:`` means or contrasts, or ``mean``.

        Args:
            ratings: of the design.
            fixed: ``(f,)`` as the fit reports them.
        """
        questions = ratings.questions if self.is_by_question else ()
        means = dict(zip(questions or ("mean",), map(float, fixed), strict=False))
        if ratings.entry_class is None:
            return means
        groups = self._by_group(fixed)
        group_of_class = dict(zip(ratings.entry_class, self.group, strict=True))
        classes = {
            f"class:{name}": float(groups[group_of_class[i]])
            for i, name in enumerate(ratings.classes)
        }
        return {**means, **classes} if self.is_by_question else classes

    def bases(self, fixed: Floats) -> Floats:
        """Give the fixed part of each entry ``(n,)``, averaged over the rows of its questions.

        Args:
            fixed: ``(f,)`` as the fit reports them.
        """
        groups = self._by_group(fixed)
        if self.is_by_question:
            together = np.equal.outer(connected_groups(self.asked), connected_groups(self.asked))
            rows = self.asked @ together
            groups = groups + fixed[: len(rows)] @ rows / rows.sum(axis=0)
        return np.asarray(groups[self.group], dtype=np.float64)

    def _by_group(self, fixed: Floats) -> Floats:
        if not self.is_by_question:
            return fixed
        groups = np.zeros(self.asked.shape[1])
        groups[has_contrast(self.asked)] = fixed[self.asked.shape[0] :]
        return groups


def design_ratings(ratings: Ratings, unit: str, effects: Collection[str]) -> RatingDesign:
    """Put panel data into cells.

    Classes with at least five entries have a mean of their own, smaller ones share one.

    Args:
        ratings: rows of scores.
        unit: ``review``, one value for each entry and examiner, the mean of their rows adjusted
            for questions; or ``mark``, every row, with a fixed mean for each question.
        effects: the random effects, entry first.

    Raises:
        RulesFault: if the cohort is asked for and an entry has no home team of its own, or if
            there are more classes or questions than can have a mean each.
    """
    cell, place = _cells_of(ratings)
    levels = {name: _levels(ratings, name, place) for name in effects if name != "reading"}
    group = _groups(ratings)
    by_cell = group[ratings.entry[place]]
    question = (
        np.zeros(len(ratings.score), dtype=np.intp)
        if ratings.question is None
        else ratings.question.astype(np.intp)
    )
    questions = max(1, len(ratings.questions))
    _refuse_too_many_means(len(place), questions, int(group.max()) + 1)
    shape = questions, int(group.max()) + 1
    meeting = question * shape[1] + group[ratings.entry]
    asked = np.bincount(meeting, minlength=shape[0] * shape[1]).reshape(shape).astype(float)
    if unit == "review":
        value = _review(ratings, cell, question, questions)
        cells = Cells.of_rows(value, np.eye(asked.shape[1])[by_cell], levels)
    else:
        cells = Cells.of_marks(ratings.score, question, cell, levels, by_cell)
    cohort = None
    if "cohort" in levels:
        cohort = np.zeros(len(ratings.entries), dtype=np.intp)
        cohort[ratings.entry[place]] = levels["cohort"]
    return RatingDesign(cells, group, asked, unit == "mark", cohort, place)


def _refuse_too_many_means(cells: int, questions: int, groups: int) -> None:
    """Refuse a table of readings by means that no memory would hold."""
    if questions <= _MOST_MEANS and cells * (questions + groups) <= _MOST_COUNTS:
        return
    raise RulesFault(
        Text(
            "There are {questions} questions and {classes} class means for {readings} readings;"
            " so many means cannot be fitted",
            questions=questions,
            classes=groups,
            readings=cells,
        ),
        hint=Text("leave the columns question and class out, or put questions together"),
        code="too-many-means",
    )


def _groups(ratings: Ratings) -> Ints:
    if ratings.entry_class is None:
        return np.zeros(len(ratings.entries), dtype=np.intp)
    group = mean_groups(ratings.entry_class.astype(np.intp))
    means = int(group.max()) + 1
    if means > _MOST_MEANS:
        raise RulesFault(
            Text(
                "There are {n} classes; at most {limit} can have a mean each",
                n=means,
                limit=_MOST_MEANS,
            ),
            hint=Text("leave the column class out, or put classes together"),
            code="too-many-classes",
        )
    return group


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
    return without_gaps(pair)


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
    return without_gaps(team_of[first])


def _review(ratings: Ratings, cell: Ints, question: Ints, means: int) -> Floats:
    """Take one value a reading: its mean, less what its questions are easier than the others."""
    count = int(cell.max()) + 1
    asked = np.bincount(cell * means + question, minlength=count * means).reshape(count, means)
    number = asked.sum(axis=1)
    value = np.bincount(cell, ratings.score) / number
    if means > 1 and np.ptp(asked, axis=0).any():
        centred = np.diag(asked.sum(axis=0)) - asked.T @ (asked / number[:, None])
        right = np.bincount(question, ratings.score) - asked.T @ value
        ease = np.linalg.pinv(centred) @ right
        value = value - asked @ (ease - ease @ asked.sum(axis=0) / asked.sum()) / number
    return np.asarray(value, dtype=np.float64)
