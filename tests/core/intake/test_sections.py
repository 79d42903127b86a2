"""Where questions are answered, in every style in which units write."""

import re

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kvaljury.core.intake.anchors import AnchorKind, Evidence
from kvaljury.core.intake.fingerprints import Form
from kvaljury.core.intake.sections import AnswerState, outline
from kvaljury.core.model.bid_folder import PassageKind
from kvaljury.core.model.word_document import Paragraph, Part, Stretch
from kvaljury.files import InputLog
from kvaljury.files.form_passages import read_form_passages
from tests.intake_samples import ANSWER, bid_lines, rules_of, word_document

STYLES = ("typed", "word", "joined", "auto", "headings", "bare")
R25, R12 = rules_of(2025), rules_of(2012)


@pytest.fixture(scope="module")
def forms(tmp_path_factory):
    folder = tmp_path_factory.mktemp("none")
    return {r.year: Form(read_form_passages(r, folder, InputLog())) for r in (R25, R12)}


def states(lines, rules=R25, form=None):
    seen = outline(word_document(lines), rules, form or Form())
    return {answer.leaf: answer.state for answer in seen.answers}, seen


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("rules", [R25, R12], ids=["2025", "2012"])
def test_every_answer_is_found_in_every_style(style, rules, forms):
    found, seen = states(bid_lines(rules, style), rules, forms[rules.year])
    assert set(found.values()) == {AnswerState.ANSWERED}
    assert seen.answered == len(found) == (29 if rules is R25 else 24)
    assert [s.name for s in seen.sections if s.kind] == [area.id for area in rules.areas]
    assert seen.sections[0].kind is None


@pytest.mark.parametrize("style", STYLES)
def test_what_is_left_out_is_not_found_and_what_is_empty_is_said_to_be(style):
    found, _ = states(bid_lines(R25, style, left_out=("7", "14b"), unanswered=("9", "13a")))
    assert {leaf for leaf, state in found.items() if state is not AnswerState.ANSWERED} == {
        "7",
        "14b",
        "9",
        "13a",
    }
    assert found["9"] is found["13a"] is AnswerState.EMPTY
    assert found["7"] is AnswerState.NOT_FOUND
    assert found["14b"] is AnswerState.NOT_FOUND


def test_a_question_answered_as_a_whole_is_undivided():
    lines = bid_lines(R25, "typed", left_out=("12a", "12b", "12c"))
    at = next(i for i, line in enumerate(lines) if line[0].startswith("12. "))
    found, seen = states([*lines[: at + 1], (ANSWER, 0, ""), *lines[at + 1 :]])
    assert {found[leaf] for leaf in ("12a", "12b", "12c")} == {AnswerState.UNDIVIDED}
    answer = next(a for a in seen.answers if a.leaf == "12b")
    assert (answer.first, answer.end) == (at, at + 2)


def test_lists_years_and_letters_inside_answers_fool_nobody(forms):
    lines = []
    for line in bid_lines(R25, "typed", ANSWER * 8):
        lines.append(line)
        if line[0].startswith(ANSWER):
            lines += [
                (text, 0, "")
                for text in (
                    "2024 var året då vi började.",
                    "1. Köpa pennor",
                    "2. Vässa pennor",
                    "3. Skriva ned",
                    "a) på papper",
                    "b) på tavlan",
                    "12 barn deltog.",
                )
            ]
    found, seen = states(lines, form=forms[2025])
    assert set(found.values()) == {AnswerState.ANSWERED}
    starts = [lines[a.first][0] for a in seen.answers]
    assert not any("penn" in start or "Skriva" in start or "på " in start for start in starts)
    assert all(answer.is_sure for answer in seen.answers)


def test_a_number_with_other_words_is_found_but_not_for_sure():
    lines = [
        (re.sub("Arbetsmiljö", "Fika på fredagar", text), level, number)
        for text, level, number in bid_lines(R25, "typed", "Vi fikar och det går bra för oss." * 2)
    ]
    _, seen = states(lines)
    assert [a.leaf for a in seen.answers if not a.is_sure] == ["9"]
    (nine,) = [a for a in seen.answers if a.leaf == "9"]
    assert nine.evidence is Evidence.NUMBER


def test_headings_may_be_misspelt():
    slips = {
        "Bemötande": "Bemmötande",
        "Internkontroll": "Intern­kontrol",
        "Arbetssätt": "ARBETSÄTT",
    }
    slips["Internkontroll"] = "Internkontrol"
    lines = bid_lines(R25, "headings")
    for right, wrong in slips.items():
        lines = [(text.replace(right, wrong), level, number) for text, level, number in lines]
    found, _ = states(lines)
    assert set(found.values()) == {AnswerState.ANSWERED}


def test_a_table_of_contents_is_no_answer():
    lines = bid_lines(R25, "typed")
    contents = [line for line in lines if not line[0].startswith(ANSWER)]
    _, seen = states([*contents, *lines])
    assert seen.answered == 29
    assert min(a.first for a in seen.answers) >= len(contents)


def test_lines_in_the_style_of_a_table_of_contents_are_passed_over():
    document = word_document(bid_lines(R25, "typed"))
    styled = tuple(attrs.evolve(p, style="TOC 1") for p in document.paragraphs)
    seen = outline(attrs.evolve(document, paragraphs=styled), R25, Form())
    assert {a.state for a in seen.answers} == {AnswerState.NOT_FOUND}
    assert [s.kind for s in seen.sections] == [None]


def test_an_empty_document_finds_nothing_and_claims_nothing():
    found, seen = states([])
    assert set(found.values()) == {AnswerState.NOT_FOUND}
    assert seen.sections == ()
    assert seen.place_of(0) == ""


def test_an_area_without_its_heading_begins_with_its_first_question():
    titles = {str(area.label.sv) for area in R25.areas}
    _, seen = states([line for line in bid_lines(R25, "typed") if line[0] not in titles])
    assert [s.name for s in seen.sections] == ["", *(area.id for area in R25.areas)]


def test_notes_and_headers_are_no_running_text():
    document = word_document([])
    note = Paragraph((Stretch("1. Insikt om behov"),), part=Part.FOOTNOTE)
    seen = outline(attrs.evolve(document, paragraphs=(note,)), R25, Form())
    assert {a.state for a in seen.answers} == {AnswerState.NOT_FOUND}


def plain(path, first, last=None):
    lines = path.read_text("utf-8").split("\n")[first:last]
    return [(re.sub(r"\*+|</?i>", "", line).strip(" -"), 0, "") for line in lines]


@pytest.fixture(scope="module")
def form_lines(shared):
    return plain(shared / "seeds" / "instructions-2025.txt", 255)


def filled(lines, answer=ANSWER):
    for line in lines:
        yield line
        if re.match(r"(\d+\.|[a-d]\.) ", line[0]):
            yield answer, 0, ""


def test_the_whole_form_filled_in_is_understood(form_lines, forms):
    lines = list(filled(form_lines))
    found, seen = states(lines, form=forms[2025])
    assert set(found.values()) == {AnswerState.ANSWERED}
    assert {a.evidence for a in seen.answers} == {Evidence.OWN_WORDS}
    assert [(left.kind, left.name) for left in seen.leftovers] == [
        (PassageKind.INTRODUCTION, "malgrupp"),
        (PassageKind.INTRODUCTION, "ledarskap"),
        (PassageKind.INTRODUCTION, "medarbetarskap"),
        (PassageKind.INTRODUCTION, "utveckling"),
        (PassageKind.ANNEX, "Bilaga 1"),
        (PassageKind.ANNEX, "Bilaga 2"),
    ]
    answers = {i for i, line in enumerate(lines) if line[0] == ANSWER}
    assert not answers & seen.left_out()
    assert not {a.first for a in seen.answers} & seen.left_out()


def test_the_form_sent_back_empty_answers_nothing(form_lines, forms):
    found, _ = states(form_lines, form=forms[2025])
    assert set(found.values()) == {AnswerState.EMPTY}


def test_an_answer_on_the_line_of_its_question_counts(form_lines, forms):
    lines = [
        (f"{text} {ANSWER}" if re.match(r"(\d+\.|[a-d]\.) ", text) else text, 0, "")
        for text, _, _ in form_lines
    ]
    found, _ = states(lines, form=forms[2025])
    assert set(found.values()) == {AnswerState.ANSWERED}


def test_an_annex_of_ones_own_is_kept(forms):
    lines = [*bid_lines(R25), ("Bilaga 1", 1, ""), ("Vår egen tabell över allt vi gör.", 0, "")]
    _, seen = states(lines, form=forms[2025])
    assert seen.leftovers == ()
    assert seen.sections[-1].kind is AnchorKind.ANNEX


def test_a_sentence_of_the_form_inside_an_answer_is_the_units(form_lines, forms):
    introduction = max((line[0] for line in form_lines), key=len)
    quoted = " ".join(introduction.split()[:12])
    lines = bid_lines(R25, "typed", f"{ANSWER} {ANSWER} Som det står: {quoted}.")
    _, seen = states(lines, form=forms[2025])
    assert seen.leftovers == ()


@settings(max_examples=25)
@given(st.data())
def test_what_stands_in_other_places_never_makes_more_answers_than_questions(data):
    lines = bid_lines(R25, data.draw(st.sampled_from(STYLES)))
    kept = [line for line in lines if data.draw(st.booleans())]
    _, seen = states(kept)
    assert seen.answered <= 29
    firsts = [a.first for a in seen.answers if a.state is not AnswerState.UNDIVIDED and a.first]
    assert firsts == sorted(firsts)
    assert [s.first for s in seen.sections[1:]] == [s.end for s in seen.sections[:-1]]


SHORT = "Vi är miljödiplomerade, källsorterar allt och följer upp elen varje månad"


def with_line_of(question, line):
    """Give the bid in which a question has one line beside its number and nothing below."""
    return [
        (f"{question}. {line}" if text.startswith(f"{question}. ") else text, level, number)
        for text, level, number in bid_lines(R25, "typed", unanswered=(question,))
    ]


@pytest.mark.parametrize("line", [SHORT, f"Miljö – {SHORT}"])
def test_a_short_line_beside_a_number_may_be_the_answer(line):
    found, _ = states(with_line_of("16", line))
    assert {leaf for leaf, state in found.items() if state is not AnswerState.ANSWERED} == {"16"}
    assert found["16"] is AnswerState.ONE_LINE


@pytest.mark.parametrize(
    ("line", "state"),
    [
        (f"{SHORT}.", AnswerState.ANSWERED),
        ("Arbetsmiljön", AnswerState.EMPTY),
        ("Arbetsmiljön hos oss", AnswerState.ONE_LINE),
        ("Ja", AnswerState.ONE_LINE),
        ("Ja.", AnswerState.SHORT),
        ("", AnswerState.EMPTY),
    ],
)
def test_a_sentence_is_an_answer_and_the_words_of_a_question_are_none(line, state):
    found, _ = states(with_line_of("9", line))
    assert found["9"] is state


def test_a_line_in_the_style_of_a_heading_is_no_answer():
    lines = [(text, 2 * (SHORT in text), n) for text, _, n in with_line_of("16", SHORT)]
    found, _ = states(lines)
    assert found["16"] is AnswerState.EMPTY


def test_a_short_line_beside_the_number_of_a_whole_question_stands_for_its_parts():
    lines = bid_lines(R25, "typed", left_out=("12a", "12b", "12c"))
    lines = [(f"12. {SHORT}" if text.startswith("12. ") else text, *rest) for text, *rest in lines]
    found, _ = states(lines)
    assert {found[leaf] for leaf in ("12a", "12b", "12c")} == {AnswerState.UNDIVIDED}


NUMBER_ONLY = "Så gör vi, och det vet alla som är hos oss om dagarna och ser hur det går till"


def numbered(left_out=()):
    """Give a bid that numbers its answers and repeats no word of the form."""
    lines = []
    for question in range(1, 21):
        parts = [leaf.id for leaf in R25.leaves() if re.fullmatch(rf"{question}[a-h]", leaf.id)]
        if str(question) not in left_out:
            lines.append((f"{question}. {NUMBER_ONLY}.", 0, ""))
            kept = (part for part in parts if part not in left_out)
            lines += [(f"{part[-1]}) {NUMBER_ONLY}.", 0, "") for part in kept]
    return lines


def unsure(lines):
    _, seen = states(lines)
    return [answer.leaf for answer in seen.answers if not answer.is_sure]


def test_numbers_that_run_on_unbroken_are_evidence():
    assert unsure(numbered()) == []


def test_numbers_of_a_broken_or_short_run_stay_unsure():
    assert "1" in unsure(numbered(left_out=("7",)))
    assert "8" not in unsure(numbered(left_out=("7",)))
    every_third = tuple(str(n) for n in range(3, 21, 3))
    assert len(unsure(numbered(left_out=every_third))) > 10
    assert {"12a", "12b"} <= set(unsure(numbered(left_out=("12c",))))


def blocks(style="joined"):
    """Give the bid by question: each a heading with its parts and answers."""
    found = {}
    for line in bid_lines(R25, style):
        match = re.match(r"([0-9]+)[a-h]?\. ", line[0])
        if match:
            question = found.setdefault(match[1], [])
        if found and line[0] not in {str(area.label.sv) for area in R25.areas}:
            question.append(line)
    return found


def astray(lines):
    _, seen = states(lines)
    assert seen.answered == 29
    return [answer.leaf for answer in seen.answers if not answer.is_in_order]


@pytest.mark.parametrize("style", ["joined", "typed"])
def test_a_question_that_stands_last_is_found_out_of_order(style):
    by_question = blocks(style)
    last = by_question.pop("7")
    assert astray([line for lines in (*by_question.values(), last) for line in lines]) == ["7"]


@pytest.mark.parametrize("style", ["joined", "typed"])
def test_questions_in_reverse_order_are_all_found(style):
    lines = [line for lines in reversed(blocks(style).values()) for line in lines]
    assert len(astray(lines)) > 20


def test_a_bid_in_order_has_no_question_astray():
    lines = bid_lines(R25, "joined")
    contents = [line for line in lines if not line[0].startswith(ANSWER)]
    assert astray([*contents, ("Innehåll enligt ovan", 0, ""), *lines]) == []


def test_a_question_that_only_the_table_of_contents_has_is_not_found():
    lines = bid_lines(R25, "joined")
    contents = [line for line in lines if not line[0].startswith(ANSWER)]
    left_out = ("7", "13", "13a", "13b", "13c", "13d")
    bid = bid_lines(R25, "joined", left_out=left_out)
    found, seen = states([*contents, bid[1], *bid])
    missing = {leaf for leaf, state in found.items() if state is not AnswerState.ANSWERED}
    assert missing == {"7", "13a", "13b", "13c", "13d"} & set(found)
    assert found["7"] is found["13a"] is AnswerState.NOT_FOUND
    assert all(answer.is_in_order for answer in seen.answers)


def test_a_long_line_out_of_order_is_its_own_answer():
    by_question = blocks()
    label = next(leaf.label.sv for leaf in R25.leaves() if leaf.id == "7")
    last = (f"7. {label}: {ANSWER} {ANSWER}", 0, "")
    del by_question["7"]
    lines = [line for lines in by_question.values() for line in lines]
    assert astray([*lines, last]) == ["7"]
