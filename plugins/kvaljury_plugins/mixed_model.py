"""Calibrated scores by a mixed model: entry, team, examiner and, where linked, cohort (REML)."""

from collections.abc import Iterable, Iterator

from kvaljury import (
    Calibration,
    CalibrationSettings,
    Normalisation,
    Panel,
    Text,
    calibration,
    hookimpl,
)


def calibrate(panel: Panel, settings: CalibrationSettings) -> Calibration:
    """Fit the model to the readings; raw scores where it cannot be fitted, with a warning."""
    by_lot = settings.allocation == "random" and len(calibration.components_of(panel)) > 1
    model = calibration.fit_panel(panel, cohort=not by_lot)
    if model is None:
        draws = calibration.draw_spread(
            panel.entry, panel.score, panel.raw, settings.draws, settings.seed
        )
        warning = Text(
            "The variance between entries cannot be estimated from these readings; "
            "raw scores are shown.",
            sv="Variationen mellan bidrag kan inte skattas ur de här läsningarna; råpoängen visas.",
        )
        return Calibration("mixed-model", panel.raw, draws, {}, warnings=(warning,))
    effects = model.fit.effects
    severities = {
        name: dict(zip(names, map(float, effects[name]), strict=True))
        for name, names in (("team", panel.teams), ("examiner", panel.examiners))
        if name in effects
    }
    return Calibration(
        "mixed-model",
        model.scores,
        calibration.draw_scores(model, settings.draws, settings.seed),
        {
            **dict.fromkeys(("entry", "team", "cohort", "examiner", "residual")),
            **model.fit.variance,
        },
        severities,
        tuple(_warnings(panel, model, by_lot=by_lot)),
    )


_FEW_TEAMS = Text(
    "There are fewer than five teams, so how much teams differ is known only roughly; the "
    "calculation allows for some difference.",
    sv="Det finns färre än fem lag, så hur mycket lagen skiljer sig åt är bara ungefär känt; "
    "beräkningen räknar med att de skiljer sig åt något.",
)
_WEAK_ENTRIES = Text(
    "The scores of entries differ hardly more than examiners of one entry do; little can be said "
    "of their order.",
    sv="Bidragens poäng skiljer sig knappt mer än examinatorerna av ett och samma bidrag gör; "
    "det går inte att säga mycket om ordningen.",
)


def _warnings(panel: Panel, model: calibration.MixedModel, *, by_lot: bool) -> Iterator[Text]:
    if "team" in model.priors and len(panel.teams) < calibration.TEAMS_WITHOUT_PRIOR:
        yield _FEW_TEAMS
    if "entry" in model.priors:
        yield _WEAK_ENTRIES
    kept = calibration.kept_fraction(panel, model) if by_lot else None
    if kept is not None:
        yield Text(
            "Entries were allocated to teams at random, the edition states; {percent} % of the "
            "difference between a team's mean and the others' is kept in the scores.",
            sv="Bidragen fördelades slumpvis på lagen enligt omgången; {percent} % av skillnaden "
            "mellan ett lags medelpoäng och de andras finns kvar i poängen.",
            percent=round(100 * kept),
        )


@hookimpl
def kvaljury_normalisations() -> Iterable[Normalisation]:
    """Offer ``mixed-model``."""
    yield Normalisation("mixed-model", calibrate)
