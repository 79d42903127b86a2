"""Dates and times are read strictly, 24.00 as the end of its day."""

# ruff: noqa: DTZ001  # naive local time by contract
from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvaljury.core.model import Moment
from kvaljury.files.moments import parse_moment


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2025-05-06", Moment(datetime(2025, 5, 6), whole_day=True)),
        (" 2025-05-06\u00a0", Moment(datetime(2025, 5, 6), whole_day=True)),
        ("2024-02-29", Moment(datetime(2024, 2, 29), whole_day=True)),
        ("2025-05-06 10:00", Moment(datetime(2025, 5, 6, 10))),
        ("2025-05-06 10.00", Moment(datetime(2025, 5, 6, 10))),
        ("2025-05-06\u00a010.00", Moment(datetime(2025, 5, 6, 10))),
        ("2025-05-06T10:00", Moment(datetime(2025, 5, 6, 10))),
        ("2025-05-07 23:59:59", Moment(datetime(2025, 5, 7, 23, 59, 59))),
        ("2025-05-07T00:00", Moment(datetime(2025, 5, 7))),
        ("2025-05-07 24.00", Moment(datetime(2025, 5, 8))),
        ("2025-05-07 24:00", Moment(datetime(2025, 5, 8))),
        ("2025-05-07T24:00:00", Moment(datetime(2025, 5, 8))),
        ("2025-12-31 24:00", Moment(datetime(2026, 1, 1))),
        ("2025-05-07 kl. 24.00", Moment(datetime(2025, 5, 8))),
        ("2025-05-07 kl 10.30", Moment(datetime(2025, 5, 7, 10, 30))),
    ],
)
def test_a_date_with_or_without_a_time_is_read(text: str, moment: Moment) -> None:
    assert parse_moment(text) == moment


@pytest.mark.parametrize(
    "text",
    [
        *("", "2025", "2025-05", "20250506", "2025-5-6", "25-05-06", "6 maj 2025", "2025/05/06"),
        *("2025-02-29", "2025-13-01", "2025-00-10", "0000-01-01", "2025-05-06 9:00"),
        *("2025-05-06 10", "2025-05-06 25:00", "2025-05-06 10:60", "2025-05-06 10:00:60"),
        *("2025-05-06 24:01", "2025-05-06 24:00:01", "2025-05-06 10:00.30", "2025-05-06  10:00"),
        *(
            "2025-05-06 10:00Z",
            "2025-05-06 10:00+02:00",
            "9999-12-31 24:00",
            "9999-12-31",
            "3000-01-01",
            "1899-12-31",
            "２025-05-06",
        ),
        *("2025-05-06 10:00:00.5", "nan", "45783", "2025-05-06\n10:00", "2025-05-06Tkl. 24.00"),
    ],
)
def test_anything_else_is_no_date(text: str) -> None:
    assert parse_moment(text) is None


@given(st.dates(date(1900, 1, 1), date(2999, 12, 31)))
def test_every_iso_date_is_read_as_a_whole_day(day: date) -> None:
    moment = parse_moment(day.isoformat())
    assert moment == Moment(datetime(day.year, day.month, day.day), whole_day=True)


@given(
    st.datetimes(datetime(1900, 1, 1), datetime(2999, 12, 31, 23, 59, 59)), st.sampled_from(" T")
)
def test_every_iso_time_is_read_to_the_second(at: datetime, between: str) -> None:
    at = at.replace(microsecond=0)
    assert parse_moment(at.isoformat(between)) == Moment(at)


@given(st.text(alphabet="0123456789-:. T", max_size=24))
def test_any_text_gives_a_moment_or_none(text: str) -> None:
    moment = parse_moment(text)
    assert moment is None or isinstance(moment.at, datetime)
