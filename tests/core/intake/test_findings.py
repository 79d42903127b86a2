"""Bids held against the rules about their form."""

from datetime import date

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kvaljury.core.intake.changes import ChangeState
from kvaljury.core.intake.findings import Severity
from kvaljury.core.intake.fingerprints import Form, fingerprints
from kvaljury.core.intake.inspection import IntakeBasis, inspect_bid
from kvaljury.core.intake.report import (
    finding_text,
    overview_document,
    report_document,
)
from kvaljury.core.intake.sections import outline
from kvaljury.core.model import BidFormat, Edition, Entry, Finding, Kind, Outcome, Stage, Text
from kvaljury.core.model.bid_folder import (
    BidFile,
    BidFolder,
    ChangeRequest,
    FileRole,
    ImageSigns,
    Passage,
    PassageKind,
    Trouble,
)
from kvaljury.core.model.blocks import Bullets, Heading, Paragraph, Table
from kvaljury.core.model.word_document import Origin, Part, PlacedImage, Stretch
from kvaljury.core.model.word_document import Paragraph as Written
from tests.intake_samples import bid_lines, rules_of, word_document

R25, R12 = rules_of(2025), rules_of(2012)
ENTRY = Entry(id="F01", name="Enheten Ett", entry_class="forskola", kind=Kind.PRESCHOOL)
BASIS = IntakeBasis(R25, Form(), date(2025, 5, 8), ())
FILE = "bids/F01/bidrag.docx"


def files(*named):
    return tuple(BidFile(f"bids/F01/{name}", role, "0" * 64, 1500) for name, role in named)


GOOD_FILES = files(
    ("bidrag.docx", FileRole.CONTRIBUTION),
    ("presentation.txt", FileRole.PRESENTATION),
    ("bild.png", FileRole.IMAGE),
    ("protokoll.pdf", FileRole.MINUTES),
)
GOOD = BidFolder(
    files=GOOD_FILES,
    documents=(word_document(bid_lines(R25)),),
    presentation="Vi lyssnar.",
    images=(("bids/F01/bild.png", (1920, 1200)),),
)


def found(folder=GOOD, basis=BASIS, arrivals=(), requests=()):
    return inspect_bid(ENTRY, folder, arrivals, requests, basis)


def codes(report):
    return [(each.code, each.severity) for each in report.findings]


def with_document(change, folder=GOOD):
    return attrs.evolve(folder, documents=(change(folder.documents[0]),))


def with_paragraphs(*more):
    return with_document(lambda d: attrs.evolve(d, paragraphs=(*d.paragraphs, *more)))


def test_a_bid_that_keeps_every_rule_has_no_findings():
    report = found()
    assert report.findings == ()
    assert report.contribution.answered == 29
    assert report.presentation == 10
    sections = report.contribution.sections
    assert sum(s.characters for s in sections) == report.contribution.count.total


def filled_to(characters, blanks=0, rules=R25):
    lines = bid_lines(rules)
    written = sum(len("".join(text.split())) for text, _, _ in lines)
    filler = "x" * (characters - written)
    return word_document([*lines, (filler + " \t\u00a0\n" * (blanks // 4), 0, "")])


@pytest.mark.parametrize(
    ("characters", "expected"),
    [
        (94_000, []),
        (94_049, []),
        (94_050, [("near-limit", Severity.LOOK)]),
        (95_000, [("near-limit", Severity.LOOK)]),
        (95_001, [("near-limit", Severity.LOOK)]),
        (95_950, [("near-limit", Severity.LOOK)]),
        (95_951, [("too-long", Severity.PROBLEM)]),
    ],
)
def test_the_length_is_held_against_the_limit(characters, expected):
    folder = attrs.evolve(GOOD, documents=(filled_to(characters, 20_000),))
    report = found(folder)
    assert report.contribution.count.total == characters
    told = [each for each in codes(report) if each[0] != "doubtful-length"]
    assert told == expected


def test_the_limit_of_2012_is_its_own():
    basis = attrs.evolve(BASIS, rules=R12)
    bare = BidFolder(files=GOOD_FILES[:1])
    for characters, is_over in ((85_850, False), (85_851, True)):
        folder = attrs.evolve(bare, documents=(filled_to(characters, rules=R12),))
        assert ("too-long" in dict(codes(found(folder, basis)))) is is_over


def test_a_doubt_that_crosses_the_limit_is_told():
    boxed = Written((Stretch("x" * 2000),), Part.FOOTNOTE, anchor=1)
    document = filled_to(94_500)
    document = attrs.evolve(document, paragraphs=(*document.paragraphs, boxed))
    report = found(attrs.evolve(GOOD, documents=(document,)))
    assert [code for code, _ in codes(report)] == ["too-long", "doubtful-length"]
    assert "94500 if footnotes" in str(report.findings[1].message)


@settings(max_examples=8)
@given(st.lists(st.sampled_from(" \t\n\u00a0\u2003"), max_size=30).map("".join))
def test_blanks_never_change_the_count(blanks):
    plain = found().contribution.count.total
    more = found(with_paragraphs(Written((Stretch(blanks),))))
    assert more.contribution.count.total == plain


@pytest.mark.parametrize(
    ("given_files", "expected"),
    [
        ((), ["no-bid"]),
        (files(("bidrag.pdf", FileRole.CONTRIBUTION)), ["not-word"]),
        (files(("bidrag.odt", FileRole.CONTRIBUTION)), ["not-word"]),
        (files(("bidrag.doc", FileRole.CONTRIBUTION)), ["old-word"]),
        (
            files(("a.pdf", FileRole.CONTRIBUTION), ("bidrag.DOCM", FileRole.CONTRIBUTION)),
            ["old-word"],
        ),
        (
            files(("bidrag.docx", FileRole.CONTRIBUTION), ("b.pdf", FileRole.CONTRIBUTION)),
            ["appendices"],
        ),
        (
            files(("a.docx", FileRole.CONTRIBUTION), ("b.docx", FileRole.CONTRIBUTION)),
            ["several-contributions"],
        ),
        (
            files(("bidrag.docx", FileRole.CONTRIBUTION), ("budget.xlsx", FileRole.OTHER)),
            ["appendices"],
        ),
    ],
)
def test_what_came_is_told_by_its_kind(given_files, expected):
    folder = BidFolder(files=given_files, presentation="x", images=GOOD.images)
    assert [code for code, _ in codes(found(folder))] == expected


def test_in_2012_no_format_presentation_image_or_appendix_is_asked_for():
    folder = BidFolder(
        files=files(
            ("bidrag.docx", FileRole.CONTRIBUTION),
            ("b.pdf", FileRole.CONTRIBUTION),
            ("budget.xlsx", FileRole.OTHER),
        ),
        documents=(
            attrs.evolve(
                word_document([*bid_lines(R12), ("Bilaga 1", 1, ""), ("Tabell", 0, "")]),
                embedded=("x.xlsx",),
            ),
        ),
        placed=((FILE, "a.png", ImageSigns(9, 9, 20, 0.9)),),
    )
    report = found(folder, attrs.evolve(BASIS, rules=R12))
    assert codes(report) == []
    only_pdf = BidFolder(files=files(("bidrag.pdf", FileRole.CONTRIBUTION)))
    report = found(only_pdf, attrs.evolve(BASIS, rules=R12))
    assert codes(report) == [("not-word", Severity.LOOK)]


def test_of_several_documents_the_one_that_answers_most_is_checked():
    other = word_document([("Budget", 1, "")], "bids/F01/a.docx")
    for documents in ((other, GOOD.documents[0]), (GOOD.documents[0], other)):
        report = found(attrs.evolve(GOOD, documents=documents))
        assert report.contribution.file == FILE


def test_a_bid_that_has_not_come_is_a_problem_only_after_the_last_day():
    for day, severity in ((7, Severity.NOTE), (8, Severity.PROBLEM)):
        basis = attrs.evolve(BASIS, today=date(2025, 5, day))
        assert codes(found(BidFolder(), basis)) == [("no-bid", severity)]
    no_deadline = attrs.evolve(R25, eligibility=())
    basis = attrs.evolve(BASIS, rules=no_deadline, today=date(2030, 1, 1))
    assert codes(found(BidFolder(), basis)) == [("no-bid", Severity.NOTE)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x" * 1000 + "\n  ", []),
        ("x" * 1001, ["presentation-length"]),
        (" ", ["presentation-length"]),
    ],
)
def test_the_presentation_text_has_a_length_of_its_own(text, expected):
    assert [c for c, _ in codes(found(attrs.evolve(GOOD, presentation=text)))] == expected


def test_a_missing_presentation_is_told_unless_one_could_not_be_read():
    bare = attrs.evolve(GOOD, presentation=None, files=GOOD_FILES[:1])
    assert "no-presentation" in dict(codes(found(bare)))
    trouble = Trouble("bids/F01/presentation.pdf", Text("it is a PDF"), Text("save as Word"))
    damaged = attrs.evolve(GOOD, presentation=None, troubles=(trouble,))
    assert codes(found(damaged)) == [("unreadable", Severity.PROBLEM)]


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        ((1920, 1200), []),
        ((3840, 2400), [("image-size", Severity.NOTE)]),
        ((1200, 1920), [("image-size", Severity.LOOK)]),
        ((1919, 1200), [("image-size", Severity.LOOK)]),
        ((1920, 1199), [("image-size", Severity.LOOK)]),
        (None, [("image-unreadable", Severity.LOOK)]),
    ],
)
def test_the_image_is_landscape_of_the_size_asked_for(size, expected):
    assert codes(found(attrs.evolve(GOOD, images=(("bids/F01/bild.png", size),)))) == expected


def test_no_image_and_several_images_are_told():
    assert codes(found(attrs.evolve(GOOD, images=()))) == [("no-image", Severity.LOOK)]
    two = (*GOOD.images, ("bids/F01/bild2.png", (1920, 1200)))
    assert codes(found(attrs.evolve(GOOD, images=two))) == [("several-images", Severity.LOOK)]


def test_images_in_the_text_are_suspected_by_their_lines_only():
    placed = (
        (FILE, "photo.jpg", ImageSigns(10, 10, 3, 0.2)),
        (FILE, "text.png", ImageSigns(10, 10, 4, 0.9)),
        (FILE, "drawing.emf", None),
        ("bids/F01/other.docx", "text.png", ImageSigns(10, 10, 40, 0.9)),
    )
    report = found(attrs.evolve(GOOD, placed=placed))
    assert [str(each.message).rpartition(": ")[2] for each in report.findings] == [
        "text.png (4)",
        "drawing.emf",
    ]
    assert {each.severity for each in report.findings} == {Severity.LOOK}


def test_text_in_charts_is_suspected_when_there_is_much():
    for characters, expected in ((200, []), (201, ["text-in-drawings"])):
        drawn = Written((Stretch("x" * characters, Origin.DRAWING),))
        assert [c for c, _ in codes(found(with_paragraphs(drawn)))] == expected


def test_what_is_left_in_the_document_is_told():
    folder = with_document(lambda d: attrs.evolve(d, tracks_changes=True, embedded=("x.xlsx",)))
    comments = (Written((Stretch("Bra!"),), Part.COMMENT), Written((), Part.COMMENT))
    folder = with_document(lambda d: attrs.evolve(d, paragraphs=(*d.paragraphs, *comments)), folder)
    report = found(folder)
    assert [c for c, _ in codes(report)] == ["embedded-files", "tracked-changes", "comments"]
    assert str(report.findings[-1].message).endswith(": 1")


def test_personal_numbers_are_told_masked_with_their_place():
    report = found(
        with_paragraphs(
            Written((Stretch("Pelle 121212-"), Stretch("1212"))),
            Written((Stretch("bort 701063-2391", Origin.DELETED),), Part.FOOTNOTE, anchor=2),
        )
    )
    last = len(GOOD.documents[0].paragraphs)
    assert [(str(f.message), str(f.where)) for f in report.findings] == [
        ("121212-**** looks like a personal identity number.", f"paragraph {last + 1}, under 20d"),
        ("701063-**** looks like a personal coordination number.", "in a footnote"),
    ]


def test_personal_numbers_are_sought_in_all_that_was_read():
    other = word_document([("121212-1212", 0, "")], "bids/F01/x.docx")
    note = Written((Stretch("701063-2391"),), Part.COMMENT)
    presented = attrs.evolve(other, file="bids/F01/presentation.docx", paragraphs=(note,))
    folder = attrs.evolve(GOOD, documents=(GOOD.documents[0], other))
    places = [str(each.where) for each in found(folder).findings]
    assert places == ["x.docx, paragraph 1"]
    folder = attrs.evolve(GOOD, presentation="Ring 121212-1212.")
    assert [str(each.where) for each in found(folder).findings] == ["in the presentation text"]
    folder = attrs.evolve(GOOD, presentation_document=presented)
    (only,) = found(folder).findings
    assert (str(only.where), only.severity) == ("presentation.docx, in a comment", Severity.LOOK)
    folder = BidFolder(presentation="Ring 121212-1212.")
    assert "personal-number" in dict(codes(found(folder)))


def test_a_personal_number_in_the_name_of_a_file_is_told():
    named = files(("bild_121212-1212.png", FileRole.IMAGE), ("701063-2391.pdf", FileRole.MINUTES))
    report = found(attrs.evolve(GOOD, files=(*GOOD_FILES, *named)))
    assert [(str(each.where), each.severity) for each in report.findings] == [
        ("in the name of a file", Severity.LOOK)
    ] * 2
    hints = [str(each.hint) for each in report.findings]
    assert all("case or invoice number, it may stay" in hint for hint in hints)
    assert ["coordination" in hint for hint in hints] == [False, True]


def test_of_several_documents_the_counted_one_is_named():
    named = files(("a.docx", FileRole.CONTRIBUTION), ("bidrag.docx", FileRole.CONTRIBUTION))
    folder = attrs.evolve(GOOD, files=(*named, *GOOD_FILES[1:]))
    (told,) = found(folder).findings
    assert str(told.message).endswith(": a.docx, bidrag.docx. Counted is: bidrag.docx.")
    (told,) = found(attrs.evolve(folder, documents=())).findings
    assert str(told.message).endswith("Counted is: none of them.")


def test_who_has_set_a_rule_aside_is_named_once():
    reason = Text("Not met, but set aside by {by}", by="Kim")
    finding = attrs.evolve(verdict("D25-03", Outcome.PASS, "Kim"), reason=reason)
    (told,) = found(arrivals=[finding]).findings
    assert str(told.message) == "Not met, but set aside by Kim."


def answered_with(question, *answers):
    lines = bid_lines(R25, "joined", unanswered=(question,))
    at = next(i for i, line in enumerate(lines) if line[0].startswith(f"{question}. "))
    return word_document([*lines[: at + 1], *((text, 0, "") for text in answers), *lines[at + 1 :]])


@pytest.mark.parametrize(
    ("answer", "characters"),
    [("2024: 92 % (K 93 %)", 14), ("Inte aktuellt för oss.", 19), ("Ja.", 3), ("–", 1)],
)
def test_a_short_answer_is_looked_at_with_its_length(answer, characters):
    report = found(attrs.evolve(GOOD, documents=(answered_with("13b", answer),)))
    assert codes(report) == [("short-answer", Severity.LOOK)]
    assert str(report.findings[0].message).endswith(f": 13b ({characters})")


def test_an_image_may_be_an_answer():
    document = answered_with("3", "")
    at = next(i for i, p in enumerate(document.paragraphs) if p.text.startswith("3. "))
    for place, code in ((at + 1, "short-answer"), (at + 2, "no-answer"), (None, "no-answer")):
        image = PlacedImage("a.png", place, "image/png", b"")
        pictured = attrs.evolve(document, images=(image,))
        assert [c for c, _ in codes(found(attrs.evolve(GOOD, documents=(pictured,))))] == [code]


def test_a_question_out_of_order_is_looked_at():
    lines = bid_lines(R25, "joined")
    at = next(i for i, line in enumerate(lines) if line[0].startswith("4. "))
    swapped = [*lines[: at - 2], *lines[at : at + 2], *lines[at - 2 : at], *lines[at + 2 :]]
    report = found(attrs.evolve(GOOD, documents=(word_document(swapped),)))
    assert report.contribution.answered == 29
    assert codes(report) == [("out-of-order", Severity.LOOK)]
    assert str(report.findings[0].message)[-3:] in (": 3", ": 4")


def test_an_old_word_file_is_told_to_be_saved_anew_whatever_the_year():
    folder = BidFolder(files=files(("bidrag.doc", FileRole.CONTRIBUTION)), presentation="x")
    for rules in (R25, R12):
        (told, *_) = found(folder, attrs.evolve(BASIS, rules=rules)).findings
        assert (told.code, told.severity) == ("old-word", Severity.LOOK)
        assert ".docx" in str(told.hint)


def test_a_question_after_a_line_break_is_a_place_of_its_own():
    lines = bid_lines(R25)
    whole = "\n".join(text for text, _, _ in lines)
    document = word_document([(whole, 0, ""), ("121212-1212\noch 701063-\n2391", 0, "")])
    report = found(attrs.evolve(GOOD, documents=(document,)))
    assert report.contribution.answered == 29
    assert (
        sum(s.characters for s in report.contribution.sections) == report.contribution.count.total
    )
    assert [str(each.where) for each in report.findings] == ["paragraph 2, under 20d"] * 2


def test_every_finding_about_a_rule_has_the_line_of_the_instructions():
    late = [verdict("D25-03", Outcome.FAIL), verdict("D25-04", Outcome.UNKNOWN)]
    document = filled_to(99_000)
    folder = BidFolder(files=GOOD_FILES[:1], documents=(document,))
    reports = [found(folder, arrivals=late), found(BidFolder())]
    cited = {(each.rule, each.source) for report in reports for each in report.findings}
    assert cited == {
        ("D25-03", "S25:82"),
        ("D25-04", "S25:82"),
        ("F25-02", "S25:172"),
        ("F25-04", "S25:78"),
        ("F25-05", "S25:80"),
        ("D25-03", next(use.source for use in R25.eligibility if use.id == "D25-03")),
    }
    whole = overview_document(reports, Edition("Provåret", 2025, R25), BASIS)
    (table,) = [b for b in whole.blocks if isinstance(b, Table) and len(b.columns) == 4]
    rows = [[str(cell.text) for cell in row] for row in table.rows]
    assert ["F25-02", "S25:172", "F01", ""] in rows
    assert ["F25-05", "S25:80", "", "F01"] in rows


def test_the_time_for_changes_is_cited_where_changes_are_listed():
    requests = [ChangeRequest("F01", "korta", date(2025, 5, 5))]
    for bid, said in (
        (R25.bid, "(F25-06, S25:178)."),
        (BidFormat(change_days=(3, 4)), "(the edition)."),
        (BidFormat(), None),
    ):
        basis = attrs.evolve(BASIS, rules=attrs.evolve(R25, bid=bid))
        made = report_document(found(GOOD, basis, (), requests), EDITION, basis)
        texts = [str(block.text) for block in made.blocks if isinstance(block, Paragraph)]
        told = [text for text in texts if text.startswith("Time for a change: ")]
        assert [text.endswith(said or "") for text in told] == [True] * (said is not None)


EDITION = Edition("Provåret", 2025, R25)


def test_a_short_line_beside_a_number_is_looked_at_and_no_problem():
    lines = [
        ("16. Vi källsorterar allt och följer upp elen varje månad", *rest)
        if text.startswith("16. ")
        else (text, *rest)
        for text, *rest in bid_lines(R25, unanswered=("16",))
    ]
    report = found(attrs.evolve(GOOD, documents=(word_document(lines),)))
    assert [c for c in codes(report) if c[0] != "unsure-place"] == [("one-line", Severity.LOOK)]
    assert report.contribution.answered == 28


def test_a_number_before_the_first_question_has_its_paragraph():
    document = word_document([("121212-1212", 0, ""), *bid_lines(R25)])
    report = found(attrs.evolve(GOOD, documents=(document,)))
    assert [str(each.where) for each in report.findings] == ["paragraph 1"]


def test_missing_and_empty_answers_are_listed():
    lines = bid_lines(R25, left_out=("7",), unanswered=("9",))
    lines = [line for line in lines if not line[0].startswith(("a) Svaren", "b) Analys av sv"))]
    report = found(attrs.evolve(GOOD, documents=(word_document(lines),)))
    assert [(f.code, f.severity, str(f.message).rpartition(": ")[2]) for f in report.findings] == [
        ("no-answer", Severity.PROBLEM, "9"),
        (
            "not-found",
            Severity.LOOK,
            str(report.findings[1].message).rpartition(": ")[2],
        ),
        ("undivided", Severity.LOOK, "12a, 12b"),
    ]
    assert "of: 7. " in str(report.findings[1].message)


def test_a_place_found_by_its_number_alone_is_looked_at():
    lines = [(text.replace("Arbetsmiljö", "Fika"), *rest) for text, *rest in bid_lines(R25)]
    report = found(attrs.evolve(GOOD, documents=(word_document(lines),)))
    assert codes(report) == [("unsure-place", Severity.LOOK)]
    assert str(report.findings[0].message).endswith(": 9")


def test_in_2012_no_rule_says_that_all_questions_must_be_answered():
    document = word_document(bid_lines(R12, unanswered=("9",)))
    folder = BidFolder(files=GOOD_FILES[:1], documents=(document,))
    report = found(folder, attrs.evolve(BASIS, rules=R12))
    assert codes(report) == [("no-answer", Severity.LOOK)]


INTRO = "Här får ni läsa en lång inledning om varför vi tycker att allt detta är så viktigt för oss"
ANNEX = "Begreppen i listan betyder det som står efter dem och ingenting annat än just det som står"
FORM = Form(
    (
        Passage(PassageKind.INTRODUCTION, "malgrupp", frozenset(fingerprints(INTRO))),
        Passage(PassageKind.ANNEX, "Bilaga 1", frozenset(fingerprints(ANNEX))),
    )
)


def test_what_the_form_tells_to_remove_is_flagged_and_not_counted():
    lines = bid_lines(R25)
    at = next(i for i, line in enumerate(lines) if line[0] == "Målgrupp") + 1
    more = [("Bilaga 1", 1, ""), (ANNEX, 0, ""), ("Mål", 0, ""), (ANNEX, 0, "")]
    document = word_document([*lines[:at], (INTRO, 0, ""), *lines[at:], *more])
    report = found(attrs.evolve(GOOD, documents=(document,)), attrs.evolve(BASIS, form=FORM))
    assert codes(report) == [
        ("introduction-left-in", Severity.PROBLEM),
        ("annex-left-in", Severity.PROBLEM),
    ]
    assert report.contribution.count.total == found().contribution.count.total
    kept = attrs.evolve(R25, bid=attrs.evolve(R25.bid, removable=()))
    basis = attrs.evolve(BASIS, form=FORM, rules=kept)
    assert codes(found(attrs.evolve(GOOD, documents=(document,)), basis)) == []


def test_an_annex_of_ones_own_is_counted_and_looked_at():
    lines = [*bid_lines(R25), ("Bilaga 1: Vår tabell", 1, ""), ("Siffror om allt.", 0, "")]
    report = found(attrs.evolve(GOOD, documents=(word_document(lines),)))
    assert codes(report) == [("own-annex", Severity.LOOK)]
    assert report.contribution.sections[-1].title == "Bilaga 1: Vår tabell"
    assert report.contribution.count.total > found().contribution.count.total


def test_only_passages_of_the_form_are_left_out_around_a_paragraph_of_the_units_own():
    own = "Det här har vi skrivit själva mitt i formulärets text, och det är ganska långt och bra."
    lines = bid_lines(R25)
    at = next(i for i, line in enumerate(lines) if line[0] == "Målgrupp") + 1
    put_in = [(INTRO, 0, ""), (own, 0, ""), ("Kort", 0, ""), (INTRO, 0, ""), (ANNEX, 0, "")]
    document = word_document([*lines[:at], *put_in, *lines[at:]])
    basis = attrs.evolve(BASIS, form=FORM)
    seen = outline(document, R25, FORM)
    assert seen.left_out() == {at, at + 3, at + 4}
    more = found(attrs.evolve(GOOD, documents=(document,)), basis).contribution.count.total
    plain = found().contribution.count.total
    assert more == plain + sum(len("".join(text.split())) for text in (own, "Kort"))


def test_a_paragraph_is_left_out_once_though_two_passages_reach_it():
    lines = [(INTRO, 0, ""), ("Kort", 0, ""), (ANNEX, 0, ""), (INTRO, 0, ""), (ANNEX, 0, "")]
    document = word_document([*lines, ("Bilaga 1", 1, ""), (INTRO, 0, ""), (ANNEX, 0, "")])
    leftovers = outline(document, R25, FORM).leftovers
    places = [index for left in leftovers for index in left.paragraphs]
    assert sorted(places) == sorted(set(places))
    twice = Form((*FORM.passages, attrs.evolve(FORM.passages[1], name="Bilaga 2")))
    (left,) = outline(word_document([(ANNEX, 0, "")]), R25, twice).leftovers
    assert left.name == "Bilaga 1"
    whole = word_document([("Bilaga 1", 1, ""), (ANNEX, 0, ""), (INTRO, 0, "")])
    assert len(outline(whole, R25, FORM).leftovers) == 1


def test_a_note_that_nothing_refers_to_stands_elsewhere():
    loose = Written((Stretch("en not"),), Part.FOOTNOTE)
    sections = found(with_paragraphs(loose)).contribution.sections
    assert (str(sections[-1].title), sections[-1].characters) == ("Elsewhere", 5)


def verdict(rule, outcome, by=None, stage=Stage.PARTICIPATION):
    return Finding(rule, "F01", stage, outcome, Text("so it is"), "S25:82", None, "d", by)


def test_days_are_told_as_the_rules_of_the_edition_judge_them():
    cases = {
        (Outcome.PASS, None): [],
        (Outcome.FAIL, None): [("too-late", Severity.PROBLEM)],
        (Outcome.UNKNOWN, None): [("unknown-arrival", Severity.LOOK)],
        (Outcome.FAIL, "Kim"): [("set-aside", Severity.NOTE)],
    }
    for (outcome, by), expected in cases.items():
        twice = [verdict("D25-03", outcome, by), verdict("D25-03", outcome, by, Stage.AWARD)]
        assert codes(found(arrivals=[*twice, verdict("E25-04", Outcome.FAIL)])) == expected
    assert codes(found(BidFolder(), arrivals=[verdict("D25-03", Outcome.UNKNOWN)])) == [
        ("no-bid", Severity.PROBLEM)
    ]


def test_a_minutes_extract_is_asked_for_by_its_file_and_its_day():
    unknown = [verdict("D25-04", Outcome.UNKNOWN)]
    assert codes(found(arrivals=unknown)) == [("unknown-arrival", Severity.LOOK)]
    bare = attrs.evolve(GOOD, files=GOOD_FILES[:3])
    for day, severity in ((date(2025, 6, 4), Severity.NOTE), (date(2025, 6, 5), Severity.PROBLEM)):
        basis = attrs.evolve(BASIS, today=day)
        assert codes(found(bare, basis, unknown)) == [("no-minutes", severity)]


def test_the_report_of_a_unit_tells_everything_and_what_is_due():
    edition = Edition("Provåret", 2025, R25)
    lines = bid_lines(R25, left_out=("7",), unanswered=("9",))
    document = attrs.evolve(word_document(lines), counted_by_word=4000)
    note = Written((Stretch("en not"),), Part.FOOTNOTE, anchor=1)
    document = attrs.evolve(document, paragraphs=(*document.paragraphs, note))
    requests = [ChangeRequest("F01", "korta", date(2025, 5, 5)), ChangeRequest("F01", "bild")]
    report = found(attrs.evolve(GOOD, documents=(document,)), requests=requests)
    assert [c.state for c in report.changes] == [ChangeState.OVERDUE, ChangeState.PROPOSED]
    made = report_document(report, edition, BASIS)
    assert [str(b.text) for b in made.blocks if isinstance(b, Heading)] == [
        "To be mended",
        "To look at",
        "Characters",
        "Questions",
        "Change requests",
        "Files",
    ]
    (notice,) = [b for b in made.blocks if isinstance(b, Paragraph) and b.is_notice]
    assert "2025-05-12" in str(notice.text)
    tables = [b for b in made.blocks if isinstance(b, Table)]
    assert len(tables[1].rows) == 29
    assert any(
        "if footnotes" in str(i) for b in made.blocks if isinstance(b, Bullets) for i in b.items
    )
    whole = overview_document([report, found(BidFolder())], edition, BASIS)
    assert len([b for b in whole.blocks if isinstance(b, Table)]) == 3


def opening(folder, rules=R25):
    edition, basis = Edition("Provåret", 2025, rules), attrs.evolve(BASIS, rules=rules)
    report = found(folder, basis)
    made = report_document(report, edition, basis)
    whole = overview_document([report], edition, basis)
    assert len(whole.blocks) == (4 if any(each.rule for each in report.findings) else 2)
    return str(made.blocks[1].text)


def test_the_report_says_at_once_whether_anything_is_to_be_mended():
    assert opening(GOOD) == "Nothing was found that must be mended or looked at."
    assert opening(attrs.evolve(GOOD, images=())).endswith("To look at: 1.")
    unlimited = attrs.evolve(R25, bid=BidFormat(rules={"answers": "X"}))
    assert opening(BidFolder(), unlimited) == "To be mended: 1. To look at: 0."
    assert opening(attrs.evolve(GOOD, documents=(filled_to(99_000),))).startswith("To be mended: 1")
    assert opening(GOOD, unlimited) == "Nothing was found that must be mended or looked at."


def test_a_finding_is_said_with_its_hint_place_and_rule():
    report = found(
        attrs.evolve(GOOD, documents=(word_document(bid_lines(R25, unanswered=("9",))),))
    )
    assert str(finding_text(report.findings[0])).endswith("Answer all questions. (F25-01; S25:74)")
    report = found(with_paragraphs(Written((Stretch("121212-1212"),))))
    assert "(paragraph" in str(finding_text(report.findings[0]))
