"""Variance components and a design to how reliable a score is, now and with more examiners."""

from __future__ import annotations

from collections.abc import Mapping

from kvaljury.core.model import Precision, Reliability

SOURCES = ("entry", "team", "cohort", "examiner", "residual")


def reliability_of(variance: Mapping[str, float | None], examiners: float) -> Reliability | None:
    """Compute shares of variance, standard errors and generalizability coefficients.

    Coefficients and errors hold within one team, where the effects of team and cohort are the
    same for all entries: they are in the shares only.

    Args:
        variance: components by source (entry, team, cohort, examiner, residual) in squared
            points, none negative; None or absent where the model has no such effect. A model
            of single marks has its reading and mark errors joined in the residual first.
        examiners: an entry, more than 0.

    Returns:
        The reliability, or None where the entry or residual component was not estimated, all
        are 0, or there is no examiner.

    Source:
        Cronbach, Gleser, Nanda and Rajaratnam 1972, The Dependability of Behavioral
        Measurements; Brennan 2001, Generalizability Theory, chapter 2.

    >>> found = reliability_of({"entry": 60.0, "examiner": 10.0, "residual": 30.0}, 3)
    >>> round(found.now.generalizability, 3), round(found.one_more.generalizability, 3)
    (0.857, 0.889)
    """
    known = {name: float(v) for name in SOURCES if (v := variance.get(name)) is not None}
    total = sum(known.values())
    if not {"entry", "residual"} <= known.keys() or total == 0 or examiners <= 0:
        return None
    return Reliability(
        shares={name: component / total for name, component in known.items()},
        now=_precision(known, examiners),
        one_more=_precision(known, examiners + 1),
    )


def _precision(variance: Mapping[str, float], examiners: float) -> Precision:
    same = variance["residual"] / examiners
    other = same + variance.get("examiner", 0.0) / examiners
    return Precision(
        examiners=examiners,
        standard_error=same**0.5,
        standard_error_other_examiners=other**0.5,
        generalizability=_share(variance["entry"], same),
        dependability=_share(variance["entry"], other),
    )


def _share(wanted: float, error: float) -> float | None:
    return wanted / (wanted + error) if wanted + error > 0 else None
