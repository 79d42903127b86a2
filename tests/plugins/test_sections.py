"""The sections of dossiers: what they say, what they must not, and that their Swedish is whole."""

import attrs
import pytest

from kvaljury import DossierSection, Text, blocks
from kvaljury.core.dossier import build_blocks
from kvaljury.core.model import DossierSettings, ProposalKind, Status
from kvaljury.registry import load_plugins
from kvaljury.testing import check_dossier_section
from kvaljury.testing.dossier_samples import sample_cases

SECTIONS = {
    name: value
    for (hook, name), value in load_plugins(entry_points=False).values.items()
    if hook == "kvaljury_dossier_sections"
}
CASES = sample_cases()
FULL = CASES["a full case"]
GUARDED = CASES["a class that cannot be compared"]


def texts_in(value):
    if isinstance(value, Text):
        yield value
    elif isinstance(value, str):
        yield Text("{x}", sv="{x}", x=value)
    elif isinstance(value, tuple):
        for each in value:
            yield from texts_in(each)
    elif attrs.has(type(value)):
        yield from texts_in(attrs.astuple(value, recurse=False))


def swedish(text):
    if isinstance(text, tuple):
        return ", ".join(map(swedish, text))
    if not isinstance(text, Text):
        return str(text)
    template = text.en if text.sv is None else text.sv
    values = {n: v if isinstance(v, float) else swedish(v) for n, v in text.parameters}
    return template.format_map(values)


def said(name, case):
    """Give all that a section says in Swedish, a line a text."""
    return "\n".join(swedish(t) for t in texts_in(build_blocks(case, [SECTIONS[name]])))


def kinds(name, case):
    return [type(block).__name__ for block in build_blocks(case, [SECTIONS[name]])]


@pytest.mark.parametrize("name", SECTIONS)
def test_a_section_keeps_its_contract(name):
    check_dossier_section(SECTIONS[name])


@pytest.mark.parametrize("name", SECTIONS)
@pytest.mark.parametrize("what", CASES)
def test_a_section_begins_with_its_heading_or_says_nothing(name, what):
    shown = build_blocks(CASES[what], [SECTIONS[name]])
    assert not shown or isinstance(shown[0], blocks.Heading)
    assert len(shown) != 1


def test_nothing_names_a_winner():
    for what, case in CASES.items():
        for name in DossierSettings().sections:
            words = said(name, case).casefold()
            assert not any(word in words for word in ("vinnar", "vunnit", "segra")), what


class TestSummary:
    def test_it_tells_unit_proposal_with_reason_score_place_and_probabilities(self):
        words = said("summary", FULL)
        for line in (
            "Enheten <b>Provet</b> & #read(1)",
            "Förskola",
            "Nämnden",
            "L1",
            "Lagets motivering: modig",
            "Beredningsgruppens motivering (Kim Exempel): helhet",
            "65.3 (61.8–68.7)",
            "68.0",
            "2 (1–4) av 4",
            "20\N{NO-BREAK SPACE}%",
            "45\N{NO-BREAK SPACE}%",
            "inte avgjort",
        ):
            assert line in words.splitlines()

    def test_a_class_of_one_has_no_place_and_no_probability(self):
        words = said("summary", CASES["a class of one"])
        assert "Plats" not in words
        assert "Sannolikhet" not in words

    def test_a_class_without_a_choice_has_no_probability_of_the_list(self):
        words = said("summary", attrs.evolve(FULL, shortlist_size=4))
        assert "Sannolikhet att vara bäst" in words
        assert "bland de" not in words

    def test_a_list_of_one_place_says_only_who_is_the_best(self):
        assert "bland de" not in said("summary", attrs.evolve(FULL, shortlist_size=1))

    @pytest.mark.parametrize(
        ("status", "words"),
        [
            (Status.NOT_ELIGIBLE, "Bidraget får inte delta"),
            (Status.BARRED_AWARD, "Bidraget kan inte få utmärkelsen"),
            (Status.UNMARKED, "Bidraget har inga poäng som räknas"),
        ],
    )
    def test_an_entry_outside_the_ranking_says_so_in_a_notice(self, status, words):
        entry = attrs.evolve(CASES["a barred entry"].entry, status=status)
        shown = build_blocks(attrs.evolve(FULL, entry=entry), [SECTIONS["summary"]])
        notices = [b for b in shown if isinstance(b, blocks.Paragraph) and b.is_notice]
        assert swedish(notices[0].text).startswith(words)

    def test_an_entry_without_marks_has_no_score(self):
        assert "Poäng, 0–100" not in said("summary", CASES["an entry without marks"])

    def test_a_tie_is_told(self):
        assert "delar plats med andra (1), eftersom poängen är lika" in said(
            "summary", CASES["a tie"]
        )

    def test_a_sure_place_and_a_place_without_interval_are_told(self):
        entry = FULL.entry
        sure = attrs.evolve(FULL, entry=attrs.evolve(entry, rank_low=2, rank_high=2))
        assert "2 (2) av 4" in said("summary", sure)
        assert "2 av 4" in said("summary", GUARDED).splitlines()

    def test_what_was_not_adjusted_has_one_score(self):
        raw = attrs.evolve(FULL, entry=attrs.evolve(FULL.entry, raw=65.31))
        assert "Före justering" not in said("summary", raw)
        unknown = attrs.evolve(FULL, entry=attrs.evolve(FULL.entry, raw=None))
        assert "Före justering" not in said("summary", unknown)

    def test_what_was_not_filed_or_not_reasoned_is_told(self):
        assert "inget förslag har lämnats" in said("summary", CASES["nothing filed"])
        case = attrs.evolve(FULL, proposal=attrs.evolve(FULL.proposal, reason=""))
        assert "Laget har inte lämnat någon motivering." in said("summary", case)

    def test_in_blind_reading_neither_administration_nor_team_is_told(self):
        words = said("summary", CASES["blind reading"])
        assert "Förvaltning" not in words
        assert "Examinatorslag" not in words

    def test_the_notes_of_a_class_are_told_once(self):
        note = Text("Another", sv="En till")
        for case in (FULL, GUARDED):
            words = said("summary", attrs.evolve(case, notes=(*case.notes, note)))
            assert words.count("En till") == 1
        assert words.count("Lagen kan inte jämföras: L1, L2") == 1


class TestClassChart:
    def test_the_entry_is_marked_among_places_without_names(self):
        _, chart, *_ = build_blocks(FULL, [SECTIONS["class-chart"]])
        labels = [swedish(line.label) for line in chart.lines]
        assert labels == ["Plats 1", FULL.entry.name, "Plats 3", "Plats 4"]
        assert [line.is_marked for line in chart.lines] == [False, True, False, False]
        assert chart.cut == 2

    def test_of_tied_entries_this_one_stands_first(self):
        _, chart, *_ = build_blocks(CASES["a tie"], [SECTIONS["class-chart"]])
        labels = [swedish(line.label) for line in chart.lines]
        assert labels[1:3] == [FULL.entry.name, "Plats 2"] or labels[:2] == [
            FULL.entry.name,
            "Plats 2",
        ]

    @pytest.mark.parametrize("what", ["a barred entry", "an entry without marks", "a class of one"])
    def test_without_a_place_among_others_there_is_none(self, what):
        assert kinds("class-chart", CASES[what]) == []

    def test_without_intervals_it_speaks_of_none(self):
        words = said("class-chart", GUARDED)
        assert "intervall" not in words
        assert "Osäkerheten kan inte skattas" in words

    def test_without_a_choice_there_is_no_cut(self):
        case = attrs.evolve(FULL, shortlist_size=4)
        _, chart, *_ = build_blocks(case, [SECTIONS["class-chart"]])
        assert chart.cut is None
        assert "streckade" not in said("class-chart", case)


@pytest.mark.parametrize("name", ["summary", "class-chart", "certainty", "areas"])
def test_in_a_guarded_class_the_banner_stands_before_anything_is_compared(name):
    shown = build_blocks(GUARDED, [SECTIONS[name]])
    assert shown[1] == GUARDED.banner()[0]


class TestCertainty:
    @pytest.mark.parametrize(
        ("proposal", "chance", "words"),
        [
            (ProposalKind.AWARD, 0.49, "Laget föreslår utmärkelse. Enligt poängen är"),
            (ProposalKind.MENTION, 0.5, "Laget föreslår inte utmärkelse. Enligt poängen är"),
            (ProposalKind.NONE, 0.9, "Laget föreslår inte utmärkelse. Enligt poängen är"),
        ],
    )
    def test_where_proposal_and_scores_disagree_it_is_a_notice(self, proposal, chance, words):
        entry = attrs.evolve(FULL.entry, proposal=proposal, p_shortlist=chance)
        shown = build_blocks(attrs.evolve(FULL, entry=entry), [SECTIONS["certainty"]])
        assert shown[1].is_notice
        assert swedish(shown[1].text).startswith(words)

    @pytest.mark.parametrize(
        ("proposal", "chance"),
        [(ProposalKind.AWARD, 0.5), (ProposalKind.NONE, 0.4), (None, 0.9), (None, 0.1)],
    )
    def test_where_they_agree_or_nothing_is_filed_nothing_is_said(self, proposal, chance):
        entry = attrs.evolve(FULL.entry, proposal=proposal, p_shortlist=chance)
        assert "Laget" not in said("certainty", attrs.evolve(FULL, entry=entry))

    @pytest.mark.parametrize(
        ("proposal", "rank", "words"),
        [
            (ProposalKind.AWARD, 3, "Laget föreslår utmärkelse. Enligt poängen har"),
            (ProposalKind.NONE, 2, "Laget föreslår inte utmärkelse. Enligt poängen har"),
            (ProposalKind.AWARD, 2, None),
        ],
    )
    def test_without_probabilities_the_place_is_told_as_uncertain(self, proposal, rank, words):
        entry = attrs.evolve(GUARDED.entry, proposal=proposal, rank=rank)
        told = said("certainty", attrs.evolve(GUARDED, entry=entry))
        assert (words is None) == ("Laget" not in told)
        assert words is None or words in told

    def test_a_class_without_a_choice_has_no_disagreement(self):
        assert "Laget" not in said("certainty", attrs.evolve(FULL, shortlist_size=4))

    def test_with_nothing_to_tell_there_is_no_heading(self):
        assert kinds("certainty", CASES["nothing filed"]) == []

    def test_sensitivity_stands_as_given(self):
        assert "Platsen varierar." in said("certainty", FULL)


class TestAreas:
    def test_every_area_is_drawn_with_the_others_and_its_weight(self):
        _, chart, *_ = build_blocks(FULL, [SECTIONS["areas"]])
        assert [(line.value, line.others) for line in chart.lines] == [
            (area.score, area.others) for area in FULL.areas
        ]
        assert "Vikter i totalpoängen: Område 0 50.0 %, Område 1 50.0 %." in said("areas", FULL)

    def test_a_guarded_class_and_a_class_of_one_count_no_areas_above_others(self):
        for case in (GUARDED, CASES["a class of one"]):
            assert "median" not in said("areas", case)
        assert "median i 2 av 2" in said("areas", FULL)

    def test_without_any_score_there_is_none(self):
        assert kinds("areas", CASES["an entry without marks"]) == []

    def test_a_missing_area_stays_empty_and_is_not_counted(self):
        case = CASES["a missing area"]
        _, chart, *_ = build_blocks(case, [SECTIONS["areas"]])
        assert chart.lines[0].value is None
        assert "i 1 av 1" in said("areas", case)


class TestExaminers:
    def test_totals_and_areas_stand_under_codes_with_the_spread(self):
        _, chart, *_ = build_blocks(FULL, [SECTIONS["examiners"]])
        assert chart.lines[0].names == ("A", "B", "C")
        words = said("examiners", FULL)
        assert "Mellan lägsta och högsta totalpoäng är det 4.0 poäng." in words
        assert "har läst bidraget: 3, varav från andra lag: C." in words

    def test_one_examiner_has_no_chart_and_no_spread(self):
        case = CASES["one examiner"]
        assert "StripChart" not in kinds("examiners", case)
        words = said("examiners", case)
        assert "En enda examinator" in words
        assert "varav" not in words

    def test_without_readers_there_is_none(self):
        assert kinds("examiners", CASES["an entry without marks"]) == []

    def test_agreed_marks_are_explained(self):
        assert "Laget har enats" in said("examiners", CASES["agreed marks"])
        assert "Laget har enats" not in said("examiners", FULL)


class TestComments:
    def test_comments_stand_by_area_and_kind_in_the_examiners_words(self):
        words = said("comments", FULL).splitlines()
        start = words.index("Område 0")
        assert words[start : start + 7] == [
            "Område 0",
            "Styrkor",
            "lugnt <script>alert(1)</script>",
            "Utvecklingsområden",
            "mät oftare",
            "Övriga kommentarer",
            "se bilden",
        ]

    def test_an_area_and_a_kind_without_comments_are_left_out(self):
        quiet = attrs.evolve(FULL.areas[0], strengths=(), development=(), remarks=())
        one = attrs.evolve(FULL.areas[1], development=(), remarks=())
        words = said("comments", attrs.evolve(FULL, areas=(quiet, one)))
        assert "Område 0" not in words
        assert "Område 1\nStyrkor\nlugnt" in words
        assert "Övriga" not in words

    def test_no_comments_at_all_is_said(self):
        assert "inte lämnat några kommentarer" in said("comments", CASES["an entry without marks"])


class TestEligibility:
    def test_open_findings_stand_with_rule_source_stages_and_reason(self):
        table = build_blocks(FULL, [SECTIONS["eligibility"]])[1]
        assert [[swedish(cell.text) for cell in row] for row in table.rows] == [
            [f"{rule} (S25:54)", about, verdict, "Medarbetare utöver chefen: 12"]
            for rule, about, verdict in (
                ("E25-02", "utmärkelse, hedersomnämnande", "inte känt"),
                ("E25-03", "utmärkelse", "inte uppfyllt"),
                ("D25-03", "deltagande", "åsidosatt av Kim Exempel"),
            )
        ]

    def test_conditions_that_are_met_are_named_with_their_sources(self):
        words = said("eligibility", FULL)
        assert "Uppfyllda villkor: E25-01 (S25:54)." in words
        assert "E25-09" not in words
        assert "Inget villkor är ouppfyllt" not in words

    def test_all_met_is_said(self):
        met = FULL.entry.findings[:1]
        case = attrs.evolve(FULL, entry=attrs.evolve(FULL.entry, findings=met))
        assert "Inget villkor är ouppfyllt eller okänt." in said("eligibility", case)
        assert "Table" not in kinds("eligibility", case)

    def test_no_conditions_at_all_is_said(self):
        assert "Inga villkor är ställda." in said("eligibility", CASES["nothing filed"])

    def test_none_met_names_none(self):
        case = attrs.evolve(FULL, entry=attrs.evolve(FULL.entry, findings=FULL.entry.findings[3:4]))
        assert "Uppfyllda" not in said("eligibility", case)


class TestPresentation:
    def test_text_and_picture_of_the_bid_are_shown(self):
        picture = blocks.Picture(b"x", "image/png", Text("Image", sv="Bild"), 1920, 1200)
        case = attrs.evolve(FULL, bid=attrs.evolve(FULL.bid, picture=picture))
        assert build_blocks(case, [SECTIONS["presentation"]])[1:] == (
            blocks.Paragraph("Vi lyssnar."),
            blocks.Paragraph("Vi mäter."),
            picture,
        )

    def test_a_bid_with_neither_is_passed_over(self):
        assert kinds("presentation", CASES["blind reading"]) == []


class TestMethod:
    def test_it_ends_with_the_checksum_of_all_and_nobody_chosen(self):
        words = said("method", FULL).splitlines()
        assert words[-1].endswith("0" * 64)
        assert (
            words[-2] == "Det här är ett beslutsunderlag. Ingen är utsedd. Domarkommittén beslutar."
        )
        assert "Poängen är justerade." in words

    def test_intervals_are_explained_where_there_are_any(self):
        assert "90 % intervall" in said("method", FULL)
        assert "90 % intervall" not in said("method", GUARDED)


class TestCheck:
    def refused(self, build, name="mine"):
        with pytest.raises(AssertionError) as caught:
            check_dossier_section(DossierSection(name, build))
        return str(caught.value)

    def test_what_is_no_section_or_has_a_bad_name_is_refused(self):
        with pytest.raises(AssertionError, match="expected a DossierSection"):
            check_dossier_section("mine")
        assert self.refused(lambda case: (), name="Mine!").startswith("Mine!: ")

    def test_a_section_that_fails_on_a_case_is_refused_with_the_case(self):
        def build(case):
            yield blocks.Paragraph(case.number(case.entry.score))

        assert self.refused(build).startswith("an entry without marks: ")

    def test_a_text_without_swedish_is_refused(self):
        assert "lacks its Swedish" in self.refused(lambda case: [blocks.Paragraph(Text("Hello"))])
        within = Text("{x}", sv="{x}", x=(Text("Hello"),))
        assert "lacks its Swedish" in self.refused(lambda case: [blocks.Paragraph(within)])

    def test_a_chart_without_its_banner_is_refused(self):
        line = blocks.Interval("A", 50.0)
        chart = blocks.IntervalChart("t", "d", "s", 0, 100, (line,))
        assert "case.banner() must stand right over a chart" in self.refused(lambda case: [chart])
        check_dossier_section(DossierSection("mine", lambda case: [*case.banner(), chart]))

    def test_a_section_that_says_something_else_each_time_is_refused(self):
        numbers = iter(range(1000))
        assert "gave other blocks" in self.refused(
            lambda case: [blocks.Paragraph(str(next(numbers)))]
        )


class TestConsensus:
    AGREED = CASES["agreed marks"]
    ON_RECORD = CASES["agreed marks on record alone"]

    def test_it_says_nothing_where_nothing_was_agreed_on(self):
        assert kinds("consensus", FULL) == []
        empty = attrs.evolve(self.AGREED.consensus, leaves=())
        assert kinds("consensus", attrs.evolve(self.AGREED, consensus=empty)) == []

    def test_it_tells_areas_questions_with_reasons_examiners_and_documents(self):
        words = said("consensus", self.AGREED)
        for line in (
            "Vad laget enades om",
            "Helheten",
            "66.0",
            "67.5",
            "+1.5",
            "-3.0",
            "1 Insikt om behov",
            "besöket <b>visade</b>",
            "Angreppssätt 70.0, Spridning 60.0",
            "a | b",
            "+5.0",
            "Medarbetarenkät",
            "inte sett: ligger hos HR",
            "Laget har inte angett om det har sett: Undersökningar.",
        ):
            assert line in words.splitlines()
        assert "A -2.5, B 0.0, C +2.5 poäng" in words
        assert "Verksamhetsplan" not in words
        assert "Annat" not in words

    def test_whether_scores_rest_on_it_is_said_first(self):
        assert "bygger på det som laget enades om" in said("consensus", self.AGREED)
        alone = said("consensus", self.ON_RECORD)
        assert "bygger på examinatorernas egna poäng" in alone
        assert kinds("consensus", self.ON_RECORD) == ["Heading", "Paragraph", "Table"]

    def test_a_question_without_a_score_of_both_has_a_dash_for_its_change(self):
        *_, table = build_blocks(self.ON_RECORD, [SECTIONS["consensus"]])
        assert [swedish(row[2].text) for row in table.rows] == ["-5.0", "+5.0", "–"]

    def test_a_change_that_is_shown_as_nothing_has_no_sign(self):
        agreed = attrs.evolve(self.AGREED.consensus, by_reader={"A": 0.04})
        words = said("consensus", attrs.evolve(self.AGREED, consensus=agreed))
        assert "A 0.0 poäng" in words

    def test_documents_are_told_only_where_one_is_not_seen_or_not_answered(self):
        seen = tuple(d for d in self.AGREED.documents if d.seen or d.on_request)
        assert "Dokument vid platsbesöket" not in said(
            "consensus", attrs.evolve(self.AGREED, documents=seen)
        )
        unseen = tuple(d for d in self.AGREED.documents if d.seen is False)
        words = said("consensus", attrs.evolve(self.AGREED, documents=unseen))
        assert "inte sett" in words.splitlines()
        assert "inte angett" not in words
        unsaid = tuple(d for d in self.AGREED.documents if d.seen is None)
        words = said("consensus", attrs.evolve(self.AGREED, documents=unsaid))
        assert "inte sett" not in words
        assert "inte angett" in words
