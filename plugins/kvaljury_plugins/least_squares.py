"""Scores by least squares, entry and examiner as fixed effects; refuses what is not connected."""

from collections.abc import Iterable, Sequence

from kvaljury import (
    Calibration,
    CalibrationSettings,
    Normalisation,
    Panel,
    RulesFault,
    Text,
    calibration,
    hookimpl,
)

_NO_INTERVAL = Text(
    "The readings leave nothing to judge their uncertainty by, so no interval can be given.",
    sv="Läsningarna ger inget att bedöma osäkerheten med, så inget intervall kan anges.",
)


def calibrate(panel: Panel, settings: CalibrationSettings) -> Calibration:
    """Fit the readings; every difference that examiners or entries make is kept, none shrunk.

    Entries of a class must lie in one part of the design, also those that will not be ranked:
    their scores are shown beside the others'. Classes may lie in different parts.

    Raises:
        RulesFault: if the entries of a class lie in several parts.
    """
    _refuse_divided(panel)
    model = calibration.fit_least_squares(panel)
    draws = model.draw(settings.draws, settings.seed)
    return Calibration(
        "least-squares",
        model.scores,
        draws,
        {**dict.fromkeys(("entry", "team", "cohort", "examiner")), "residual": model.residual},
        {"examiner": dict(zip(panel.examiners, map(float, model.severities), strict=True))},
        (_NO_INTERVAL,) if draws is None else (),
    )


def _refuse_divided(panel: Panel) -> None:
    parts = calibration.components_of(panel)
    groups: dict[str, set[str]] = {name: set() for name in panel.classes}
    for entry, index in zip(panel.entries, panel.entry_class, strict=True):
        groups[panel.classes[index]].add(entry)
    own = {
        name: [part for part in parts if not group.isdisjoint(part.entries)]
        for name, group in groups.items()
    }
    divided = {name: groups[name] for name, among in own.items() if len(among) > 1}
    if not divided:
        return
    apart = [part for part in parts if any(part in own[name] for name in divided)]
    links = calibration.connecting_readings(panel, parts, divided.values())
    raise RulesFault(
        Text(
            "The method least-squares can only compare entries that readings connect; the "
            "entries of {classes} lie in {n} parts without a reading in common: {parts}",
            sv="Metoden least-squares kan bara jämföra bidrag som hänger ihop genom läsningar; "
            "bidragen i {classes} ligger i {n} delar utan gemensamma läsningar: {parts}",
            classes=", ".join(divided),
            n=len(apart),
            parts=_named(apart),
        ),
        hint=Text(
            "choose another method under [calibration], such as mixed-model, or add readings "
            "that connect the parts, where no jäv forbids it (examiner and entry): {links}",
            sv="välj en annan metod under [calibration], till exempel mixed-model, eller lägg "
            "till läsningar som binder ihop delarna, där inget jäv hindrar (examinator och "
            "bidrag): {links}",
            links=", ".join(f"{examiner} {entry}" for examiner, entry in links),
        ),
        code="not-connected",
    )


def _named(parts: Sequence[calibration.Component]) -> str:
    teams = [team for part in parts for team in part.teams]
    shared = {team for team in teams if teams.count(team) > 1}
    return " | ".join(
        ", ".join(part.teams)
        + (f" ({', '.join(part.examiners)})" if shared.intersection(part.teams) else "")
        for part in parts
    )


@hookimpl
def kvaljury_normalisations() -> Iterable[Normalisation]:
    """Offer ``least-squares``."""
    yield Normalisation("least-squares", calibrate)
