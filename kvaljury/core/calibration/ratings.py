"""Any panel data to effects with their conditional deviations, in the file's own units."""

from __future__ import annotations

from collections.abc import Collection, Iterator

import attrs
import numpy as np

from kvaljury.core.calibration.equations import Design, Fit, StochasticError, fit, stochastic_error
from kvaljury.core.calibration.estimability import (
    Estimability,
    estimability_of,
    estimability_warning,
)
from kvaljury.core.calibration.groups import same_partition
from kvaljury.core.calibration.rating_design import RatingDesign, design_ratings
from kvaljury.core.calibration.top_places import Places, draw_places
from kvaljury.core.model.panel import Floats, Ints
from kvaljury.core.model.ratings import Ratings
from kvaljury.errors import RulesFault, Text

EFFECTS = ("entry", "examiner", "team", "cohort", "reading", "team:examiner")


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
        fixed: estimated means by question, or ``mean``; with classes, means or contrasts by
            ``class:`` and id.
        levels: by effect; entry, and examiner and team where they are in the model.
        scores: ``(n,)`` fixed part, averaged over questions, plus the effects of the entry and
            of its cohort.
        components: parts of the design; with entry, examiner and, where it is in the model,
            team as fixed effects no difference between entries of two parts can be estimated.
        design: cells, and what their fixed part is about.
        class_of_entry: ``(n,)`` index of each entry's class, or None without classes.
        error: what solving approximately adds, or None where the fit is exact.
        warnings: what readers must know.
    """

    fit: Fit
    fixed: dict[str, float]
    levels: dict[str, Level]
    scores: Floats
    components: int
    design: RatingDesign
    class_of_entry: Ints | None = None
    error: StochasticError | None = None
    warnings: tuple[Text, ...] = ()

    def places(self, draws: int, top: int, seed: int) -> Places:
        """Draw the places of the entries within their classes.

        Args:
            draws: number of joint draws.
            top: k, how many places the probability of a top place is about.
            seed: of the random numbers.
        """
        return draw_places(
            self.fit, self.class_of_entry, draws, top, seed, cohort=self.design.cohort
        )


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
    design = design_ratings(ratings, unit, chosen)
    _refuse_aliases(design, chosen, unit)
    fitted = fit(Design(design.cells, "reading" in chosen), is_restricted=is_restricted)
    if fitted.is_degenerate:
        raise RulesFault(
            Text("The scores leave no error to estimate, so no model can be fitted"),
            hint=Text("panel data need entries that several examiners have scored differently"),
            code="no-error",
        )
    found = _estimability(ratings, design, chosen)
    scores = design.bases(fitted.fixed) + fitted.effects["entry"]
    if design.cohort is not None:
        scores = scores + fitted.effects["cohort"][design.cohort]
    return RatingsFit(
        fit=fitted,
        fixed=design.named(ratings, fitted.fixed),
        levels=_described(ratings, fitted),
        scores=scores,
        components=int(found.parts.max()) + 1,
        design=design,
        class_of_entry=None if ratings.entry_class is None else ratings.entry_class.astype(np.intp),
        error=stochastic_error(fitted.system),
        warnings=tuple(_warnings(found, ratings, fitted)),
    )


def _warnings(found: Estimability, ratings: Ratings, fitted: Fit) -> Iterator[Text]:
    doubtful = estimability_warning(found, ratings.teams)
    if doubtful is not None:
        yield doubtful
    if fitted.variance["entry"] == 0:
        yield Text(
            "No variance between entries was found: these scores do not tell the entries apart."
        )


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


def _refuse_aliases(design: RatingDesign, chosen: tuple[str, ...], unit: str) -> None:
    """Refuse effects that part the readings alike: nothing could tell them apart."""
    cells = design.cells
    rows = np.arange(len(cells.total))
    levels = dict(zip(cells.names, cells.levels, strict=True))
    if design.asked.shape[1] > 1:
        levels["class"] = design.group[cells.levels[0]]
    if unit == "review":
        levels["error"] = rows
    if "reading" in chosen:
        levels["reading"] = rows
    names = list(levels)
    for i, first in enumerate(names):
        for second in names[:i]:
            if same_partition(levels[first], levels[second]):
                raise RulesFault(
                    Text(
                        "The effects {first} and {second} cannot be told apart in these data",
                        first=second,
                        second=first,
                    ),
                    hint=Text("leave one of them out with --effects"),
                    code="aliased-effects",
                )


def _estimability(ratings: Ratings, design: RatingDesign, chosen: tuple[str, ...]) -> Estimability:
    place = design.place
    entry, examiner = (codes[place].astype(np.intp) for codes in (ratings.entry, ratings.examiner))
    if ratings.team is None or "team" not in chosen:
        return estimability_of(entry, examiner)
    return estimability_of(entry, examiner, ratings.team[place].astype(np.intp))


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
