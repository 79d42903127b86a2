"""Words of closed sets are read in both languages, and only those words."""

from __future__ import annotations

import pytest

from kvaljury.core.model import BasicControl, Operator, State
from kvaljury.files.value_words import (
    BASIC_CONTROLS,
    OPERATORS,
    PROPOSALS,
    STATES,
    YES_NO,
    Words,
)


@pytest.mark.parametrize("word", ["ja", "JA", "true", "True", "1", "sant", "SANT", "yes"])
def test_yes_is_yes(word: str) -> None:
    assert YES_NO.meaning(word) is True


@pytest.mark.parametrize("word", ["nej", "false", "FALSE", "0", "falskt", "no"])
def test_no_is_no(word: str) -> None:
    assert YES_NO.meaning(word) is False


@pytest.mark.parametrize("word", ["", "-1", "1.0", "ja!", "x", "j", "sant falskt", "２"])
def test_anything_else_is_neither(word: str) -> None:
    assert YES_NO.meaning(word) is None


@pytest.mark.parametrize(
    ("words", "word", "meaning"),
    [
        (OPERATORS, "stad", Operator.CITY),
        (OPERATORS, "Kommunal", Operator.CITY),
        (OPERATORS, "entreprenad", Operator.CONTRACTOR),
        (OPERATORS, "Fristående", Operator.INDEPENDENT),
        (OPERATORS, "enskild", Operator.INDEPENDENT),
        (STATES, "competing", State.COMPETING),
        (STATES, "Tävlar", State.COMPETING),
        (STATES, "återkallat", State.WITHDRAWN),
        (STATES, "kalibreringsfall", State.CALIBRATION_CASE),
        (STATES, "calibration_case", State.CALIBRATION_CASE),
        (STATES, "calibration case", State.CALIBRATION_CASE),
        (BASIC_CONTROLS, "Godkänd", BasicControl.CLEARED),
        (BASIC_CONTROLS, "utan anmärkning", BasicControl.CLEARED),
        (BASIC_CONTROLS, "Ej godkänd", BasicControl.NOT_CLEARED),
        (BASIC_CONTROLS, "inte godkänd", BasicControl.NOT_CLEARED),
        (BASIC_CONTROLS, "not_cleared", BasicControl.NOT_CLEARED),
        (BASIC_CONTROLS, "NOT-CLEARED", BasicControl.NOT_CLEARED),
    ],
)
def test_words_mean_the_same_in_both_languages(
    words: Words[object], word: str, meaning: object
) -> None:
    assert words.meaning(word) is meaning


@pytest.mark.parametrize("words", [YES_NO, OPERATORS, STATES, BASIC_CONTROLS, PROPOSALS])
def test_every_meaning_is_among_the_words_that_a_fault_names(words: Words[object]) -> None:
    named = words.allowed().split(", ")
    assert {words.meaning(word) for word in named} == set(words.by_word.values())


@pytest.mark.parametrize("word", ["ej klar", "Inte klar", "ej-klar", "PÅGÅR"])
def test_an_unfinished_control_leaves_the_verdict_open(word: str) -> None:
    assert BASIC_CONTROLS.leaves_open(word)
    assert BASIC_CONTROLS.meaning(word) is None


@pytest.mark.parametrize("word", ["klar", "cleared", "ej godkänd", ""])
def test_no_other_word_leaves_it_open(word: str) -> None:
    assert not BASIC_CONTROLS.leaves_open(word)


def test_a_word_with_two_meanings_is_answered_with_what_to_write_instead() -> None:
    assert BASIC_CONTROLS.meaning("Klar") is None
    assert str(BASIC_CONTROLS.hint("Klar")) == (
        'write "godkänd" or "ej godkänd", or leave it empty'
    )
    assert str(BASIC_CONTROLS.hint("x")) == (
        "write one of: cleared, not_cleared, godkänd, ej godkänd"
    )


def test_words_are_named_as_the_contract_spells_them() -> None:
    assert STATES.allowed() == (
        "competing, withdrawn, calibration_case, tävlar, återkallat, kalibreringsfall"
    )
