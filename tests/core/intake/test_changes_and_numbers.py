"""Working days, change requests and personal identity numbers."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvaljury.core.intake.changes import (
    ChangeState,
    change_standings,
    is_working_day,
    working_day_after,
)
from kvaljury.core.intake.personal_numbers import personal_numbers
from kvaljury.core.model.bid_folder import ChangeRequest

OFF = frozenset({date(2025, 5, 29), date(2025, 6, 6), date(2025, 6, 20)})


@pytest.mark.parametrize(
    ("sent", "days", "due"),
    [
        (date(2025, 5, 8), 1, date(2025, 5, 9)),
        (date(2025, 5, 8), 2, date(2025, 5, 12)),  # over a weekend
        (date(2025, 5, 10), 2, date(2025, 5, 13)),  # sent on a Saturday
        (date(2025, 5, 28), 2, date(2025, 6, 2)),  # over Ascension Day and a weekend
        (date(2025, 6, 5), 1, date(2025, 6, 9)),  # over the national day
        (date(2025, 6, 19), 1, date(2025, 6, 23)),  # over Midsummer Eve
    ],
)
def test_the_day_after_counts_as_the_first(sent, days, due):
    assert working_day_after(sent, days, OFF) == due


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(1, 20))
def test_a_last_day_is_a_working_day_and_more_days_are_later(day, number):
    due = working_day_after(day, number, OFF)
    assert is_working_day(due, OFF)
    assert due < working_day_after(day, number + 1, OFF)
    between = (day + timedelta(n) for n in range(1, (due - day).days + 1))
    assert sum(is_working_day(each, OFF) for each in between) == number


@pytest.mark.parametrize(
    ("sent", "answered", "today", "state"),
    [
        (None, None, date(2025, 5, 20), ChangeState.PROPOSED),
        (date(2025, 5, 8), None, date(2025, 5, 12), ChangeState.SENT),
        (date(2025, 5, 8), None, date(2025, 5, 13), ChangeState.OVERDUE),
        (date(2025, 5, 8), date(2025, 5, 12), date(2025, 6, 1), ChangeState.IN_TIME),
        (date(2025, 5, 8), date(2025, 5, 13), date(2025, 5, 13), ChangeState.LATE),
    ],
)
def test_a_change_request_stands_where_its_days_put_it(sent, answered, today, state):
    request = ChangeRequest("F01", "korta", sent, answered)
    (standing,) = change_standings([request], (1, 2), today, OFF)
    assert standing.state is state
    assert standing.due == (date(2025, 5, 12) if sent else None)


def test_without_a_time_set_nothing_is_late():
    requests = [
        ChangeRequest("F01", "korta", date(2025, 5, 8)),
        ChangeRequest("F01", "korta", date(2025, 5, 8), date(2026, 5, 8)),
    ]
    found = list(change_standings(requests, None, date(2027, 1, 1), ()))
    assert [each.state for each in found] == [ChangeState.SENT, ChangeState.IN_TIME]
    assert {each.due for each in found} == {None}


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("19121212-1212", "19121212-****"),
        ("191212121212", "19121212-****"),
        ("121212-1212", "121212-****"),
        ("121212+1212", "121212+****"),
        ("1212121212", "121212-****"),
        ("121212 1212", "121212-****"),
        ("121212\N{NON-BREAKING HYPHEN}1212", "121212-****"),
        ("1912-12-12-1212", "19121212-****"),
        ("12.12.12-1212", "121212-****"),
        ("1912\N{EN DASH}12\N{EN DASH}12 1212", "19121212-****"),
        ("191212\N{SOFT HYPHEN}12-12\N{ZERO WIDTH SPACE}12", "19121212-****"),
        ("\N{WORD JOINER}121212-1212", "121212-****"),
        ("Pelle (19121212 – 1212), 9 år", "19121212-****"),
        ("701063-2391", "701063-****"),
        ("12 12 12-1212", "121212-****"),
        ("1912 12 12 – 1212", "19121212-****"),
        ("121212/1212", "121212-****"),
        ("121212\N{EM DASH}1212", "121212-****"),
        ("121212\N{SOFT HYPHEN}-1212", "121212-****"),
        ("1912-12-12 1212", "19121212-****"),
        ("bidrag_121212-1212.docx", "121212-****"),
        ("1212121212.", "121212-****"),
        ("Dnr 121212-1212, kr", "121212-****"),
        ("000229-0005", "000229-****"),
    ],
)
def test_a_number_with_a_day_and_a_check_figure_is_found_and_masked(text, masked):
    assert [number.masked for number in personal_numbers(text, 2025)] == [masked]


@pytest.mark.parametrize(
    "text",
    [
        "19121212-1213",  # the check figure is wrong
        "19121312-1212",  # no thirteenth month
        "121200-1212",
        "556036-0793",  # an organisation: its month is above 12
        "010229-0004",  # no such day in any century
        "20291212-0009",  # not born yet
        "5112121212123",  # part of a longer number
        "08-123 45 67",
        "95 000 tecken",
        "1912-1212-1212",  # divided as no date is
        "19-121212-1213",
        "2025-121212-1212",
        "121212-1212-01",
        "070-121212-1212",
        "https://x.se/1212121212",
        "www.x.se/a?b=121212-1212",
        "1212121212 kr",
        "1212121212,50",
        "Summa 1212121212",
        "OCR-nr 1212121212",
        "OCR-nummer: 1212121212",
        "ref. 1212121212",
        "Fakturanr 1212121212",
        "121212 1212 besökare",
        "12 12 12 1212",
        "121212-1212x",
        "",
    ],
)
def test_other_numbers_are_left_alone(text):
    assert list(personal_numbers(text, 2025)) == []


def test_a_coordination_number_is_told_from_an_identity_number():
    (found,) = personal_numbers("701063-2391", 2025)
    assert found.is_coordination
    (found,) = personal_numbers("121212-1212", 2025)
    assert not found.is_coordination


@given(st.text(alphabet="0123456789-+ ", max_size=40))
def test_the_last_four_figures_are_never_shown(text):
    for number in personal_numbers(text, 2025):
        assert number.masked.endswith("****")
        assert sum(sign.isdigit() for sign in number.masked) in (6, 8)
