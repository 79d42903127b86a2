"""The days on which the city's offices are closed, against those made by hand."""

from datetime import date

import pytest

from kvaljury.files.calendars import days_off

BY_HAND = {
    2012: "0101 0106 0406 0408 0409 0501 0517 0527 0606 0622 0623 1103 1224 1225 1226 1231",
    2025: "0101 0106 0418 0420 0421 0501 0529 0606 0608 0620 0621 1101 1224 1225 1226 1231",
    2026: "0101 0106 0403 0405 0406 0501 0514 0524 0606 0619 0620 1031 1224 1225 1226 1231",
}


@pytest.mark.parametrize("year", BY_HAND)
def test_holidays_and_eves_are_those_of_the_almanac(year):
    days = {date(year, int(day[:2]), int(day[2:])) for day in BY_HAND[year].split()}
    assert days_off([year]) == days


def test_several_years_are_all_of_them():
    assert days_off([2026, 2025, 2025]) == days_off([2025]) | days_off([2026])
    assert days_off([]) == frozenset()
