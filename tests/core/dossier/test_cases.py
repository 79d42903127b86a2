import attrs
import pytest

from kvaljury.core.dossier import build_cases, entries_for_jury, reader_codes
from kvaljury.core.model import (
    Bid,
    ConsensusMark,
    LoneComment,
    MarksUsed,
    Nomination,
    ProposalKind,
    Reader,
    Remark,
    RemarkKind,
    Status,
    Text,
)

HOW = (Text("so"),)


def cases_of(year, **changes):
    edition, marks, ranking = year
    given = {"bids": {}, "sensitivity": {}, "how": HOW, "digest": "d"} | changes
    return {case.entry.id: case for case in build_cases(edition, marks, ranking, **given)}


def with_entry(ranking, entry, **changes):
    classes = tuple(
        attrs.evolve(
            ranked,
            entries=tuple(
                attrs.evolve(each, **changes) if each.id == entry else each
                for each in ranked.entries
            ),
        )
        for ranked in ranking.classes
    )
    return attrs.evolve(ranking, classes=classes)


def test_the_jury_reads_of_whom_is_shortlisted_discussed_or_proposed(linked):
    edition, _, ranking = linked
    assert entries_for_jury(edition, ranking) == ("F03", "F02", "F01", "S03", "S01")
    out = with_entry(ranking, "F03", status=Status.NOT_SHORTLISTED)
    assert "F03" not in entries_for_jury(edition, out)
    asked = with_entry(out, "F03", proposal=ProposalKind.NONE)
    assert "F03" not in entries_for_jury(edition, asked)
    for proposal in (ProposalKind.AWARD, ProposalKind.MENTION):
        assert "F03" in entries_for_jury(edition, with_entry(out, "F03", proposal=proposal))


@pytest.mark.parametrize(
    ("kind", "is_read"),
    [(ProposalKind.AWARD, True), (ProposalKind.MENTION, True), (ProposalKind.NONE, False)],
)
def test_what_is_nominated_is_read_and_what_is_dropped_is_not(linked, kind, is_read):
    edition, _, ranking = linked
    nominations = {"S02": Nomination("S02", kind, "r", "b")}
    year = attrs.evolve(edition, nominations=nominations)
    assert ("S02" in entries_for_jury(year, ranking)) is is_read


def test_a_case_holds_its_own_entry_and_the_places_of_the_others(linked):
    _, _, ranking = linked
    case = cases_of(linked)["F02"]
    assert case.entry == ranking.classes[0].entries[1]
    assert [rival.rank for rival in case.rivals] == [1, 3]
    assert case.rivals[0].score == ranking.classes[0].entries[0].score
    assert (case.shortlist_size, case.comparable, case.decimals) == (3, True, 1)
    assert (case.administration, str(case.edition)) == ("Nämnden", "Provåret")
    assert str(case.proposal_word) == "award"
    assert case.proposal.reason == "modig"
    assert (case.nomination, case.nomination_word) == (None, None)
    assert (case.how, case.digest, case.sensitivity, case.bid) == (HOW, "d", (), Bid())


def test_nothing_of_another_entry_is_in_a_case(linked):
    edition, *_ = linked
    cases = cases_of(linked)
    for entry, case in cases.items():
        written = repr(attrs.asdict(case))
        for other in edition.entries:
            if other.id != entry:
                assert other.name not in written
                assert f"'{other.id}'" not in written


def test_readers_stand_under_codes_and_guests_are_told(linked):
    case = cases_of(linked)["F03"]
    codes = reader_codes("F03", ["E01", "E04", "E05", "E06"])
    assert [reader.code for reader in case.readers] == ["A", "B", "C", "D"]
    assert [reader.code for reader in case.readers if reader.is_guest] == [codes["E01"]]
    assert "E01" not in repr(case.readers)
    assert all(isinstance(reader, Reader) and 0 <= reader.total <= 100 for reader in case.readers)


def test_nobody_is_a_guest_where_no_team_lists_the_entry(linked):
    edition, marks, ranking = linked
    homeless = with_entry(ranking, "F03", team=None)
    case = cases_of((edition, marks, homeless))["F03"]
    assert not any(reader.is_guest for reader in case.readers)


def test_an_area_holds_the_mean_the_others_and_the_readers_scores(linked):
    edition, _, ranking = linked
    case = cases_of(linked)["F02"]
    area = case.areas[0]
    own = [r for r in ranking.readings if r.entry == "F02"]
    assert area.score == pytest.approx(sum(float(r.areas[area.id]) for r in own) / len(own))
    assert len(area.others) == 2
    assert list(area.others) == sorted(area.others)
    assert list(area.by_reader) == ["A", "B", "C"]
    assert sum(each.weight for each in case.areas) == 100
    assert [each.id for each in case.areas] == [each.id for each in edition.rules.areas]


def test_a_comment_stands_under_the_area_of_its_question(linked):
    edition, marks, ranking = linked
    last = edition.rules.areas[-1]
    leaf = next(iter(last.leaves())).id
    valid = tuple(
        attrs.evolve(mark, comment="+ varmt")
        if (mark.entry, mark.question) == ("F02", leaf)
        else mark
        for mark in marks.valid
    )
    cases = cases_of((edition, attrs.evolve(marks, valid=valid), ranking))
    assert cases["F02"].areas[-1].strengths == ("varmt",)
    assert not any(area.strengths for area in cases["F02"].areas[:-1])
    assert not any(area.strengths for area in cases["F01"].areas)


def test_a_comment_without_a_mark_stands_there_too(linked):
    edition, marks, ranking = linked
    leaf = next(iter(edition.rules.areas[-1].leaves())).id
    lone = (LoneComment("F02", "E01", leaf, "", "+ varmt"), LoneComment("F01", "E1", "9x", "", "n"))
    cases = cases_of((edition, attrs.evolve(marks, lone_comments=lone), ranking))
    assert cases["F02"].areas[-1].strengths == ("varmt",)
    assert not any(area.strengths for area in cases["F02"].areas[:-1])
    assert not any(area.remarks for area in cases["F01"].areas)


def test_an_entry_without_readings_has_no_scores_by_area(linked):
    edition, marks, ranking = linked
    unread = attrs.evolve(ranking, readings=tuple(r for r in ranking.readings if r.entry != "F02"))
    case = cases_of((edition, marks, unread))["F02"]
    assert [area.score for area in case.areas] == [None] * 4
    assert case.readers == ()
    assert len(cases_of((edition, marks, unread))["F01"].areas[0].others) == 1


def test_agreed_marks_are_told_where_they_count_and_are_there(linked):
    edition, marks, ranking = linked
    agreed = attrs.evolve(marks, consensus=(ConsensusMark("F02", "1", "", 50, "r"),))
    settings = edition.rules.settings
    scoring = attrs.evolve(settings.scoring, marks=MarksUsed.CONSENSUS)
    rules = attrs.evolve(edition.rules, settings=attrs.evolve(settings, scoring=scoring))
    year = attrs.evolve(edition, rules=rules)
    assert not cases_of((edition, agreed, ranking))["F02"].has_consensus
    assert cases_of((year, agreed, ranking))["F02"].has_consensus
    assert not cases_of((year, agreed, ranking))["F01"].has_consensus


def test_what_is_given_by_entry_reaches_that_entry(linked):
    edition, marks, ranking = linked
    year = attrs.evolve(
        edition, nominations={"F02": Nomination("F02", ProposalKind.MENTION, "r", "b")}
    )
    said = (Text("one"), Text("two"))
    cases = cases_of((year, marks, ranking), bids={"F02": Bid("text")}, sensitivity={"F02": said})
    assert (cases["F02"].bid.presentation, cases["F02"].sensitivity) == ("text", said)
    assert str(cases["F02"].nomination_word) == "honourable mention"
    assert (cases["F01"].bid, cases["F01"].sensitivity) == (Bid(), ())


def test_a_remark_on_an_area_stands_there_without_its_examiner_and_visits_apart(linked):
    edition, marks, ranking = linked
    area = edition.rules.areas[0].id
    remarks = (
        Remark("F01", "E01", area, RemarkKind.DEVELOPMENT, "jämför mer"),
        Remark("F01", "E01", area, RemarkKind.STRENGTH, "tryggt"),
        Remark("F01", "E01", area, RemarkKind.VERIFY, "fråga chefen"),
        Remark("F02", "E01", area, RemarkKind.STRENGTH, "en annans"),
    )
    year = edition, attrs.evolve(marks, remarks=remarks), ranking
    case = cases_of(year)["F01"]
    assert (case.areas[0].strengths, case.areas[0].development) == (("tryggt",), ("jämför mer",))
    assert case.areas[1].strengths == ()
    assert "fråga chefen" not in repr(case)
    assert "en annans" not in repr(case)
