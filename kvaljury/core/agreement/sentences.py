"""Agreement and reliability to plain sentences: what the figures mean and cannot say."""

from __future__ import annotations

from collections.abc import Sequence

from kvaljury.core.model import LargeResidual, Reliability, TeamAgreement
from kvaljury.errors import Text

ENTRIES_FOR_FIRM_FIGURES = 10
WITHIN_TEAMS_ONLY = Text(
    "The agreement within a team says nothing about differences between teams: examiners may "
    "agree with each other and yet all be stricter than those of another team."
)
NOTHING_REMOVED = Text(
    "What is listed here is for discussion: no reading has been removed and no score changed."
)
_NO_RELIABILITY = Text(
    "How much entries and examiners vary has not been estimated from these readings, so the "
    "reliability of a score cannot be given."
)
_NO_RESIDUALS = Text(
    "There are too few readings to tell which of them stand out from what the others lead one to "
    "expect."
)


def describe_agreement(
    teams: Sequence[TeamAgreement],
    reliability: Reliability | None,
    residuals: Sequence[LargeResidual] | None,
    *,
    tells_strictness: bool = True,
) -> tuple[Text, ...]:
    """Say what the figures mean to those who prepare the jury's decision.

    Args:
        teams: how far each team agrees.
        reliability: of the edition's readings, or None where it is not known.
        residuals: readings that are far off, or None where none could be checked.
        tells_strictness: whether strict teams can be told from teams with weak entries.

    Returns:
        Sentences in the order to be read; the last say what none of it can say or do.
    """
    known = (
        (_NO_RELIABILITY, WITHIN_TEAMS_ONLY)
        if reliability is None
        else describe_reliability(reliability, tells_strictness=tells_strictness)
    )
    unknown = (_NO_RESIDUALS,) if residuals is None else ()
    return (*known, *_firmness(teams), *unknown, NOTHING_REMOVED)


def describe_reliability(
    reliability: Reliability, *, tells_strictness: bool = True
) -> tuple[Text, ...]:
    """Say what a reliability means to those who prepare the jury's decision.

    Args:
        reliability: of the edition's readings, points on 0-100.
        tells_strictness: whether strict teams can be told from teams with weak entries.

    Returns:
        One sentence for each source of variance, then for the standard error, the coefficient
        and what one more examiner would give, and last what none of it can say.

    >>> from kvaljury.core.agreement.reliability import reliability_of
    >>> found = reliability_of({"entry": 60.0, "residual": 40.0}, 4)
    >>> print(describe_reliability(found)[0])
    60 per cent of the variation between readings is differences between entries.
    """
    return (
        *(
            _share_of_teams_untold(100 * share)
            if source == "team" and not tells_strictness
            else _share(source, 100 * share)
            for source, share in reliability.shares.items()
        ),
        _error(reliability),
        *_coefficients(reliability),
        WITHIN_TEAMS_ONLY,
    )


def _share(source: str, percent: float) -> Text:
    return {
        "entry": Text(
            "{share:.0f} per cent of the variation between readings is differences between "
            "entries.",
            share=percent,
        ),
        "team": Text(
            "{share:.0f} per cent of the variation between readings is that teams are more or "
            "less strict.",
            share=percent,
        ),
        "cohort": Text(
            "{share:.0f} per cent of the variation between readings is that some teams were "
            "given better entries than others.",
            share=percent,
        ),
        "examiner": Text(
            "{share:.0f} per cent of the variation between readings is that the examiners of a "
            "team are more or less strict.",
            share=percent,
        ),
        "residual": Text(
            "{share:.0f} per cent of the variation between readings belongs to the single "
            "reading: how one examiner happened to see one entry.",
            share=percent,
        ),
    }[source]


def _share_of_teams_untold(percent: float) -> Text:
    return Text(
        "{share:.0f} per cent of the variation between readings is differences between teams; "
        "whether teams are more or less strict or were given better or worse entries cannot be "
        "told.",
        share=percent,
    )


def _error(reliability: Reliability) -> Text:
    now = reliability.now
    return Text(
        "An entry's mean score over its examiners (on average {examiners}) has a standard error "
        "of {same:.1f} points beside other entries that the same examiners read, and of "
        "{other:.1f} points had other examiners of the team read it.",
        examiners=round(now.examiners, 1),
        same=now.standard_error,
        other=now.standard_error_other_examiners,
    )


def _coefficients(reliability: Reliability) -> tuple[Text, ...]:
    now, more = reliability.now.generalizability, reliability.one_more.generalizability
    if now is None or more is None:
        return ()
    return (
        Text(
            "Reliability within a team is {now:.2f}, where 1 means that the scores separate its "
            "entries without error and 0 that they do not separate them at all; with one more "
            "examiner an entry it would be {more:.2f}.",
            now=now,
            more=more,
        ),
    )


def _firmness(teams: Sequence[TeamAgreement]) -> tuple[Text, ...]:
    sizes = [team.entries for team in teams if team.entries]
    fewest = min(sizes, default=ENTRIES_FOR_FIRM_FIGURES)
    if fewest >= ENTRIES_FOR_FIRM_FIGURES:
        return ()
    return (
        Text(
            "A team's figures rest on its own entries alone, in places as few as {fewest}; they "
            "are then rough, and a single entry can change them much.",
            fewest=fewest,
        ),
    )
