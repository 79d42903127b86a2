"""Grounds of jäv are spelled out by code, and shown as written where they are no code."""

import pytest

from kvaljury.core.jav_grounds import GROUNDS, ground_code, ground_text


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("KL 6:28 5", "KL 6:28 5"),
        (" kl 6:28 1 ", "KL 6:28 1"),
        ("KL 6 kap. 28 § 5", "KL 6:28 5"),
        ("KL 6 kap 28 § 3 p", "KL 6:28 3"),
        ("KL 6:28 p. 2", "KL 6:28 2"),
        ("FL 16 § 4", "FL 16 4"),
        ("fl 16 punkt 1", "FL 16 1"),
        ("KL 6:28 6", None),
        ("FL 16 5", None),
        ("KL 6:28", None),
        ("närstående", None),
    ],
)
def test_a_code_is_known_however_it_is_written(written, code):
    assert ground_code(written) == code


@pytest.mark.parametrize("code", GROUNDS)
def test_a_code_is_shown_with_its_words(code):
    assert ground_code(code) == code
    assert str(ground_text(code)) == f"{code}: {GROUNDS[code]}"


def test_words_are_shown_as_they_are_written():
    assert str(ground_text("Min syster {leder} enheten")) == "Min syster {leder} enheten"
