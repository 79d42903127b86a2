"""What kvaljury relies on in what plugins offer, as checks that raise AssertionError."""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from itertools import combinations_with_replacement, pairwise, product
from typing import Any, TypeVar

import attrs
import numpy as np
from numpy.typing import NDArray

from kvaljury.core.model import (
    Aggregation,
    Calibration,
    CalibrationSettings,
    ClassRanking,
    EligibilityRule,
    Entry,
    Normalisation,
    Outcome,
    Panel,
    Rubric,
    ShortlistRule,
    ShortlistSettings,
    Status,
    Text,
    Verdict,
)
from kvaljury.errors import RulesFault
from kvaljury.registry.contents import OfferedValue, fault_in
from kvaljury.testing.samples import (
    sample_entries,
    sample_marks,
    sample_panels,
    sample_rankings,
    values_by_field,
    with_other_names,
)

Floats = NDArray[np.float64]
_Given = TypeVar("_Given")

_HIGHEST_SCORE = 100
_ROUNDING = 1e-9
# A likelihood is maximised to some tolerance, so order may show in the last decimals.
_CONVERGENCE = 1e-3
_EMPTY_MEANS_NONE = ("last_award_year", "last_mention_year", "predecessors")
_EFFECTS = {"entry", "team", "cohort", "examiner", "residual"}
_LOW_TO_HIGH = (Status.NOT_SHORTLISTED, Status.DISCUSS, Status.SHORTLISTED)


def check_rubric(rubric: Rubric) -> None:
    """Hold a rubric to its contract, over its whole scale where that is small.

    Args:
        rubric: what a plugin offers.

    Raises:
        AssertionError: unless scores are ``(n,)`` numbers on 0-100, one row at a time or all at
            once, the same each time, never lower for a higher mark, and the marks are left alone.
    """
    _check_offer(rubric, Rubric)
    rows = sample_marks(rubric)
    scores = _score(rubric, rows)
    _demand(
        bool((scores >= 0).all() and (scores <= _HIGHEST_SCORE).all()),
        f"scores lie between {scores.min()} and {scores.max()}; expected was 0-100",
    )
    _demand(np.array_equal(scores, _score(rubric, rows)), "the same marks gave other scores")
    alone = np.concatenate([_score(rubric, row[np.newaxis]) for row in rows])
    _demand(
        np.allclose(scores, alone, rtol=0, atol=_ROUNDING),
        "the score of a row depends on which other rows are scored with it",
    )
    _score(rubric, rows[:0])
    for at, criterion in enumerate(rubric.criteria):
        raised = rows.copy()
        raised[:, at] = np.minimum(
            raised[:, at] + float(rubric.scale.step), float(rubric.scale.high)
        )
        lower = np.flatnonzero(_score(rubric, raised) < scores - _ROUNDING)
        _demand(
            not len(lower),
            f"a higher mark on criterion {criterion.id!r} lowers the score of "
            f"{rows[lower[:1]].tolist()}",
        )


def check_eligibility_rule(rule: EligibilityRule, parameters: Mapping[str, object]) -> None:
    """Hold an eligibility rule to its contract, over known and unknown values of every field.

    Args:
        rule: what a plugin offers.
        parameters: as a rule set would give them, ``year`` among them.

    Raises:
        AssertionError: unless each verdict is a Verdict with a reason, the same each time, the
            parameters are left alone, and nothing unknown is let through where some known value
            would fail.
    """
    _check_offer(rule, EligibilityRule)
    year = parameters.get("year")
    _demand(isinstance(year, int), "the parameters lack the year, which kvaljury always gives")
    values = values_by_field(int(str(year)))
    for entry in sample_entries(values):
        _judge(rule, entry, parameters)
        for field in values.keys() - _EMPTY_MEANS_NONE:
            outcomes = {
                value: _judge(rule, attrs.evolve(entry, **{field: value}), parameters)
                for value in values[field]
            }
            _demand(
                Outcome.FAIL not in outcomes.values()
                or outcomes[None] in {Outcome.UNKNOWN, Outcome.FAIL},
                f"the verdict is {outcomes[None]} with {field} unknown, and some known value "
                "would fail; unknown is never a pass",
            )


def check_aggregation(aggregation: Aggregation) -> None:
    """Hold an aggregation to its contract.

    Args:
        aggregation: what a plugin offers.

    Raises:
        AssertionError: unless one to five totals give an exact number between the lowest and the
            highest, the same each time, never lower for a higher total, and are left alone.
    """
    _check_offer(aggregation, Aggregation)
    steps = [Fraction(0), Fraction(85, 3), Fraction(50), Fraction(351, 7), Fraction(100)]
    for n in range(1, 6):
        for totals in combinations_with_replacement(steps, n):
            raw = _combine(aggregation, totals)
            _demand(
                min(totals) <= raw <= max(totals),
                f"{_shown(totals)} gave {raw}, which is not between the lowest and the highest",
            )
            for at, higher in product(range(n), steps):
                raised = sorted([*totals[:at], max(higher, totals[at]), *totals[at + 1 :]])
                _demand(
                    _combine(aggregation, raised) >= raw,
                    f"{_shown(raised)} gave less than {_shown(totals)}: a higher total lowers",
                )


def check_normalisation(normalisation: Normalisation) -> None:
    """Hold a normalisation to its contract, on connected, divided and minimal panels.

    Args:
        normalisation: what a plugin offers.

    Raises:
        AssertionError: unless each panel gives a Calibration of ``(n,)`` finite scores with
            ``(m, n)`` finite draws or none, the same for the same seed, whatever examiners and
            teams are called, and the panel is left alone. A panel that is not connected, has no
            spread or a single reading may be refused instead, by a RulesFault with a hint.
    """
    _check_offer(normalisation, Normalisation)
    settings = CalibrationSettings(method=normalisation.name, draws=200)
    for number, panel in enumerate(sample_panels()):
        if number > 0 and _refuses(normalisation, panel, settings):
            continue
        found = _calibrate(normalisation, panel, settings)
        again = _calibrate(normalisation, panel, settings)
        _demand(
            _bytes_of(found.scores, found.draws) == _bytes_of(again.scores, again.draws),
            "the same panel and seed gave other numbers",
        )
        renamed = _calibrate(normalisation, with_other_names(panel), settings)
        _demand(
            np.allclose(found.scores, renamed.scores, rtol=0, atol=_CONVERGENCE),
            "scores depend on what examiners and teams are called",
        )


def check_shortlist_rule(rule: ShortlistRule) -> None:
    """Hold a shortlist rule to its contract.

    Args:
        rule: what a plugin offers.

    Raises:
        AssertionError: unless each entry that was given, and no other, gets ``shortlisted``,
            ``discuss`` or ``not_shortlisted``, the same whatever order they come in, the same for
            tied entries, and none lower than an entry that is ranked below.
    """
    _check_offer(rule, ShortlistRule)
    for ranking in sample_rankings():
        statuses = _decide(rule, ranking)
        backwards = attrs.evolve(ranking, entries=ranking.entries[::-1])
        _demand(_decide(rule, backwards) == statuses, "statuses depend on the order of the entries")
        for upper, lower in pairwise(ranking.entries):
            above, below = (_LOW_TO_HIGH.index(statuses[each.id]) for each in (upper, lower))
            _demand(
                above == below if upper.rank == lower.rank else above >= below,
                f"entries of rank {upper.rank} and {lower.rank} are "
                f"{_LOW_TO_HIGH[above]} and {_LOW_TO_HIGH[below]}",
            )


def _score(rubric: Rubric, rows: Floats) -> Floats:
    given = rows.copy()
    scores = _call(rubric.score, given)
    _demand(np.array_equal(given, rows), "score changed the marks that it was given")
    _demand(
        isinstance(scores, np.ndarray) and scores.shape == (len(rows),),
        f"score gave {_form(scores)} for {_form(rows)}; expected was one score for each row",
    )
    _demand(
        scores.dtype.kind == "f" and bool(np.isfinite(scores).all()),
        "score gave something else than finite floating-point numbers",
    )
    return scores


def _judge(rule: EligibilityRule, entry: Entry, parameters: Mapping[str, object]) -> Outcome:
    given = copy.deepcopy(dict(parameters))
    verdict = _call(rule.check, entry, given)
    _demand(given == dict(parameters), "check changed the parameters that it was given")
    _demand(
        type(verdict) is Verdict and isinstance(verdict.outcome, Outcome),
        f"check gave {verdict!r}; expected was a Verdict with an Outcome",
    )
    _demand(
        isinstance(verdict.reason, Text) and bool(str(verdict.reason)),
        f"the verdict {verdict.outcome} lacks a reason",
    )
    _demand(rule.check(entry, given) == verdict, "the same entry got another verdict")
    return verdict.outcome


def _combine(aggregation: Aggregation, totals: Sequence[Fraction]) -> Fraction:
    given = list(totals)
    raw = _call(aggregation.combine, given)
    _demand(given == list(totals), "combine changed the totals that it was given")
    _demand(isinstance(raw, Fraction), f"combine gave {raw!r}; expected was a Fraction")
    _demand(aggregation.combine(given) == raw, "the same totals gave another score")
    return raw


def _refuses(normalisation: Normalisation, panel: Panel, settings: CalibrationSettings) -> bool:
    try:
        normalisation.calibrate(panel, settings)
    except RulesFault as fault:
        _demand(
            isinstance(fault.message, Text) and isinstance(fault.hint, Text),
            f"{fault.message} is refused without a hint, a Text that says what would mend it",
        )
        return True
    except Exception:  # what else goes wrong is told where the panel is tried in full
        return False
    return False


def _calibrate(
    normalisation: Normalisation, panel: Panel, settings: CalibrationSettings
) -> Calibration:
    before = copy.deepcopy(panel)
    found = _call(normalisation.calibrate, panel, settings)
    _demand(
        all(
            np.array_equal(old, new)
            for old, new in zip(_values(before), _values(panel), strict=True)
        ),
        "calibrate changed the panel that it was given",
    )
    _demand(type(found) is Calibration, f"calibrate gave {_form(found)}; expected a Calibration")
    n, m = len(panel.entries), settings.draws
    _demand(
        found.scores.shape == (n,) and bool(np.isfinite(found.scores).all()),
        f"scores are {_form(found.scores)}; expected were {n} finite numbers",
    )
    _demand(
        found.draws is None
        or (found.draws.shape == (m, n) and bool(np.isfinite(found.draws).all())),
        f"draws are {_form(found.draws)}; expected were {m} by {n} finite numbers, or None",
    )
    _demand(
        found.variance.keys() <= _EFFECTS
        and all(value is None or 0 <= value < np.inf for value in found.variance.values()),
        f"variance is {dict(found.variance)}; expected were numbers of at least 0, or None, for "
        f"effects among {', '.join(sorted(_EFFECTS))}",
    )
    severities = [value for effect in found.effects.values() for value in effect.values()]
    _demand(
        bool(np.isfinite(np.array(severities, dtype=float)).all()),
        f"effects are {dict(found.effects)}; expected were finite severities",
    )
    _demand(
        all(isinstance(warning, Text) for warning in found.warnings),
        f"warnings are {found.warnings!r}; expected were Texts",
    )
    return found


def _decide(rule: ShortlistRule, ranking: ClassRanking) -> dict[str, Status]:
    settings = ShortlistSettings(rule=rule.name, size=ranking.shortlist_size, clear=0.9)
    statuses = dict(_call(rule.decide, ranking, settings))
    _demand(
        statuses.keys() == {entry.id for entry in ranking.entries},
        f"decide gave statuses to {sorted(statuses)}, not to the entries that it was given",
    )
    _demand(
        all(status in _LOW_TO_HIGH for status in statuses.values()),
        f"decide gave {statuses}; expected were {', '.join(_LOW_TO_HIGH)}",
    )
    return statuses


def _call(function: Callable[..., _Given], *arguments: object) -> _Given:
    try:
        return function(*arguments)
    except Exception as error:
        given = ", ".join(map(repr, arguments))
        raise AssertionError(f"{type(error).__name__} for {given}: {error}") from error


def _check_offer(offered: OfferedValue, kind: type[OfferedValue]) -> None:
    _demand(type(offered) is kind, f"expected a {kind.__name__}, not {_form(offered)}")
    fault = fault_in(offered)
    _demand(fault is None, f"{offered.name}: {fault}")


def _demand(holds: bool, otherwise: str) -> None:
    if not holds:
        raise AssertionError(otherwise)


def _values(panel: Panel) -> tuple[Any, ...]:
    return attrs.astuple(panel, recurse=False)


def _bytes_of(*arrays: Floats | None) -> list[bytes]:
    return [b"" if array is None else array.tobytes() for array in arrays]


def _form(value: object) -> str:
    name = type(value).__name__
    return f"{name} of shape {value.shape}" if isinstance(value, np.ndarray) else name


def _shown(totals: Sequence[Fraction]) -> str:
    return f"({', '.join(map(str, totals))})"
