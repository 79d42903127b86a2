"""An edition's ranking to how firmly its lists stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import count

import attrs
import numpy as np

from kvaljury.core.model import ClassRanking, Edition, RankedEntry, Ranking, Text, Toolkit
from kvaljury.core.model.panel import Floats
from kvaljury.core.model.sensitivity import (
    ClassSensitivity,
    EntrySensitivity,
    Family,
    ListedCount,
    ListState,
    LostScenario,
    Sensitivity,
)
from kvaljury.core.pipeline import naming_provider
from kvaljury.core.sensitivity.area_weights import AreaScores, area_scores, draw_weights
from kvaljury.core.sensitivity.linear_response import class_responses
from kvaljury.core.sensitivity.places import is_listed, places_of
from kvaljury.core.sensitivity.recalculation import (
    RankedClass,
    Recalculated,
    Trial,
    prepare_trial,
    recalculate,
    with_totals,
)
from kvaljury.core.sensitivity.scenarios import WEIGHTS_CODE, named_scenarios
from kvaljury.core.sensitivity.smallest_reading import smallest_reading_change
from kvaljury.core.sensitivity.smallest_weight import predicted_scores, smallest_weight_change

DRAWS = 500
CONCENTRATION = 50.0


@attrs.frozen(eq=False)
class _Outcome:
    """What a scenario gave: its code, its family, and the scores of each class or why not."""

    code: str
    family: Family
    scores: Mapping[str, Floats | Text]


def assess_sensitivity(
    edition: Edition,
    ranking: Ranking,
    toolkit: Toolkit,
    *,
    draws: int = DRAWS,
    concentration: float = CONCENTRATION,
    seeks_changes: bool = True,
    tell: Callable[[int, int], None] = lambda _done, _total: None,
) -> Sensitivity:
    """Hold the lists of an edition against other examiners, areas, weights and combinations.

    Places go by score alone; statuses, probabilities and proposals are left as they are. The
    calibration's own uncertainty is in the ranking's probabilities and not counted again.

    Args:
        edition: that was ranked.
        ranking: its ranking.
        toolkit: with which it was ranked.
        draws: number of draws of the areas' weights, at least 1.
        concentration: of these draws around the edition's weights, above 0.
        seeks_changes: whether the smallest changes that alter a list are sought, which takes
            half of the time.
        tell: is told the number of steps done and of all steps.

    Returns:
        By class and entry how often it stays on the list, and by class, if sought, the smallest
        change that alters the list. Barred and unmarked entries are left out.

    Raises:
        PluginFault: if a plugin fails on the very readings that were ranked.
    """
    with naming_provider(toolkit.plugins):
        trial = prepare_trial(edition, ranking, toolkit)
    found = class_responses(trial)
    responses = found.by_class
    areas = area_scores(edition.rules.areas, trial.readings)
    seed = edition.rules.settings.calibration.seed
    weights = draw_weights(areas.weights, draws, concentration, seed)
    named = named_scenarios(trial)
    slow = draws if any(matrix is None for matrix in responses.values()) else 0
    step = _stepping(len(named) + slow + len(trial.classes), tell)
    outcomes = []
    for scenario in named:
        computed = scenario.scores()
        outcomes.append(_Outcome(scenario.code, scenario.family, _by_class(trial, computed)))
        step()
    outcomes += _weight_outcomes(trial, responses, areas.totals(weights), step)
    by_class: dict[str, ClassSensitivity] = {}
    for ranked in trial.classes:
        own = next(found for found in ranking.classes if found.class_id == ranked.id)
        assessed = _assess_class(trial, ranked, own, outcomes)
        if seeks_changes and assessed.state is ListState.OPEN:
            assessed = _with_changes(trial, ranked, assessed, responses[ranked.id], areas)
        by_class[ranked.id] = assessed
        step()
    return Sensitivity(
        draws=draws,
        concentration=concentration,
        seed=seed,
        keeps_estimates=found.keeps_estimates,
        classes=tuple(by_class.get(own.class_id) or _empty(own) for own in ranking.classes),
    )


def _stepping(total: int, tell: Callable[[int, int], None]) -> Callable[[], None]:
    done = count(1)
    return lambda: tell(next(done), total)


def _by_class(trial: Trial, computed: Recalculated) -> dict[str, Floats | Text]:
    return {ranked.id: computed.of_class(ranked) for ranked in trial.classes}


def _weight_outcomes(
    trial: Trial,
    responses: Mapping[str, Floats | None],
    totals: Floats,
    step: Callable[[], None],
) -> Iterator[_Outcome]:
    """Give the scores of each class for each draw of the weights, ``(m, r)`` totals."""
    fast = [ranked for ranked in trial.classes if responses[ranked.id] is not None]
    slow = tuple(ranked for ranked in trial.classes if responses[ranked.id] is None)
    predicted = {
        ranked.id: predicted_scores(trial, ranked, response, totals)
        for ranked in fast
        if (response := responses[ranked.id]) is not None
    }
    rest = attrs.evolve(trial, classes=slow)
    for draw, drawn in enumerate(totals):
        scores: dict[str, Floats | Text] = {name: found[draw] for name, found in predicted.items()}
        if slow:
            scores |= _by_class(rest, recalculate(rest, with_totals(trial.readings, drawn)))
            step()
        yield _Outcome(WEIGHTS_CODE, Family.WEIGHTS, scores)


def _empty(own: ClassRanking) -> ClassSensitivity:
    return ClassSensitivity(
        own.class_id, own.shortlist_size, own.comparable, ListState.NO_CHOICE, ()
    )


def _assess_class(
    trial: Trial,
    ranked: RankedClass,
    own: ClassRanking,
    outcomes: Sequence[_Outcome],
) -> ClassSensitivity:
    placed = [entry for entry in own.entries if entry.rank is not None]
    return ClassSensitivity(
        class_id=ranked.id,
        shortlist_size=ranked.size,
        comparable=ranked.comparable,
        state=_state(placed, ranked.size),
        entries=_assess_entries(trial, ranked, placed, _relevant(ranked, outcomes)),
        lost=_lost(ranked, outcomes),
    )


def _with_changes(
    trial: Trial,
    ranked: RankedClass,
    assessed: ClassSensitivity,
    response: Floats | None,
    areas: AreaScores,
) -> ClassSensitivity:
    return attrs.evolve(
        assessed,
        reading=smallest_reading_change(trial, ranked, response),
        weight=smallest_weight_change(trial, ranked, response, areas),
    )


def _state(placed: Sequence[RankedEntry], size: int) -> ListState:
    if len(placed) <= size:
        return ListState.NO_CHOICE
    listed = sum(entry.rank is not None and entry.rank <= size for entry in placed)
    return ListState.TIED if listed > size else ListState.OPEN


def _relevant(ranked: RankedClass, outcomes: Sequence[_Outcome]) -> list[_Outcome]:
    """Leave out what is no scenario for a class: raw scores where its scores are the raw ones."""
    return [o for o in outcomes if ranked.comparable or o.family is not Family.RAW]


def _lost(ranked: RankedClass, outcomes: Sequence[_Outcome]) -> tuple[LostScenario, ...]:
    reasons = {
        outcome.code: reason
        for outcome in reversed(outcomes)
        if isinstance(reason := outcome.scores[ranked.id], Text)
    }
    counts = Counter(o.code for o in outcomes if isinstance(o.scores[ranked.id], Text))
    return tuple(LostScenario(code, reasons[code], counts[code]) for code in sorted(reasons))


def _assess_entries(
    trial: Trial,
    ranked: RankedClass,
    placed: Sequence[RankedEntry],
    outcomes: Sequence[_Outcome],
) -> tuple[EntrySensitivity, ...]:
    decimals = trial.edition.rules.settings.rounding.decimals
    kept = [o for o in outcomes if not isinstance(o.scores[ranked.id], Text)]
    found = [scores for o in kept if not isinstance(scores := o.scores[ranked.id], Text)]
    scores = np.array(found).reshape(len(found), len(ranked.entries))
    places = places_of(scores, decimals)
    listed = is_listed(scores, ranked.size, decimals)
    column = {entry: i for i, entry in enumerate(ranked.entries)}
    return tuple(
        _assess_entry(
            entry,
            ranked.size,
            kept,
            places[:, column[entry.id]].tolist(),
            listed[:, column[entry.id]].tolist(),
        )
        for entry in placed
    )


def _assess_entry(
    entry: RankedEntry,
    size: int,
    outcomes: Sequence[_Outcome],
    places: Sequence[int],
    listed: Sequence[bool],
) -> EntrySensitivity:
    place = entry.rank or 0
    is_on = place <= size
    flips = {o.code for o, now in zip(outcomes, listed, strict=True) if now is not is_on}
    scenarios = Counter(o.family for o in outcomes)
    on = Counter(o.family for o, now in zip(outcomes, listed, strict=True) if now)
    return EntrySensitivity(
        id=entry.id,
        place=place,
        is_listed=is_on,
        counts=tuple(ListedCount(family, scenarios[family], on[family]) for family in Family),
        best=min([place, *places]),
        worst=max([place, *places]),
        taken_off_by=tuple(sorted(flips)) if is_on else (),
        put_on_by=() if is_on else tuple(sorted(flips)),
    )
