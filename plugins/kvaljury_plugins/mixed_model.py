"""Calibrated scores by a mixed model with entry, team and examiner effects (REML)."""

from collections.abc import Iterable

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
    model = calibration.fit_panel(panel)
    if model is None:
        draws = calibration.draw_spread(
            panel.entry, panel.score, panel.raw, settings.draws, settings.seed
        )
        warning = Text(
            "The variance between entries cannot be estimated from these readings; "
            "raw scores are shown.",
            sv="Variationen mellan bidrag kan inte skattas ur de här läsningarna; råa poäng visas.",
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
        _warnings(panel, settings, model),
    )


def _warnings(
    panel: Panel, settings: CalibrationSettings, model: calibration.MixedModel
) -> tuple[Text, ...]:
    if settings.allocation != "random" or len(calibration.components_of(panel)) == 1:
        return ()
    kept = calibration.kept_fraction(panel, model)
    if kept is None:
        return ()
    return (
        Text(
            "Entries were allocated to teams at random, the edition states; {percent} % of the "
            "difference between a team's mean and the others' is kept in the scores.",
            sv="Bidragen fördelades slumpvis på lagen enligt omgången; {percent} % av skillnaden "
            "mellan ett lags medelpoäng och de andras finns kvar i poängen.",
            percent=round(100 * kept),
        ),
    )


@hookimpl
def kvaljury_normalisations() -> Iterable[Normalisation]:
    """Offer ``mixed-model``."""
    yield Normalisation("mixed-model", calibrate)
