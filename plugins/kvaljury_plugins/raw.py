"""Raw scores, as they are: nothing is done about severe and generous teams."""

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
    """Give the aggregated raw scores, with intervals from how examiners of an entry differ."""
    draws = calibration.draw_spread(
        panel.entry, panel.score, panel.raw, settings.draws, settings.seed
    )
    warnings = [
        Text(
            "Raw scores: a severe or generous team is not corrected for, and the intervals "
            "do not show it.",
            sv="Råpoäng: ett strängt eller generöst lag korrigeras inte, och det syns inte "
            "i intervallen.",
        )
    ]
    if draws is None:
        warnings.append(
            Text(
                "The readings leave nothing to judge their uncertainty by, so no interval can be "
                "given.",
                sv="Läsningarna ger inget att bedöma osäkerheten med, så inget intervall kan "
                "anges.",
            )
        )
    return Calibration("raw", panel.raw, draws, {}, warnings=tuple(warnings))


@hookimpl
def kvaljury_normalisations() -> Iterable[Normalisation]:
    """Offer ``raw``."""
    yield Normalisation("raw", calibrate)
