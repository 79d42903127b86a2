"""Years to the days on which the city's offices are closed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date


def days_off(years: Iterable[int]) -> frozenset[date]:
    """Give Swedish public holidays and the eves on which nobody works.

    Args:
        years: of the common calendar.

    Returns:
        Dates, Sundays left out unless they are holidays; with Midsummer Eve, Christmas Eve and
        New Year's Eve, which by law are no public holidays.

    Source:
        Lag (1989:253) om allmänna helgdagar; the eves are equated with Sundays in
        semesterlagen (1977:480) section 3 a.
    """
    from holidays.constants import DE_FACTO, PUBLIC  # noqa: PLC0415  # 0.1 s to import
    from holidays.countries.sweden import SE  # noqa: PLC0415

    found = SE(years=sorted(set(years)), include_sundays=False, categories=(PUBLIC, DE_FACTO))
    return frozenset(found)
