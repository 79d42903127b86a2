"""A form with one bit flipped reads as the form, or is refused; never as another."""

from __future__ import annotations

import random

import pytest

from benchmarks.readers import expected, form, read_flip
from kvaljury.files.log import InputLog
from kvaljury.files.workbooks.reading import read_workbook

FORM = form()
BITS = random.Random(5).sample(range(len(FORM) * 8), 150)


def test_the_form_itself_is_read_whole():
    workbook = read_workbook(FORM, "form.xlsx", InputLog())
    assert workbook.sheets == expected()
    assert sum(len(sheet.cells) for sheet in workbook.sheets) > 40


def test_a_flipped_bit_is_refused_or_of_no_consequence():
    outcomes = [read_flip(bit) for bit in BITS]
    assert {outcome.kind for outcome in outcomes} <= {"same", "refused"}


@pytest.mark.parametrize("place", [0, 8, 14, 26, 30, -1, -6, -12, -22])
def test_flips_where_the_package_is_described_are_found(place):
    bit = (place % len(FORM)) * 8
    assert {read_flip(bit + i).kind for i in range(8)} <= {"same", "refused"}


@pytest.mark.parametrize("size", [0, 1, 4, 22, 100, len(FORM) // 2, len(FORM) - 1])
def test_a_form_that_was_cut_off_is_refused(size):
    log = InputLog()
    assert read_workbook(FORM[:size], "form.xlsx", log) is None
    assert len(log.faults) == 1
