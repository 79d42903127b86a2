"""What people are told about scores that rest on too little."""

import attrs
import pytest

from kvaljury.core.model import Examiner, Guest, Jav, State
from kvaljury.core.scoring import score_readings, scoring_warnings

WHOLE = {"q1": 50, "q2a": 50, "q2b": 50, "q3": 50}


def warn(build, edition, marks):
    readings = score_readings(edition, marks, build.rubrics())
    return [str(text) for text in scoring_warnings(edition, readings, marks)]


def by_all(build, entry, *examiners):
    return [build.marks(entry, examiner, **WHOLE) for examiner in examiners]


def test_an_entry_read_in_full_by_its_team_of_three_gives_no_warning(build):
    marks = build.collect(*by_all(build, "F01", "E1", "E2", "E3"))

    assert warn(build, build.edition(), marks) == []


def test_a_partly_marked_reading_is_named_with_its_leaves(build):
    marks = build.collect(
        *by_all(build, "F01", "E1", "E2"), build.marks("F01", "E3", q1=50, q2b=50, q3=(5, None))
    )

    assert warn(build, build.edition(), marks) == [
        "Entry F01, examiner E3: not marked in full on 2a, 3; scored over the rest"
    ]


def test_marks_that_give_no_score_are_named_and_do_not_count_as_a_reading(build):
    marks = build.collect(*by_all(build, "F01", "E1", "E2"), build.marks("F01", "E3", q3=(5, None)))

    assert warn(build, build.edition(), marks) == [
        "Entry F01, examiner E3: no question of any weight is marked in full; "
        "the reading is left out",
        "Entry F01: too few valid readings, 2 of at least 3",
    ]


def team_with_one_jav(build, examiners):
    last = examiners.split()[-1]
    return build.edition(
        teams=[build.team("L1", examiners, "F01")],
        examiners=(Examiner(last, jav=(Jav("F01", "kin"),)),),
    )


def test_a_team_of_four_with_one_under_jav_has_three_valid_readings_and_no_warning(build):
    edition = team_with_one_jav(build, "E1 E2 E3 E4")
    marks = build.collect(
        *by_all(build, "F01", "E1", "E2", "E3"), excluded=by_all(build, "F01", "E4")
    )

    assert warn(build, edition, marks) == []


def test_a_team_of_three_with_one_under_jav_has_two_and_a_warning(build):
    edition = team_with_one_jav(build, "E1 E2 E3")
    marks = build.collect(*by_all(build, "F01", "E1", "E2"))

    assert warn(build, edition, marks) == ["Entry F01: too few valid readings, 2 of at least 3"]


def test_a_guest_reading_counts_as_a_valid_reading(build):
    edition = build.edition(
        teams=[
            build.team("L1", "E1 E2", "F01", guests=[Guest("E9", "F01")]),
            build.team("L2", "E9", ""),
        ]
    )

    assert warn(build, edition, build.collect(*by_all(build, "F01", "E1", "E2", "E9"))) == []


def test_a_competing_entry_without_a_valid_reading_is_named_once(build):
    edition = build.edition(["F02", "F01"])

    assert warn(build, edition, build.collect(*by_all(build, "F01", "E1", "E2", "E3"))) == [
        "Entry F02: no valid reading"
    ]


@pytest.mark.parametrize("state", [State.WITHDRAWN, State.CALIBRATION_CASE])
def test_an_entry_that_does_not_compete_needs_no_readers(build, state):
    edition = build.edition([build.entry("F01", state=state)])

    assert warn(build, edition, build.collect()) == []
    assert warn(build, edition, build.collect(*by_all(build, "F01", "E1"))) == []


def test_a_home_examiner_who_has_marked_nothing_is_named(build):
    edition = build.edition(teams=[build.team("L1", "E5 E4 E3 E2 E1", "F01")])
    marks = build.collect(*by_all(build, "F01", "E1", "E2", "E3"))

    assert warn(build, edition, marks) == ["Entry F01: no mark from E4, E5 of the home team"]


def test_declared_jav_and_excluded_marks_explain_an_examiners_absence(build):
    edition = build.edition(
        teams=[build.team("L1", "E1 E2 E3 E4 E5", "F01")],
        examiners=(Examiner("E4", jav=(Jav("F01", "kin"),)), Examiner("E5")),
    )
    marks = build.collect(
        *by_all(build, "F01", "E1", "E2", "E3"), excluded=by_all(build, "F01", "E5")
    )

    assert warn(build, edition, marks) == []


def test_an_entry_that_no_team_lists_has_no_home_examiners_to_miss(build):
    edition = build.edition(teams=[build.team("L1", "E1 E2 E3", "")])

    assert warn(build, edition, build.collect(*by_all(build, "F01", "E1", "E2", "E3"))) == []


def by_consensus(build, edition=None):
    return attrs.evolve(edition or build.edition(), rules=build.rules(marks="consensus"))


def test_leaves_without_a_whole_consensus_are_named(build):
    marks = build.collect(
        *by_all(build, "F01", "E1", "E2", "E3"),
        consensus=[build.consensus("F01", q1=50, q2a=50, q3=(50, None))],
    )

    assert warn(build, by_consensus(build), marks) == [
        "Entry F01: no consensus on 2b, 3; the examiners' own marks stand"
    ]


def test_a_whole_consensus_gives_no_warning(build):
    marks = build.collect(
        *by_all(build, "F01", "E1", "E2", "E3"), consensus=[build.consensus("F01", **WHOLE)]
    )

    assert warn(build, by_consensus(build), marks) == []


def test_an_entry_without_any_consensus_is_named_with_all_its_leaves(build):
    marks = build.collect(*by_all(build, "F01", "E1", "E2", "E3"))

    assert warn(build, by_consensus(build), marks) == [
        "Entry F01: no consensus on 1, 2a, 2b, 3; the examiners' own marks stand"
    ]


def test_individual_marks_need_no_consensus(build):
    marks = build.collect(
        *by_all(build, "F01", "E1", "E2", "E3"), consensus=[build.consensus("F01", q1=50)]
    )

    assert warn(build, build.edition(), marks) == []


def test_a_consensus_that_shifts_nothing_is_named(build):
    only_first = [build.marks("F01", examiner, q1=50) for examiner in ("E1", "E2", "E3")]
    marks = build.collect(
        *only_first,
        consensus=[build.consensus("F01", q1=50, q3=50, q2b=50), build.consensus("F02", q1=50)],
    )

    found = warn(build, by_consensus(build, build.edition(["F01", "F02"])), marks)

    assert found[-2:] == [
        "Entry F01: the consensus on 2b, 3 is not used, since nobody in the home team has "
        "marked it in full",
        "Entry F02: the consensus on 1 is not used, since nobody in the home team has "
        "marked it in full",
    ]


def test_a_guest_alone_needs_no_consensus(build):
    edition = build.edition(teams=[build.team("L1", "E1", "F01"), build.team("L2", "E9", "")])
    marks = build.collect(*by_all(build, "F01", "E9"))

    assert not [text for text in warn(build, by_consensus(build, edition), marks) if "cons" in text]


def test_warnings_come_in_the_same_order_whatever_the_order_of_entries(build):
    entries = ["F03", "F01", "F02"]
    marks = build.collect(*by_all(build, "F02", "E1"))

    found = warn(build, build.edition(entries), marks)

    assert found == warn(build, build.edition(sorted(entries)), marks)
    assert [text[:9] for text in found] == ["Entry F01", "Entry F02", "Entry F03", "Entry F02"]
