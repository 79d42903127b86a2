"""How firmly lists stand, in sentences, JSON and a sheet."""

import io
import json

import attrs
import openpyxl
import pytest

from kvaljury.cli.language import Language
from kvaljury.core.model import Text
from kvaljury.core.model.sensitivity import (
    ClassSensitivity,
    EntrySensitivity,
    Family,
    ListedCount,
    ListState,
    LostScenario,
    ReadingChange,
    Sensitivity,
    WeightChange,
)
from kvaljury.files.ranking_documents import ranking_csv, ranking_json
from kvaljury.files.sensitivity_wording import (
    area_labels,
    class_sentences,
    count_text,
    describe_anonymously,
    describe_sensitivity,
    method_sentences,
    scenario_text,
)
from kvaljury.files.spreadsheets import ranking_xlsx
from tests.cli.ranking_examples import RANKING, document

ENGLISH = Language("en")


def counted(listed, scenarios=(80, 4, 1, 2, 500)):
    return tuple(map(ListedCount, Family, scenarios, listed))


FIRST = EntrySensitivity(
    id="F01",
    place=1,
    is_listed=True,
    counts=counted((78, 4, 1, 2, 412)),
    best=1,
    worst=2,
    taken_off_by=("weights", "without-area:ledning", "without-examiner:E07"),
)
SECOND = EntrySensitivity(
    id="F02",
    place=2,
    is_listed=False,
    counts=counted((2, 0, 0, 0, 88)),
    best=1,
    worst=2,
    put_on_by=("median", "raw"),
)
CLASS = ClassSensitivity(
    class_id="forskola",
    shortlist_size=1,
    comparable=True,
    state=ListState.OPEN,
    entries=(FIRST, SECOND),
    lost=(
        LostScenario("weights", Text("a plugin fails"), 3),
        LostScenario("without-examiner:E09", Text("the method cannot be applied")),
    ),
    reading=ReadingChange("E07", "F01", 70.0, 66.612345, ("F02",), ("F01",)),
    weight=WeightChange("ledning", 20.0, 27.41, ("F02",), ("F01",)),
)
SENSITIVITY = Sensitivity(500, 50.0, 1, True, (CLASS,))


def with_sensitivity(code="en", **changes):
    found = attrs.evolve(SENSITIVITY, classes=(attrs.evolve(CLASS, **changes),))
    return attrs.evolve(document(RANKING, code), sensitivity=found)


def said(texts):
    return [ENGLISH.render(text) for text in texts]


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("without-examiner:E07", "without examiner E07"),
        ("without-area:ledning", "without the area ledning"),
        ("raw", "raw scores"),
        ("mean", "mean of the examiners"),
        ("median", "median of the examiners"),
        ("weights", "some draws of the areas' weights"),
    ],
)
def test_every_scenario_has_a_name(code, words):
    assert ENGLISH.render(scenario_text(code)) == words


def test_a_listed_entry_is_told_in_two_sentences():
    assert said(describe_sensitivity(FIRST)) == [
        "Place 1 by score, on the list; it stays there in 85 of 87 recalculations without one"
        " examiner or area or with the examiners combined otherwise, and in 412 of 500 draws of"
        " the areas' weights.",
        "Its place varies from 1 to 2. Taken off the list by: some draws of the areas' weights,"
        " without the area ledning, without examiner E07.",
    ]


def test_an_entry_beside_the_list_is_told_in_two_sentences():
    first, second = said(describe_sensitivity(SECOND))
    assert first.startswith("Place 2 by score, not on the list; it is on it in 2 of 87 ")
    assert second == (
        "Its place varies from 1 to 2. Put on the list by: median of the examiners, raw scores."
    )


@pytest.mark.parametrize(
    ("is_listed", "words"),
    [
        (True, "Its place is 3 throughout. None of them takes it off the list."),
        (False, "Its place is 3 throughout. None of them puts it on the list."),
    ],
)
def test_an_entry_that_nothing_moves_is_told_so(is_listed, words):
    still = EntrySensitivity("F03", 3, is_listed, counted((0, 0, 0, 0, 0)), 3, 3)
    assert said(describe_sensitivity(still))[1] == words


def test_a_class_is_told_what_would_alter_its_list():
    assert said(class_sentences(CLASS)) == [
        "If E07 had given F01 3.4 points less, F02 would take the place of F01 on the list.",
        "If the area ledning had weighed 27.5 per cent instead of 20, and the others had kept"
        " their proportions, F02 would take the place of F01 on the list.",
        "Not computable (a plugin fails): some draws of the areas' weights (3).",
        "Not computable (the method cannot be applied): without examiner E09.",
    ]


def test_areas_are_named_by_their_heading_where_one_is_given():
    areas = {"ledning": Text("Leadership")}
    assert ENGLISH.render(scenario_text("without-area:ledning", areas)) == (
        "without the area Leadership"
    )
    assert "without the area Leadership" in said(describe_sensitivity(FIRST, areas))[1]
    other = attrs.evolve(SECOND, put_on_by=("without-area:ledning", "without-examiner:E07"))
    assert said(describe_anonymously(other, areas))[1].endswith(
        "Put on the list by: without the area Leadership, without one of the examiners."
    )
    lost = (LostScenario("without-area:ledning", Text("a plugin fails")),)
    weight, found = said(class_sentences(attrs.evolve(CLASS, lost=lost), areas))[1:]
    assert weight.startswith("If the area Leadership had weighed 27.5 per cent")
    assert found == "Not computable (a plugin fails): without the area Leadership."


def test_the_edition_gives_the_headings():
    edition = document().edition
    assert area_labels(edition) == {area.id: area.label for area in edition.rules.areas}
    assert area_labels(edition)


def test_more_points_and_less_weight_are_told_as_such():
    more = attrs.evolve(CLASS.reading, after=73.4)
    less = attrs.evolve(CLASS.weight, after=12.37)
    reading, weight, *_ = said(class_sentences(attrs.evolve(CLASS, reading=more, weight=less)))
    assert "3.4 points more" in reading
    assert "12.3 per cent instead of 20" in weight


def test_a_list_that_nothing_alters_is_told_so():
    firm = attrs.evolve(CLASS, reading=None, weight=None, lost=())
    assert said(class_sentences(firm)) == [
        "No change of a single reading's total within 0–100 was found that alters the list.",
        "No shift of a single area's weight was found that alters the list.",
    ]


def test_classes_without_a_list_to_alter_say_why():
    alike = attrs.evolve(CLASS, lost=(), state=ListState.TIED, comparable=False)
    few = attrs.evolve(CLASS, lost=(), state=ListState.NO_CHOICE)
    assert [text[:24] for text in said(class_sentences(alike))] == [
        "The teams cannot be comp",
        "Entries share the last p",
    ]
    assert [text[:24] for text in said(class_sentences(few))] == ["The class has no more en"]
    assert class_sentences(attrs.evolve(few, entries=())) == []


def test_what_was_kept_fixed_is_told_where_something_was():
    assert len(method_sentences(SENSITIVITY)) == 4
    assert len(method_sentences(attrs.evolve(SENSITIVITY, keeps_estimates=False))) == 3


def test_a_count_without_scenarios_is_empty():
    assert [count_text(count) for count in counted((1, 0, 0, 0, 0), (80, 0, 0, 0, 0))] == [
        "1/80",
        "",
        "",
        "",
        "",
    ]


def test_json_has_null_where_nobody_asked():
    assert json.loads(ranking_json(document()))["sensitivity"] is None


def test_json_tells_classes_entries_and_changes():
    found = json.loads(ranking_json(with_sensitivity()))["sensitivity"]
    assert found["weights"] == {
        "draws": 500,
        "concentration": 50.0,
        "seed": 1,
        "keeps_estimates": True,
    }
    (one,) = found["classes"]
    assert list(one) == [
        "class",
        "shortlist_size",
        "comparable",
        "state",
        "entries",
        "smallest_reading",
        "smallest_weight",
        "not_computable",
        "sentences",
    ]
    assert one["smallest_reading"] == {
        "examiner": "E07",
        "entry": "F01",
        "before": 70.0,
        "after": 66.612345,
        "comes_on": ["F02"],
        "falls_off": ["F01"],
    }
    assert one["smallest_weight"]["area"] == "ledning"
    assert one["not_computable"][0] == {
        "scenario": "weights",
        "count": 3,
        "reason": "a plugin fails",
    }
    first = one["entries"][0]
    assert first["families"]["examiners"] == {"scenarios": 80, "listed": 78, "share": 0.975}
    assert first["taken_off_by"] == list(FIRST.taken_off_by)
    assert (first["best_place"], first["worst_place"]) == (1, 2)


def test_json_has_null_for_what_was_not_found():
    still = attrs.evolve(FIRST, counts=counted((0, 0, 0, 0, 0), (0, 0, 0, 0, 0)))
    found = json.loads(ranking_json(with_sensitivity(reading=None, entries=(still,))))
    (one,) = found["sensitivity"]["classes"]
    assert one["smallest_reading"] is None
    assert one["entries"][0]["families"]["areas"]["share"] is None


def test_the_csv_is_the_same_with_and_without():
    assert ranking_csv(with_sensitivity()) == ranking_csv(document(RANKING, "en"))


def cells(content):
    book = openpyxl.load_workbook(io.BytesIO(content))
    return {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book}


def test_the_workbook_has_a_sheet_where_somebody_asked():
    assert "Sensitivity" not in cells(ranking_xlsx(document(RANKING, "en")))
    sheet = cells(ranking_xlsx(with_sensitivity()))["Sensitivity"]
    assert sheet[2][:4] == ["Class", "Id", "Entry", "Place"]
    assert sheet[3][:11] == [
        "Preschool",
        "F01",
        "Blåklockan",
        1,
        1,
        2,
        "78/80",
        "4/4",
        "1/1",
        "2/2",
        "412/500",
    ]
    assert sheet[4][11] == "median of the examiners, raw scores"
    column = [row[0] for row in sheet]
    assert any("would take the place of F01" in (text or "") for text in column)
    assert "How this was computed" in column


def test_the_same_sensitivity_gives_the_same_bytes():
    assert ranking_xlsx(with_sensitivity()) == ranking_xlsx(with_sensitivity())
    assert ranking_json(with_sensitivity()) == ranking_json(with_sensitivity())
