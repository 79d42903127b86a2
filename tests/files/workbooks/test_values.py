"""Numbers, dates, formats and references of the file format, each as Excel shows it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvaljury.files.workbooks.contents import Merged, cell_reference
from kvaljury.files.workbooks.markup import Element, MarkupFault, walk
from kvaljury.files.workbooks.references import (
    LAST_COLUMN,
    LAST_ROW,
    column_number,
    overlapping,
    parse_cell,
    parse_range,
)
from kvaljury.files.workbooks.serials import (
    as_duration,
    as_moment,
    as_percent,
    iso_moment,
    plain_number,
)
from kvaljury.files.workbooks.styles import meaning_of
from kvaljury.files.workbooks.texts import unescaped


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("4", "4"),
        ("4.0", "4"),
        ("-0", "0"),
        ("-0.0", "0"),
        ("007", "7"),
        (".5", "0.5"),
        ("5.", "5"),
        ("4.5E+1", "45"),
        ("1e-7", "0.0000001"),
        ("0.1", "0.1"),
        ("0.30000000000000004", "0.3"),
        ("4.4999999999999996", "4.5"),
        ("12345678901234567", "12345678901234600"),
        ("1E+20", "100000000000000000000"),
        ("0e999", "0"),
        ("1e400", None),
        ("-1e400", None),
        ("1e-400", None),
        ("nan", None),
        ("inf", None),
        ("+4", None),
        ("4,5", None),
        ("1 000", None),
        ("0x10", None),
        ("٤", None),
        ("１２", None),
        (".", None),
        ("-", None),
        ("", None),
        ("1" * 401, None),
    ],
)
def test_a_number_is_given_with_fifteen_digits_or_not_at_all(text, shown):
    assert plain_number(text) == shown


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_every_number_comes_back_with_its_fifteen_digits(value):
    shown = plain_number(repr(value))
    assert Decimal(shown) == Decimal(f"{value:.15g}")
    assert "e" not in shown.lower()


@given(st.decimals(0, 100, places=4))
def test_a_percentage_is_a_hundred_times_its_number(value):
    assert Decimal(as_percent(plain_number(str(value)))) == value * 100


@pytest.mark.parametrize(
    ("number", "is_1904", "shown"),
    [
        ("0", False, "00:00"),
        ("0.4375", False, "10:30"),
        ("0.43755", False, "10:30:04.320"),
        ("0.999999999", False, "1900-01-01"),
        ("1", False, "1900-01-01"),
        ("59", False, "1900-02-28"),
        ("60", False, "1900-02-29"),
        ("61", False, "1900-03-01"),
        ("45783", False, "2025-05-06"),
        ("45783.416666666664", False, "2025-05-06 10:00:00"),
        ("45783.999999999", False, "2025-05-07"),
        ("2958465", False, "9999-12-31"),
        ("2958465.9999999999", False, None),
        ("2958466", False, None),
        ("-0.5", False, None),
        ("0", True, "1904-01-01"),
        ("2957003", True, "9999-12-31"),
        ("2957004", True, None),
    ],
)
def test_a_number_under_a_date_format_is_the_day_that_excel_shows(number, is_1904, shown):
    assert as_moment(number, is_1904=is_1904) == shown


def test_a_duration_may_be_longer_than_a_day_and_never_negative():
    assert as_duration("1.5") == "36:00:00"
    assert as_duration("-1") is None


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("2025-05-06", "2025-05-06"),
        ("2025-05-06T00:00:00", "2025-05-06"),
        ("2025-05-06T10:00", "2025-05-06 10:00:00"),
        ("2025-05-06T10:00:00.1234567Z", "2025-05-06 10:00:00.123"),
        ("10:30", "10:30"),
        ("T10:30:15", "10:30:15"),
        ("2025-13-06", None),
        ("2025-02-29", None),
        ("2025-05-06T24:00:00", None),
        ("25:00", None),
        ("2025-05-06 10:00", None),
        ("6/5 2025", None),
        ("", None),
    ],
)
def test_a_date_of_a_strict_file_is_read_or_refused(text, shown):
    assert iso_moment(text) == shown


@pytest.mark.parametrize(
    ("code", "meaning"),
    [
        ("General", "number"),
        ("0.0", "number"),
        ('0.0" d"', "number"),
        ("0.0\\d", "number"),
        ("#,##0_d;[Red]-#,##0", "number"),
        ("0.00E+00", "number"),
        ('0" %"', "number"),
        ("@", "number"),
        ("", "number"),
        ("0%", "percent"),
        ("0.0 %", "percent"),
        ("0%;-0%;0", "percent"),
        ("0%;@", "percent"),
        ("0%;0", "doubtful"),
        ("[<=1]0%;0", "doubtful"),
        ("yyyy-mm-dd", "moment"),
        ("[$-41D]d mmmm yyyy;@", "moment"),
        ("hh:mm", "timed"),
        ("yyyy-mm-dd h:mm:ss", "timed"),
        ("#,##0,", "scaled"),
        ('0.0,,"m"', "scaled"),
        ("0;-0,", "scaled"),
        ("0;[Red]d", "moment"),
        ("[h]:mm:ss", "duration"),
        ("[mm]:ss", "duration"),
        ('0" unclosed', "number"),
    ],
)
def test_a_format_tells_what_a_number_means(code, meaning):
    assert str(meaning_of(code)) == meaning


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a_x000D_b", "a\rb"),
        ("_x005F_x0041_", "_x0041_"),
        ("_xD83D__xDE00_", "\N{GRINNING FACE}"),
        ("_x00zz_", "_x00zz_"),
        ("ab_xcd", "ab_xcd"),
    ],
)
def test_characters_that_stand_by_their_number_are_put_back(text, shown):
    assert unescaped(text) == shown


@given(st.integers(1, LAST_ROW), st.integers(1, LAST_COLUMN))
def test_a_reference_is_read_as_it_is_written(row, column):
    assert parse_cell(cell_reference(row, column)) == (row, column)


@pytest.mark.parametrize("letters", ["", "å", "A1", "a", "XFE", "AAAAA"])
def test_letters_that_name_no_column_have_no_number(letters):
    assert column_number(letters) is None


@pytest.mark.parametrize("reference", ["", "A", "A1:", ":A1", "A1:B", "B1:A1", "A2:A1", "A1:B2:C3"])
def test_what_is_no_range_is_refused(reference):
    assert parse_range(reference) is None


RANGES = st.builds(
    lambda row, column, height, width: Merged(row, column, row + height, column + width),
    *[st.integers(1, 12)] * 2,
    *[st.integers(0, 3)] * 2,
)


@given(st.lists(RANGES, max_size=8))
def test_overlapping_ranges_are_found_as_by_looking_at_each_pair(ranges):
    def share(one, other):
        return (
            one.first_row <= other.last_row
            and other.first_row <= one.last_row
            and one.first_column <= other.last_column
            and other.first_column <= one.last_column
        )

    pairs = [(a, b) for i, a in enumerate(ranges) for b in ranges[:i]]
    found = overlapping(ranges)
    assert (found is not None) == any(share(a, b) for a, b in pairs)
    assert found is None or share(*found)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"<!DOCTYPE a><a/>", "document-type"),
        (b'<?xml version="1.0" encoding="koi8-r"?><a/>', "broken-part"),
        (b'<?xml version="1.0" encoding="no-such"?><a/>', "broken-part"),
        (b"<a>\xff</a>", "broken-part"),
        (b"", "broken-part"),
    ],
)
def test_the_parser_refuses_what_the_gate_refuses(content, code):
    with pytest.raises(MarkupFault) as caught:
        walk(content, {"a": Element()})
    assert caught.value.code == code
