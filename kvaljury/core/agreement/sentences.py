"""Reliability to plain sentences: what the figures mean and what they cannot say."""

from __future__ import annotations

from kvaljury.core.agreement.reliability import Reliability
from kvaljury.errors import Text

WITHIN_TEAMS_ONLY = Text(
    "The agreement within a team says nothing about differences between teams: examiners may "
    "agree with each other and yet all be stricter than those of another team."
)


def describe_reliability(reliability: Reliability) -> tuple[Text, ...]:
    """Say what a reliability means to those who prepare the jury's decision.

    Args:
        reliability: of the edition's readings, points on 0-100.

    Returns:
        One sentence for each source of variance, then for the standard error, the coefficient
        and what one more examiner would give, and last what none of it can say.

    >>> from kvaljury.core.agreement.reliability import reliability_of
    >>> found = reliability_of({"entry": 60.0, "residual": 40.0}, 4)
    >>> print(describe_reliability(found)[0])
    60 per cent of the variation between readings is differences between entries.
    """
    return (
        *(_share(source, 100 * share) for source, share in reliability.shares.items()),
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
