import attrs
import pytest

from kvaljury.core.dossier import dossier_name, overview_blocks, overview_name
from kvaljury.core.dossier.overview import joined
from kvaljury.core.dossier.soundness import is_sound_block
from kvaljury.core.model import (
    Nomination,
    Proposal,
    ProposalKind,
    RankedEntry,
    Reason,
    Status,
    Text,
)
from kvaljury.core.model.blocks import Bullets, Heading, IntervalChart, Paragraph, Table

STATES = (Status.SHORTLISTED, Status.DISCUSS, Status.DISCUSS, Status.NOT_SHORTLISTED)


def entry(n, status=Status.DISCUSS, **changes):
    given = {
        "id": f"F0{n}",
        "name": f"Enheten {n}",
        "team": "L1",
        "status": status,
        "proposal": None,
        "score": 80.0 - n,
        "low": 75.0 - n,
        "high": 85.0 - n,
        "rank": n,
        "rank_low": max(1, n - 1),
        "rank_high": n + 1,
        "p_shortlist": 1 - n / 5,
        "p_above_next": 0.6,
        "reasons": (Reason("uncertain", Text("not settled")),),
    }
    return RankedEntry(**given | changes)


@pytest.fixture
def make(linked):
    """Make the overview of a class, and say what its blocks hold."""

    def made(entries, *, links=(), nominations=(), proposals=(), **changes):
        edition, _, ranking = linked
        year = attrs.evolve(
            edition,
            proposals={each.entry: each for each in proposals},
            nominations={each.entry: each for each in nominations},
        )
        given = {"shortlist_size": 2, "comparable": True, "notes": (), "mentions": ()} | changes
        ranked = attrs.evolve(ranking.classes[0], entries=tuple(entries), **given)
        blocks = overview_blocks(year, ranked, dict(links))
        assert all(map(is_sound_block, blocks))
        return blocks

    return made


FOUR = tuple(entry(n, status) for n, status in enumerate(STATES, start=1))
UNSURE = tuple(
    attrs.evolve(
        each,
        low=None,
        high=None,
        rank_low=None,
        rank_high=None,
        p_shortlist=None,
        p_above_next=None,
        status=Status.DISCUSS,
    )
    for each in FOUR
)


def below(blocks, title):
    """Give the blocks under a heading."""
    told = [str(block.text) if isinstance(block, Heading) else block for block in blocks]
    start = told.index(title) + 1
    end = next((n for n in range(start, len(told)) if isinstance(told[n], str)), len(told))
    return told[start:end]


def items(blocks, title):
    (bullets,) = below(blocks, title)
    assert isinstance(bullets, Bullets)
    return [str(item) for item in bullets.items]


def headings(blocks):
    return [str(block.text) for block in blocks if isinstance(block, Heading)]


def rows(blocks):
    (table,) = [block for block in blocks if isinstance(block, Table)]
    return [str(c.title) for c in table.columns], [[str(c.text) for c in r] for r in table.rows]


def test_the_list_gives_places_and_scores_with_their_intervals(make):
    titles, told = rows(make(FOUR))
    assert titles == [
        "Entry",
        "Place",
        "Score (90 % interval)",
        "Among the 2 best",
        "The team proposes",
        "Status",
    ]
    assert told[0] == [
        "F01 Enheten 1",
        "1 (1–2)",
        "79.0 (74.0–84.0)",
        "80\N{NO-BREAK SPACE}%",
        "none filed",
        "shortlisted",
    ]


def test_a_place_that_is_sure_is_said_once_in_brackets(make):
    sure = attrs.evolve(FOUR[0], rank_high=1)
    assert rows(make((sure, *FOUR[1:])))[1][0][1] == "1 (1)"


def test_the_chart_has_all_entries_and_the_cut(make):
    (chart,) = [block for block in make(FOUR) if isinstance(block, IntervalChart)]
    assert [str(line.label) for line in chart.lines] == [f"F0{n} Enheten {n}" for n in range(1, 5)]
    assert (chart.cut, str(chart.title)) == (2, "Scores with 90 % intervals")
    assert not any(line.is_marked for line in chart.lines)


def test_entries_with_a_dossier_lead_to_it(make):
    (table,) = [b for b in make(FOUR, links={"F02": "bidrag-F02"}) if isinstance(b, Table)]
    assert [row[0].link for row in table.rows] == [None, "bidrag-F02.html", None, None]


def test_who_stands_clear_and_who_must_be_discussed_is_told_with_why(make):
    blocks = make(FOUR)
    assert items(blocks, "Stand clear") == ["F01 Enheten 1"]
    assert items(blocks, "To be discussed, and why") == [
        "F02 Enheten 2: not settled",
        "F03 Enheten 3: not settled",
    ]


def test_one_without_reasons_is_only_named(make):
    assert items(make([entry(1, reasons=()), entry(2)]), "To be discussed, and why")[0] == (
        "F01 Enheten 1"
    )


def test_a_code_is_not_said_twice(make):
    assert rows(make([entry(1, id="B07", name="B07"), entry(2)]))[1][0][0] == "B07"


def test_neighbours_are_listed_where_their_order_is_uncertain_or_tied(make):
    sure = attrs.evolve(FOUR[0], p_above_next=0.9)
    tied = attrs.evolve(FOUR[2], rank=2)
    blocks = make([sure, FOUR[1], tied, attrs.evolve(FOUR[3], p_above_next=None)])
    assert items(blocks, "Neighbours whose order is uncertain") == [
        "F02 Enheten 2 and F03 Enheten 3 share place 2",
        "F03 Enheten 3 lies above F04 Enheten 4 with a probability of 60\N{NO-BREAK SPACE}%",
    ]
    certain = [attrs.evolve(each, p_above_next=0.99) for each in FOUR]
    assert "Neighbours whose order is uncertain" not in headings(make(certain))


def test_a_class_that_cannot_be_compared_says_so_first_and_over_its_chart(make):
    notes = (Text("The teams cannot be compared: L1, L2"), Text("Another note"))
    blocks = make(UNSURE, comparable=False, notes=notes)
    assert blocks[:2] == (Paragraph(notes[0], is_notice=True), Paragraph(notes[1]))
    banner, chart, _ = below(blocks, "The list")
    assert banner.is_notice
    assert isinstance(chart, IntervalChart)
    assert str(chart.title) == "Scores"
    assert rows(blocks)[0][2:4] == ["Score", "The team proposes"]
    (said,) = below(blocks, "Neighbours whose order is uncertain")
    assert str(said.text).startswith("The uncertainty cannot be estimated")


def test_a_class_with_no_more_entries_than_places_gives_no_chance_of_being_on_the_list(make):
    blocks = make(FOUR, shortlist_size=4)
    assert "Among the 4 best" not in rows(blocks)[0]
    assert str(blocks[0].text).startswith("The class has no more entries than places")
    (chart,) = [block for block in blocks if isinstance(block, IntervalChart)]
    assert chart.cut is None


def test_one_entry_alone_has_no_chart_and_no_neighbour(make):
    blocks = make([attrs.evolve(FOUR[0], p_above_next=None)])
    assert not any(isinstance(block, IntervalChart) for block in blocks)
    assert headings(blocks) == ["The list", "Stand clear"]


def test_a_class_without_entries_tells_its_notes_alone(make):
    assert make([], notes=(Text("No entry competes"),)) == (Paragraph(Text("No entry competes")),)


def test_proposals_stand_with_their_reasons_where_they_have_any(make):
    entries = (
        attrs.evolve(FOUR[0], proposal=ProposalKind.AWARD),
        attrs.evolve(FOUR[1], proposal=ProposalKind.MENTION),
        attrs.evolve(FOUR[2], proposal=ProposalKind.MENTION),
        FOUR[3],
    )
    blocks = make(
        entries,
        mentions=("F02", "F03"),
        proposals=(
            Proposal("F01", ProposalKind.AWARD, "modig"),
            Proposal("F02", ProposalKind.MENTION, "gott exempel"),
            Proposal("F03", ProposalKind.MENTION),
        ),
    )
    assert items(blocks, "Proposed for the award by their teams") == ["F01 Enheten 1: modig"]
    assert items(blocks, "Proposed for an honourable mention") == [
        "F02 Enheten 2: gott exempel",
        "F03 Enheten 3",
    ]
    assert "Proposed for an honourable mention" not in headings(make(FOUR))


def test_what_the_drafting_group_sends_on_and_drops_is_told(make):
    nominations = (
        Nomination("F02", ProposalKind.MENTION, "helhet", "Kim"),
        Nomination("F04", ProposalKind.NONE, "för ny", "Kim"),
    )
    assert items(make(FOUR, nominations=nominations), "What the drafting group sends on") == [
        "F02 Enheten 2: honourable mention. helhet",
        "F04 Enheten 4: nothing. för ny",
    ]


def test_who_is_barred_stands_apart_with_why_and_never_in_the_list(linked, make):
    (barred,) = [each for each in linked[2].classes[0].entries if each.id == "F04"]
    blocks = make([*FOUR, barred])
    (said,) = items(blocks, "Outside the ranking")
    assert said.startswith("F04 Förskolan [/b]{x}: may not take part. E25-04 (S25:54): ")
    assert len(rows(blocks)[1]) == 4


def test_a_score_without_an_interval_stands_alone_among_others(make):
    one = attrs.evolve(FOUR[1], low=None, high=None)
    assert rows(make([FOUR[0], one]))[1][1][2] == "78.0"
    assert rows(make([FOUR[0], attrs.evolve(one, score=None)]))[1][1][2] == ""


def test_file_names_come_from_ids():
    assert (dossier_name("F01"), overview_name("skola")) == ("bidrag-F01", "klass-skola")


def test_texts_are_joined_by_semicolons():
    assert str(joined([Text("a"), Text("{n}", n=2)])) == "a; 2"
