"""A normalisation's answer to scores that may be compared, class by class, or openly may not."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import attrs
import numpy as np

from kvaljury.core.asking import asking, is_sound_text
from kvaljury.core.calibration import (
    Component,
    components_of,
    connecting_readings,
    guarded_scores,
    linkage_of,
)
from kvaljury.core.model import (
    Allocation,
    Basis,
    Calibration,
    CalibrationSettings,
    CalibrationSummary,
    Normalisation,
    Panel,
    Text,
)
from kvaljury.core.model.panel import Floats
from kvaljury.errors import PluginFault

DECIMALS = 6
_FAR = 1e6


@attrs.frozen(eq=False)
class ComparedScores:
    """Scores after the identification guard.

    Attributes:
        scores: ``(n,)`` on 0-100, quantised to 6 decimals, in the panel's order of entries.
        draws: ``(m, n)``, or None where no uncertainty is known.
        comparable: by class id, whether its entries may be compared with each other.
        summary: how the scores were made comparable.
    """

    scores: Floats
    draws: Floats | None
    comparable: Mapping[str, bool]
    summary: CalibrationSummary


def compare_teams(
    panel: Panel,
    normalisation: Normalisation,
    settings: CalibrationSettings,
    groups: Mapping[str, Collection[str]],
    forbidden: Collection[tuple[str, str]] = (),
    *,
    seeks_links: bool = True,
) -> ComparedScores:
    """Calibrate a panel and guard the classes that the design cannot compare.

    Args:
        panel: readings of all teams.
        normalisation: the edition's.
        settings: the edition's.
        groups: ids of the competing entries with readings by class id.
        forbidden: pairs (examiner, entry) that may not be proposed as links.
        seeks_links: whether the account tells how firmly teams are linked and which readings
            would link them; without it, only scores and their comparability are computed.

    Returns:
        Scores, draws and an account of them.

    Raises:
        PluginFault: if the normalisation fails or answers with something unusable.
    """
    calibration = _calibrate(panel, normalisation, settings)
    components = components_of(panel)
    linked = {name: _is_linked(group, components) for name, group in groups.items()}
    random = settings.allocation is Allocation.RANDOM
    comparable = {name: is_linked or random for name, is_linked in linked.items()}
    guarded = np.array(
        [not comparable.get(panel.classes[index], True) for index in panel.entry_class]
    )
    scores, draws = calibration.scores, calibration.draws
    if guarded.any():
        count = settings.draws if draws is None else len(draws)
        wide = guarded_scores(panel, count, settings.seed)
        scores = np.where(guarded, panel.raw, scores)
        draws = None if draws is None or wide is None else np.where(guarded, wide, draws)
    summary = CalibrationSummary(
        method=calibration.method,
        basis=_basis(linked, comparable),
        components=len(components),
        comparable=all(comparable.values()),
        variance={name: _quantised_number(value) for name, value in calibration.variance.items()},
        effects={
            name: {key: float(quantised(np.array(v))) for key, v in sorted(values.items())}
            for name, values in calibration.effects.items()
        },
        warnings=calibration.warnings,
    )
    if seeks_links:
        apart = [group for name, group in groups.items() if not linked[name]]
        summary = attrs.evolve(
            summary,
            links=connecting_readings(panel, components, apart, forbidden),
            linkage=linkage_of(
                panel,
                calibration.variance.get("residual"),
                forbidden=forbidden,
                entries=frozenset().union(*groups.values()),
            ),
        )
    return ComparedScores(quantised(scores), draws, comparable, summary)


def _quantised_number(value: float | None) -> float | None:
    return None if value is None else float(quantised(np.array(value)))


def quantised(values: Floats) -> Floats:
    """Round to the 6 decimals that leave the engine, without negative zeros."""
    return np.asarray(np.round(values, DECIMALS) + 0.0, dtype=np.float64)


def _calibrate(
    panel: Panel, normalisation: Normalisation, settings: CalibrationSettings
) -> Calibration:
    def failed(said: str) -> Text:
        return Text("The normalisation {name} failed: {error}", name=normalisation.name, error=said)

    with asking(f"normalisation {normalisation.name}", failed, may_refuse=True):
        calibration = normalisation.calibrate(panel, settings)
    problem = _problem(panel, calibration)
    if problem is not None:
        raise PluginFault(
            Text(
                "The normalisation {name} answered with {problem}",
                name=normalisation.name,
                problem=problem,
            ),
            code="plugin-wrong-answer",
            plugin=f"normalisation {normalisation.name}",
        )
    return calibration


def _problem(panel: Panel, calibration: object) -> Text | None:
    count = len(panel.entries)
    if not isinstance(calibration, Calibration):
        return Text("{kind} instead of a Calibration", kind=type(calibration).__name__)
    if np.shape(calibration.scores) != (count,) or not _is_bounded(calibration.scores):
        return Text("scores that are not {n} finite numbers", n=count)
    draws = calibration.draws
    if draws is not None and (
        np.ndim(draws) != 2  # noqa: PLR2004  # draws by entries
        or np.shape(draws)[0] == 0
        or np.shape(draws)[1] != count
        or not _is_bounded(draws)
    ):
        return Text("draws that are not finite numbers for {n} entries", n=count)
    return _problem_of_account(calibration)


def _problem_of_account(calibration: Calibration) -> Text | None:
    known = [value for value in calibration.variance.values() if value is not None]
    if not all(_is_finite(value) and value >= 0 for value in known):
        return Text("variance components that are not finite numbers from 0")
    effects = [effect for named in calibration.effects.values() for effect in named.values()]
    if not all(_is_finite(effect) and abs(effect) < _FAR for effect in effects):
        return Text("severities that are not finite numbers")
    if not all(map(is_sound_text, calibration.warnings)):
        return Text("warnings that are no texts that can be shown")
    return None


def _is_bounded(values: object) -> bool:
    if not isinstance(values, np.ndarray) or values.dtype.kind not in "fiu":
        return False
    return bool(np.isfinite(values).all() and np.abs(values).max(initial=0.0) < _FAR)


def _is_finite(value: object) -> bool:
    return isinstance(value, float | int) and bool(np.isfinite(value))


def _is_linked(group: Collection[str], components: tuple[Component, ...]) -> bool:
    return sum(not set(group).isdisjoint(part.entries) for part in components) <= 1


def _basis(linked: Mapping[str, bool], comparable: Mapping[str, bool]) -> Basis:
    if all(linked.values()):
        return Basis.LINKS
    return Basis.ALLOCATION if all(comparable.values()) else Basis.NONE
