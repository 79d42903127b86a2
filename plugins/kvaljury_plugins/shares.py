"""The city's share of places, children or pupils, to a verdict; shared by the share rules."""

from __future__ import annotations

from fractions import Fraction

from kvaljury import Outcome, Text, Verdict

OPERATOR_UNKNOWN = Text(
    "It is not known who runs the unit, and so not whether this share is asked for",
    sv="Det är inte känt vem som driver verksamheten, och därför inte om andelen ska prövas",
)


def judge_share(whole: Text, share: Fraction | None, minimum: Fraction) -> Verdict:
    """Compare the city's share with the least that is asked for, to the last decimal.

    Args:
        whole: what the share is a share of, in the definite form.
        share: percent, or None where it is unknown.
        minimum: percent.

    Returns:
        Pass from the minimum on (50.99 is not 51), fail below, unknown without a share.
    """
    limit = Text("at least {minimum}%", sv="minst {minimum} %", minimum=minimum)
    if share is None:
        reason = Text(
            "The city's share of {whole} is not known; {limit} is asked for",
            sv="Stadens andel av {whole} är inte känd; {limit} krävs",
            whole=whole,
            limit=limit,
        )
        return Verdict(Outcome.UNKNOWN, reason, None, limit)
    value = Text("{share}%", sv="{share} %", share=share)
    reason = Text(
        "The city's share of {whole} is {value}; {limit} is asked for",
        sv="Stadens andel av {whole} är {value}; {limit} krävs",
        whole=whole,
        value=value,
        limit=limit,
    )
    return Verdict(Outcome.PASS if share >= minimum else Outcome.FAIL, reason, value, limit)
