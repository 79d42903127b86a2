"""Texts and numbers in the reader's language."""

import gettext
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvaljury.cli.language import LANGUAGES, NO_BREAK_SPACE, Language, language_of
from kvaljury.core.model import Moment, Outcome
from kvaljury.errors import Source, Text

at = datetime.fromisoformat
SWEDISH, ENGLISH = Language("sv"), Language("en")


def rendered(value, language=SWEDISH):
    return language.render(Text("{x}", sv="{x}", x=value))


def test_swedish_comes_first():
    assert Language() == SWEDISH
    assert language_of([], {}) == SWEDISH


def test_a_text_that_carries_its_swedish_needs_no_catalogue():
    text = Text("a gives {n}", sv="a ger {n}", n=3)
    assert SWEDISH.render(text) == "a ger 3"
    assert ENGLISH.render(text) == "a gives 3"


def test_text_of_the_house_is_found_in_the_catalogue():
    assert SWEDISH.render(Text("Entry")) == "Bidrag"
    assert ENGLISH.render(Text("Entry")) == "Entry"


def test_a_text_that_no_catalogue_has_is_shown_in_english():
    assert SWEDISH.render(Text("no such sentence, {n}", n=1)) == "no such sentence, 1"


def test_an_empty_text_is_empty_and_not_the_catalogue_s_header():
    assert SWEDISH.render(Text("")) == ""


def test_a_string_is_data_and_never_a_template():
    assert SWEDISH.render("{x} [/b] %s") == "{x} [/b] %s"


def test_a_template_without_parameters_may_hold_braces():
    assert SWEDISH.render(Text("a {b}", sv="ett {b}")) == "ett {b}"


def test_nested_texts_are_in_the_same_language():
    inner = Text("no", sv="nej")
    assert rendered(inner) == "nej"
    assert rendered(inner, ENGLISH) == "no"


@pytest.mark.parametrize(
    ("value", "swedish", "english"),
    [
        (0.5, "0,5", "0.5"),
        (Fraction(1, 3), "0,333333", "0.333333"),
        (Decimal("2.50"), "2,5", "2.5"),
        (-0.0, "0", "0"),
        (9999, "9999", "9999"),
        (10_000, f"10{NO_BREAK_SPACE}000", "10,000"),
        (-1_250_000, f"-1{NO_BREAK_SPACE}250{NO_BREAK_SPACE}000", "-1,250,000"),
        (Fraction(50_600_001, 100), f"506{NO_BREAK_SPACE}000,01", "506,000.01"),
        (True, "ja", "yes"),
        (False, "nej", "no"),
        (None, "okänt", "unknown"),
        (date(2025, 5, 7), "2025-05-07", "2025-05-07"),
        (at("2025-05-07T23:59"), "2025-05-07 23:59", "2025-05-07 23:59"),
        (at("2025-05-08T00:00:01"), "2025-05-08 00:00:01", "2025-05-08 00:00:01"),
        (Moment(at("2025-06-04"), whole_day=True), "2025-06-04", "2025-06-04"),
        (Moment(at("2025-05-07T10:00")), "2025-05-07 10:00", "2025-05-07 10:00"),
        (Outcome.PASS, "pass", "pass"),
        (("12a", 0.5), "12a, 0,5", "12a, 0.5"),
        (frozenset({"b", "a"}), "a, b", "a, b"),
        ({"a": 1.5}, "a 1,5", "a 1.5"),
        (Source("teams.toml", 3), "teams.toml:3", "teams.toml:3"),
        (ValueError("broken"), "broken", "broken"),
    ],
)
def test_values_are_shown_as_the_language_writes_them(value, swedish, english):
    assert rendered(value) == swedish
    assert rendered(value, ENGLISH) == english


def test_a_template_may_say_how_many_decimals_it_shows():
    text = Text("{share:.2f}", sv="{share:.2f}", share=0.125)
    assert SWEDISH.render(text) == "0,13"


@pytest.mark.parametrize(
    ("probability", "shown"),
    [(0, "0"), (0.0, "0"), (0.004, "<1"), (0.5, "50"), (0.995, ">99"), (0.994, "99"), (1.0, "100")],
)
def test_a_percentage_never_claims_certainty_that_it_has_not(probability, shown):
    assert SWEDISH.percent(probability) == f"{shown}{NO_BREAK_SPACE}%"


@given(st.floats(-1e9, 1e9, allow_nan=False), st.integers(0, 6))
def test_swedish_and_english_numbers_differ_in_signs_only(value, decimals):
    swedish = SWEDISH.number(value, decimals).replace(NO_BREAK_SPACE, "")
    english = ENGLISH.number(value, decimals).replace(",", "")
    assert swedish.replace(",", ".") == english


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=20))
def test_a_name_passes_through_a_template_unchanged(name):
    assert rendered(name) == name


@pytest.mark.parametrize(
    ("argv", "environment", "code"),
    [
        (["--lang", "en", "rank"], {}, "en"),
        (["rank", "--lang=EN"], {}, "en"),
        (["rank"], {"KVALJURY_LANG": "en"}, "en"),
        (["rank", "--lang", "sv"], {"KVALJURY_LANG": "en"}, "sv"),
        (["rank", "--", "--lang", "en"], {}, "sv"),
        (["rank", "--lang", "xx"], {"KVALJURY_LANG": "en"}, "sv"),
        (["rank", "--lang"], {}, "sv"),
    ],
)
def test_the_language_is_known_before_the_command_line_is_parsed(argv, environment, code):
    assert language_of(argv, environment).code == code


@pytest.mark.parametrize("before", [None, "de"])
def test_click_s_language_is_put_back_afterwards(monkeypatch, before):
    import os

    if before is None:
        monkeypatch.delenv("LANGUAGE", raising=False)
    else:
        monkeypatch.setenv("LANGUAGE", before)
    with SWEDISH.spoken_by_click():
        assert gettext.gettext("Missing argument") == "Argument saknas"
    assert os.environ.get("LANGUAGE") == before


def test_click_speaks_english_when_asked():
    with ENGLISH.spoken_by_click():
        assert gettext.gettext("Missing argument") == "Missing argument"


def test_there_are_two_languages():
    assert LANGUAGES == ("sv", "en")
