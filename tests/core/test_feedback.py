"""What each unit is told: its own strengths, outcome and third, and nothing of anybody else."""

import re
import shutil
from datetime import date
from pathlib import Path

import attrs
import pytest

from kvaljury.cli.edition_inputs import read_inputs
from kvaljury.cli.language import Language
from kvaljury.core.bands import Band
from kvaljury.core.dossier import hiding_others
from kvaljury.core.feedback import BAND_WORDS, feedback_documents, unsorted_comments
from kvaljury.core.model import Deadline, DeadlineKind, LoneComment, Remark, RemarkKind, State
from kvaljury.core.pipeline import rank_edition
from kvaljury.core.recorded_decisions import standing_decisions
from kvaljury.core.release import ceremony_day, may_be_told
from kvaljury.errors import Text
from kvaljury.files.moments import parse_moment
from kvaljury.reports.plain import plain_document
from kvaljury.reports.voice import Voice
from tests.core.record_examples import both, decided, write_record

ENGLISH = Language("en")
VOICE = Voice("en", ENGLISH.render, ENGLISH.number)
DEMO = Path(__file__).parents[2] / "examples" / "demo-2025"


@pytest.fixture(scope="module")
def year(tmp_path_factory):
    """The demo year: edition, marks, ranking."""
    folder = tmp_path_factory.mktemp("demo") / "demo-2025"
    shutil.copytree(DEMO, folder, ignore=shutil.ignore_patterns("out"))
    inputs = read_inputs(folder, ())
    marks = inputs.marks()
    inputs.log.raise_faults()
    return inputs.edition, marks, rank_edition(inputs.edition, marks, inputs.toolkit)


@pytest.fixture
def decision(tmp_path):
    """The preschools decided: F01 receives the award, F05 a mention without motivation."""
    data = decided(**{
        "class": "forskola", "title": both("Förskola", "Preschool"), "awards": ["F01"],
        "mentions": ["F05"], "motivations": {"F01": {"text": "För modet.", "by": "Asta"}},
    })  # fmt: skip
    return standing_decisions(write_record(tmp_path, ("decided", data)))


def words_of(document):
    found = []

    def walk(value):
        is_block = isinstance(value, dict)
        for each in [v for k, v in value.items() if k != "kind"] if is_block else value:
            if isinstance(each, str):
                found.append(each)
            elif isinstance(each, dict | list):
                walk(each)

    walk(plain_document(document, VOICE))
    return "\n".join(found)


def told(year, decisions=None, **changes):
    """What each entry is told, by id; changes are made to the marks."""
    edition, marks, ranking = year
    documents = feedback_documents(
        edition, attrs.evolve(marks, **changes), ranking, decisions or {}
    )
    return {d.name.removeprefix("aterkoppling-"): words_of(d) for d in documents}


def with_comment(year, entry, comment):
    """The valid marks with one comment of an entry in the place of all others."""
    _, marks, _ = year
    first = next(mark for mark in marks.valid if mark.entry == entry)
    return tuple(
        attrs.evolve(mark, comment=comment if mark is first else "") for mark in marks.valid
    )


def test_every_competing_entry_gets_feedback_winner_or_not(year):
    edition, _, _ = year
    competing = {entry.id for entry in edition.entries if entry.state is State.COMPETING}
    assert set(told(year)) == competing


def test_recipients_are_told_what_they_receive_and_why(year, decision):
    said = told(year, decision)
    assert "You receive the award in the class Preschool. Congratulations!" in said["F01"]
    assert "För modet." in said["F01"]
    assert "You receive an honourable mention in the class Preschool." in said["F05"]
    assert "motivation" not in said["F05"]
    assert "You do not receive an award or a mention this time" in said["F02"]


def test_nothing_is_said_of_awards_in_a_class_that_is_not_decided(year, decision):
    for entry, said in told(year).items():
        assert "The jury's decision" not in said, entry
    assert "award in" not in told(year, decision)["S01"]


def test_strengths_and_development_areas_stand_by_area_as_sentences(year):
    marks = with_comment(year, "F01", "Styrka: lugn miljö\nUtvecklingsområde: mät oftare")
    said = told(year, valid=marks, remarks=())["F01"]
    assert "Strengths:\nLugn miljö" in said
    assert "Development areas:\nMät oftare" in said


def test_remarks_of_an_area_come_first_and_what_is_to_be_verified_stays_inside(year):
    edition, _, _ = year
    area = edition.rules.areas[0].id
    remarks = tuple(
        Remark("F01", "E01", area, kind, text)
        for kind, text in (
            (RemarkKind.STRENGTH, "Varm ton"), (RemarkKind.VERIFY, "Är det sant?"),
        )
    )  # fmt: skip
    marks = with_comment(year, "F01", "Styrka: lugn miljö")
    said = told(year, valid=marks, remarks=remarks)["F01"]
    assert "Varm ton" in said
    assert "sant" not in said


def test_a_comment_where_no_mark_was_set_is_told_too(year):
    _, marks, _ = year
    first = next(mark for mark in marks.valid if mark.entry == "F01")
    lone = LoneComment("F01", first.examiner, first.question, "", "Styrka: alla hjälps åt")
    assert "alla hjälps åt" in told(year, lone_comments=(lone,))["F01"].lower()


def test_a_comment_that_says_not_what_it_is_was_not_meant_for_the_unit(year):
    edition, marks, ranking = year
    valid = with_comment(year, "F01", "Påminner om förra året.")
    assert "förra året" not in told(year, valid=valid, remarks=())["F01"]
    assert unsorted_comments(edition, attrs.evolve(marks, valid=valid), ranking) == 1


def test_a_unit_without_comments_is_told_to_ask(year):
    silent = tuple(attrs.evolve(mark, comment="") for mark in year[1].valid)
    said = told(year, valid=silent, remarks=())["F01"]
    assert "have not written down any strengths" in said
    assert "Your plan, to fill in" not in said


def test_a_large_class_is_told_its_thirds_and_a_small_one_is_not(year):
    _, _, ranking = year
    said = told(year)
    for ranked in ranking.classes:
        scored = [entry for entry in ranked.entries if entry.score is not None]
        for entry in ranked.entries:
            has_thirds = "third of the class" in said[entry.id]
            assert has_thirds == (len(scored) >= 6 and entry.score is not None), entry.id


def test_the_third_is_that_of_the_score(year):
    _, _, ranking = year
    said = told(year)
    large = next(r for r in ranking.classes if sum(e.score is not None for e in r.entries) >= 6)
    scored = sorted((e for e in large.entries if e.score is not None), key=lambda e: -e.score)
    for entry, band in ((scored[0], Band.UPPER), (scored[-1], Band.LOWER)):
        assert f"your bid lies in {BAND_WORDS[band]}" in said[entry.id]


def test_a_class_that_cannot_be_compared_is_told_no_third(year):
    edition, marks, ranking = year
    apart = attrs.evolve(
        ranking, classes=tuple(attrs.evolve(each, comparable=False) for each in ranking.classes)
    )
    for document in feedback_documents(edition, marks, apart, {}):
        assert "third of the class" not in words_of(document)
        assert "cannot be told" in words_of(document)


def test_an_area_without_scores_is_told_no_third(year):
    edition, marks, ranking = year
    area = edition.rules.areas[0]
    bare = tuple(
        attrs.evolve(r, areas={k: v for k, v in r.areas.items() if k != area.id})
        for r in ranking.readings
    )
    documents = feedback_documents(edition, marks, attrs.evolve(ranking, readings=bare), {})
    said = words_of(documents[0])
    assert f"{area.label}\n–" in said


def test_the_plan_begins_with_the_areas_that_lie_lowest(year):
    for said in told(year).values():
        if "Your plan, to fill in" not in said or "third of the class" not in said:
            continue
        bands = dict(re.findall(r"\n([^\n]+)\nthe (upper|middle|lower) third", said))
        plan = said.split("Your plan, to fill in")[1].split("\n")
        shown = [bands[line] for line in plan if line in bands]
        order = ["lower", "middle", "upper"]
        assert [order.index(b) for b in shown] == sorted(order.index(b) for b in shown)


def test_no_other_entry_no_examiner_no_rank_and_no_score_stands_in_any_feedback(year, decision):
    edition, marks, ranking = year
    others = "Som Eva sa är Exempelförskolan Blåmolnet bättre än F02, tycker E01 i lag L1."
    comment = f"Styrka: {others}"
    valid = tuple(attrs.evolve(mark, comment=comment) for mark in marks.valid)
    scores = {
        f"{value:.1f}"
        for ranked in ranking.classes for entry in ranked.entries
        for value in (entry.score, entry.raw, entry.low, entry.high) if value is not None
    }  # fmt: skip
    names = {entry.id: entry.name for entry in edition.entries}
    teams = {team.id for team in edition.teams}
    for entry, said in told(year, decision, valid=valid).items():
        words = set(re.findall(r"[\w.]+", said))
        assert not {examiner.id for examiner in edition.examiners} & words
        assert not {other for other in names if other != entry} & words
        assert not [n for e, n in names.items() if e != entry and n in said]
        assert not teams & words
        assert not scores & words
        assert not re.search(r"\brank\b|\bplace\b|\d+(?:st|nd|rd|th)\b", said)


def test_own_names_stay_and_names_of_others_go(year):
    edition, _, _ = year
    named = tuple(attrs.evolve(e, name="Eva Åkerström") for e in edition.examiners[:1])
    edition = attrs.evolve(edition, examiners=named + edition.examiners[1:])
    own = next(entry for entry in edition.entries if entry.id == "F01")
    other = next(entry for entry in edition.entries if entry.id == "F02")
    hide = hiding_others(edition, "F01")
    assert hide(f"{own.name} (F01) är bra") == f"{own.name} (F01) är bra"
    assert hide(f"{other.name} och F02 är sämre") == "[…] och […] är sämre"
    assert hide("Som Åkerström sa") == "Som […] sa"
    assert hide("Ordet bra, Åkerströms ord") == "Ordet bra, […] ord"
    last = other.name.split()[-1]
    assert hide(f"Bättre än {last}") == "Bättre än […]"
    assert hide(f"{last} börjar en mening") == f"{last} börjar en mening"


def test_an_edition_of_one_hides_nothing(year):
    edition, _, _ = year
    (own,) = [entry for entry in edition.entries if entry.id == "F01"]
    alone = attrs.evolve(edition, entries=(own,), teams=(), examiners=())
    assert hiding_others(alone, "F01")("Som Åkerström sa") == "Som Åkerström sa"


def ceremony(*days):
    return tuple(
        Deadline(f"C{n}", DeadlineKind.CEREMONY, Text("Ceremony"), parse_moment(day))
        for n, day in enumerate(days)
    )


def test_results_are_told_from_the_day_after_the_last_ceremony(year):
    rules = attrs.evolve(year[0].rules, deadlines=ceremony("2025-11-25", "2025-11-27"))
    assert ceremony_day(rules) == date(2025, 11, 27)
    assert not may_be_told(rules, date(2025, 11, 27))
    assert may_be_told(rules, date(2025, 11, 28))


def test_without_a_ceremony_results_are_never_told(year):
    rules = attrs.evolve(year[0].rules, deadlines=())
    assert ceremony_day(rules) is None
    assert not may_be_told(rules, date(9999, 1, 1))
