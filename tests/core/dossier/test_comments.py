import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvaljury.core.dossier import Comments, sort_comments
from kvaljury.core.dossier.comments import with_remarks
from kvaljury.core.model import Remark, RemarkKind


@pytest.mark.parametrize(
    "line",
    [
        "Styrka: lugnt",
        "STYRKOR: lugnt",
        "styrka : lugnt",
        "Styrka – lugnt",
        "Strength - lugnt",
        "Strengths:lugnt",
        "+ lugnt",
        "• Styrka: lugnt",
        "- Styrka: lugnt",
        "  *  + lugnt",
    ],
)
def test_a_line_that_begins_with_a_word_or_sign_for_strengths_is_one(line):
    assert sort_comments([line]) == Comments(strengths=("lugnt",))


@pytest.mark.parametrize(
    "line",
    [
        "Utvecklingsområde: mät",
        "utvecklingsområden: mät",
        "Utveckling: mät",
        "Att utveckla: mät",
        "Förbättringsområde: mät",
        "Förbättringsområden – mät",
        "Development: mät",
        "Development area: mät",
        "development areas: mät",
        "- mät",
        "– mät",
        "− mät",
        "+ Utveckling: mät",
    ],
)
def test_a_line_that_begins_with_a_word_or_sign_for_development_is_one(line):
    assert sort_comments([line]) == Comments(development=("mät",))


@pytest.mark.parametrize(
    "line",
    [
        "Lugnt.",
        "Styrkan är lugnet",
        "Strength-based work",
        "Utvecklingen: den går framåt",
        "En styrka: lugnt",
        "+46 8 508 000 00",
        "-5 grader",
        "Styrka",
        "–",
    ],
)
def test_any_other_line_is_a_remark_as_it_stands(line):
    assert sort_comments([line]) == Comments(remarks=(line,))


def test_a_word_alone_on_its_line_holds_for_the_lines_below_whose_signs_are_bullets():
    comment = "Styrkor:\n- lugnt\n• tydligt\n+ varmt\nUtvecklingsområden:\n- mät"
    assert sort_comments([comment]) == Comments(("lugnt", "tydligt", "varmt"), ("mät",))


def test_an_empty_line_a_word_with_its_text_and_a_new_comment_end_what_a_word_holds():
    found = sort_comments(["Styrkor:\nlugnt\n\nSe bilden", "Styrkor:\nUtveckling: mät\nJa", "Nej"])
    assert found == Comments(("lugnt",), ("mät",), ("Se bilden", "Ja", "Nej"))


def test_the_same_words_are_told_once_and_in_the_order_written():
    found = sort_comments(["+ b", "+ a", "Styrka:  b ", "c", "c"])
    assert found == Comments(("b", "a"), (), ("c",))


def test_empty_comments_say_nothing():
    assert sort_comments(["", "  \n\t\n", "Styrka:"]) == Comments()


@given(st.lists(st.text("ab -+:•", min_size=1)))
def test_a_line_without_a_beginning_is_told_once_and_in_full(lines):
    written = [" ".join(f"x{line}".split()) for line in lines]
    assert sort_comments([f"x{line}" for line in lines]).remarks == tuple(dict.fromkeys(written))


def remark(text, kind=RemarkKind.STRENGTH, examiner="E01"):
    return Remark("F01", examiner, "malgrupp", kind, text)


def test_what_was_written_of_an_area_stands_before_comments_on_its_questions():
    said = Comments(("lugnt",), ("mät oftare",), ("Se bilden.",))
    heard = [
        remark("- tryggt\n\n• varmt"),
        remark("jämför mer", RemarkKind.DEVELOPMENT, "E02"),
        remark("lugnt\ntryggt", examiner="E02"),
    ]
    assert with_remarks(said, heard) == Comments(
        ("tryggt", "varmt", "lugnt"), ("jämför mer", "mät oftare"), ("Se bilden.",)
    )


def test_what_is_to_be_verified_at_the_visit_is_not_for_the_jury():
    assert with_remarks(Comments(), [remark("fråga chefen", RemarkKind.VERIFY)]) == Comments()


def test_without_remarks_comments_stay_as_they_are():
    said = sort_comments(["Styrka: lugnt\n- mät oftare"])
    assert with_remarks(said, iter(())) == said
