"""A document's length is exact, and every doubt says how many characters hang on it."""

import unicodedata
from collections import namedtuple
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvaljury.core.intake.counting import (
    COUNTED_ORIGINS,
    COUNTED_PARTS,
    Count,
    Doubt,
    DoubtKind,
    Length,
    count_by_section,
    count_characters,
    count_paragraphs,
    judge_length,
    said_otherwise,
)
from kvaljury.core.model.characters import Signs, count_signs
from kvaljury.core.model.word_document import Origin, Paragraph, Part, Stretch, WordDocument

Range = namedtuple("Range", "first end")


def paragraph(text="", part=Part.BODY, origin=Origin.PLAIN, **more):
    return Paragraph((Stretch(text, origin),) if text else (), part, **more)


def document(*paragraphs):
    return WordDocument("bidrag.docx", paragraphs)


def doubts(count):
    return {doubt.kind: (doubt.characters, doubt.is_counted) for doubt in count.doubts}


# Characters


@pytest.mark.parametrize(
    ("text", "signs"),
    [
        ("", Signs()),
        ("Vi gör så", Signs(7)),
        (" \t\r\n\x0b\x0c\u0085\u2003\u2028\u2029\u3000\u1680", Signs()),
        ("a\u00a0b\u202fc\u2007d", Signs(4, no_break=3)),
        ("av\u00adstava", Signs(7, invisible=1)),
        ("a\u200bb\u200c\u200d\u2060\ufeff\u200e\u202a\u2066\u061c", Signs(2, invisible=9)),
        ("\u2764\ufe0f", Signs(1, invisible=1)),
        ("\u3164\u034f\u180e\U000e0041\U000e0100", Signs(0, invisible=5)),
        ("\u06dd\u0600", Signs(2)),
        ("x\u0323", Signs(2, accents=1)),
        ("\U0001f600", Signs(1, astral=1)),
        ("\U0001f468\u200d\U0001f469", Signs(2, invisible=1, astral=2)),
        ("3\u2013 4\u2011 \u2026 \u20ac \uf0b7 文", Signs(8)),
    ],
)
def test_a_character_is_one_whatever_it_is(text, signs):
    assert count_signs(text) == signs


@given(st.text())
def test_each_character_is_counted_or_space_or_invisible(text):
    signs = count_signs(text)
    spaces = sum(sign.isspace() for sign in text)
    assert signs.counted + signs.invisible + spaces == len(text)
    assert signs.no_break <= spaces
    assert signs.accents + signs.astral <= 2 * signs.counted


@given(st.text(), st.text())
def test_texts_side_by_side_count_as_each(first, second):
    assert count_signs(first + second) == count_signs(first) + count_signs(second)


@given(st.text(st.characters(codec="latin-1")))
def test_ordinary_text_counts_as_what_is_no_space(text):
    expected = sum(not sign.isspace() and unicodedata.category(sign) != "Cf" for sign in text)
    assert count_signs(text).counted == expected


# Documents


def test_body_boxes_and_notes_count_and_the_rest_does_not():
    parts = {
        Part.BODY: "a",
        Part.TEXT_BOX: "bb",
        Part.FOOTNOTE: "ccc",
        Part.ENDNOTE: "dddd",
        Part.COMMENT: "eeeee",
        Part.HEADER: "ffffff",
        Part.FOOTER: "ggggggg",
    }
    count = count_characters(document(*(paragraph(text, part) for part, text in parts.items())))
    assert count.total == 1 + 2 + 3 + 4
    assert count.by_part == {part: len(text) for part, text in parts.items()}
    assert doubts(count) == {
        DoubtKind.TEXT_BOXES: (2, True),
        DoubtKind.NOTES: (7, True),
        DoubtKind.COMMENTS: (5, False),
        DoubtKind.HEADERS: (13, False),
    }


@pytest.mark.parametrize(
    ("origin", "kind", "is_counted"),
    [
        (Origin.DELETED, DoubtKind.DELETED, False),
        (Origin.HIDDEN, DoubtKind.HIDDEN, False),
        (Origin.PLACEHOLDER, DoubtKind.PLACEHOLDERS, False),
        (Origin.DRAWING, DoubtKind.DRAWINGS, False),
        (Origin.INSERTED, DoubtKind.INSERTED, True),
        (Origin.CONTENT_CONTROL, DoubtKind.CONTENT_CONTROLS, True),
        (Origin.FIELD, DoubtKind.FIELDS, True),
        (Origin.EQUATION, DoubtKind.EQUATIONS, True),
    ],
)
def test_each_kind_of_text_counts_or_not_and_is_a_doubt(origin, kind, is_counted):
    count = count_paragraphs([paragraph("vi"), paragraph("gör så", origin=origin)])
    assert count.total == 2 + 5 * is_counted
    assert count.by_origin[origin] == 5
    assert doubts(count) == {kind: (5, is_counted)}
    (doubt,) = count.doubts
    assert count.otherwise(doubt) == 7 - 5 * is_counted


def test_deleted_text_of_a_header_is_no_doubt():
    assert count_paragraphs([paragraph("bort", Part.HEADER, Origin.DELETED)]).doubts == ()


def test_numbers_of_lists_and_rare_characters_are_doubts():
    listed = paragraph("x\u0323 y\u00a0z\u200b \U0001f600", number="2.a I")
    count = count_paragraphs([listed, paragraph("h", Part.HEADER, number="7.")])
    assert count.total == 5
    assert doubts(count) == {
        DoubtKind.ACCENTS: (1, True),
        DoubtKind.HEADERS: (1, False),
        DoubtKind.LIST_NUMBERS: (4, False),
        DoubtKind.NO_BREAK_SPACES: (1, False),
        DoubtKind.INVISIBLE: (1, False),
        DoubtKind.ASTRAL: (1, False),
    }


def test_an_empty_document_has_no_length():
    assert count_characters(document()) == count_paragraphs([paragraph()])
    assert count_characters(document()).total == 0


def test_the_forms_own_texts_do_not_count_nor_do_their_notes():
    whole = document(
        paragraph("ingress"),
        paragraph("svar"),
        paragraph("not", Part.FOOTNOTE, anchor=0),
        paragraph("annan", Part.FOOTNOTE, anchor=1),
    )
    count = count_characters(whole, left_out={0})
    assert count.total == len("svarannan")
    assert doubts(count)[DoubtKind.FORM_TEXT] == (len("ingressnot"), False)


paragraphs = st.lists(
    st.builds(
        paragraph,
        st.text(st.sampled_from("aå \u00a0\u200b\u0323\U0001f600"), max_size=6),
        st.sampled_from(Part),
        st.sampled_from(Origin),
        number=st.sampled_from(["", "1."]),
        anchor=st.none() | st.integers(0, 5),
    ),
    max_size=12,
)


@given(paragraphs)
def test_the_parts_and_the_origins_each_sum_to_the_total(given_paragraphs):
    count = count_paragraphs(given_paragraphs)
    assert count.total == sum(count.by_part[part] for part in COUNTED_PARTS)
    assert count.total == sum(count.by_origin[origin] for origin in COUNTED_ORIGINS)
    assert all(doubt.characters > 0 for doubt in count.doubts)
    counted = [doubt for doubt in count.doubts if doubt.is_counted]
    assert all(0 <= count.otherwise(doubt) < count.total for doubt in counted)
    assert list(count.doubts[: len(counted)]) == counted


@given(paragraphs, st.lists(st.integers(0, 12), max_size=4), st.sets(st.integers(0, 12)))
def test_sections_that_do_not_overlap_and_the_rest_sum_to_the_whole(made, cuts, left_out):
    ends = sorted(cuts)
    sections = [Range(first, end) for first, end in pairwise(ends)]
    whole = document(*made)
    counts = count_by_section(whole, sections, left_out)
    expected = count_characters(whole, left_out).total
    assert sum(count.total for count in counts.sections) + counts.rest.total == expected


def test_a_note_counts_in_the_section_that_refers_to_it():
    whole = document(
        paragraph("först"),
        paragraph("ett"),
        paragraph("i ruta", Part.TEXT_BOX),
        paragraph("två"),
        paragraph("not", Part.FOOTNOTE, anchor=1),
        paragraph("slut", Part.ENDNOTE, anchor=3),
        paragraph("ingen", Part.FOOTNOTE),
        paragraph("sidhuvud", Part.HEADER),
    )
    counts = count_by_section(whole, [Range(1, 3), Range(3, 99)])
    assert [count.total for count in counts.sections] == [3 + 5 + 3, 3 + 4]
    assert counts.rest.total == len("först") + len("ingen")
    assert doubts(counts.rest)[DoubtKind.HEADERS] == (8, False)


def test_sections_may_overlap():
    whole = document(paragraph("ett"), paragraph("två"))
    counts = count_by_section(whole, [Range(0, 2), Range(1, 2)])
    assert [count.total for count in counts.sections] == [6, 3]
    assert counts.rest.total == 0


# The limit


@pytest.mark.parametrize(
    ("total", "limit", "verdict"),
    [
        (0, 95_000, Length.WITHIN),
        (94_049, 95_000, Length.WITHIN),
        (94_050, 95_000, Length.NEAR),
        (95_000, 95_000, Length.NEAR),
        (95_950, 95_000, Length.NEAR),
        (95_951, 95_000, Length.OVER),
        (1_011, 1_000, Length.OVER),
        (9, 9, Length.NEAR),
        (10, 9, Length.OVER),
    ],
)
def test_a_length_within_a_hundredth_of_the_limit_is_for_a_person(total, limit, verdict):
    assert judge_length(total, limit) is verdict


@given(st.integers(0, 300_000), st.integers(1, 100_000))
def test_more_characters_never_come_closer_to_being_within(total, limit):
    order = list(Length)
    first, more = judge_length(total, limit), judge_length(total + 1, limit)
    assert order.index(first) <= order.index(more)


@pytest.mark.parametrize("kind", DoubtKind)
def test_every_doubt_can_be_said(kind):
    doubt = Doubt(kind, 120, is_counted=False)
    assert str(said_otherwise(Count(95_000, {}, {}), doubt)).startswith("95120 if ")
