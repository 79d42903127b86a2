"""Numbers to the decimals that people are shown, rounded as people round."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

_DIGITS = 400


def half_up(value: float | Fraction | Decimal, decimals: int) -> Decimal:
    """Round half away from zero, whatever the binary form of a float.

    Args:
        value: a finite number.
        decimals: how many are kept, at least 0.

    Returns:
        The rounded number with exactly that many decimals, never a negative zero.

    >>> half_up(0.25, 1), half_up(Fraction(-1, 8), 2)
    (Decimal('0.3'), Decimal('-0.13'))
    """
    if isinstance(value, Fraction):
        scaled = abs(value) * 10**decimals + Fraction(1, 2)
        digits = scaled.numerator // scaled.denominator
        with localcontext(prec=_DIGITS):
            return Decimal(-digits if value < 0 else digits).scaleb(-decimals)
    exact = value if isinstance(value, Decimal) else Decimal(repr(value))
    with localcontext(prec=_DIGITS):
        return exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP) + Decimal(0)


def six_decimals(value: float | None) -> float | None:
    """Quantise a number to 6 decimals; integers and None stay as they are.

    >>> six_decimals(2 / 3), six_decimals(-0.0), six_decimals(None)
    (0.666667, 0.0, None)
    """
    if value is None or isinstance(value, int):
        return value
    return round(float(value), 6) + 0.0
