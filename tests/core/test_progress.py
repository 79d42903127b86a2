"""Who has marked, proposed and answered what, and what is missing."""

from datetime import date, datetime
from fractions import Fraction

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kvaljury.core.discussions import MOST_LEAVES, widest_leaves
from kvaljury.core.model import (
    Aggregation,
    AgreementSettings,
    Deadline,
    DeadlineKind,
    DocumentCheck,
    Examiner,
    Guest,
    Jav,
    Moment,
    Proposal,
    ProposalKind,
    Reading,
    Remark,
    RemarkKind,
    State,
    Toolkit,
    VisitDocument,
)
from kvaljury.core.model.progress import (
    Completeness,
    Deliverer,
    DocumentProgress,
    LeafSpread,
    MarkCount,
    ReadingKind,
)
from kvaljury.core.model.reading_lists import reading_lists
from kvaljury.core.progress import account_for_progress, count_marks, marked_cells
from kvaljury.errors import Text

DAY = date(2025, 5, 7)
GUESTS = (Guest("E9", "F01"),)
EVERY = {"q1": 50, "q2a": 50, "q2b": 50, "q3": 50}


def toolkit_of(build):
    mean = Aggregation("mean", lambda totals: sum(totals, Fraction(0)) / len(totals))
    return Toolkit(build.rubrics(), {}, mean, None, None)


def account(build, edition, *groups, day=DAY, **given):
    marks = attrs.evolve(build.collect(*groups), **given)
    return account_for_progress(edition, marks, toolkit_of(build), day)


def two_teams(build, entries=("F01", "F02", "F03"), guests=GUESTS, **fields):
    return build.edition(
        entries=entries,
        teams=[
            build.team("L2", "E9", "F03"),
            build.team("L1", "E2 E1", "F02 F01", guests=guests),
        ],
        **fields,
    )


def readings_of(found, examiner):
    (own,) = [each for each in found.examiners if each.examiner == examiner]
    return {each.entry: (each.kind, each.marks.given, each.marks.state) for each in own.readings}


class TestMarks:
    def test_every_criterion_of_every_leaf_is_expected_in_the_order_of_the_instructions(
        self, build
    ):
        cells = marked_cells(build.rules(), build.rubrics())
        assert cells == (("1", ""), ("2a", ""), ("2b", ""), ("3", "x"), ("3", "y"))

    def test_a_leaf_that_lacks_one_criterion_is_missing_once(self):
        cells = [("1", ""), ("3", "x"), ("3", "y"), ("4", "x"), ("4", "y")]
        found = count_marks(cells, {("3", "y")})
        assert found == MarkCount(1, 5, ("1", "3", "4"))

    @pytest.mark.parametrize(
        ("given", "expected", "state"),
        [
            (0, 5, Completeness.NONE),
            (1, 5, Completeness.PARTLY),
            (5, 5, Completeness.COMPLETE),
            (0, 0, Completeness.COMPLETE),
        ],
    )
    def test_how_much_is_given_has_three_names(self, given, expected, state):
        assert MarkCount(given, expected).state is state

    def test_an_examiner_is_asked_for_the_home_teams_entries_and_guest_readings(self, build):
        found = account(
            build,
            two_teams(build),
            build.marks("F01", "E1", **EVERY),
            build.marks("F02", "E1", q1=50),
            build.marks("F01", "E9", q3=(50, None)),
        )
        assert [each.examiner for each in found.examiners] == ["E1", "E2", "E9"]
        assert [each.team for each in found.examiners] == ["L1", "L1", "L2"]
        assert readings_of(found, "E1") == {
            "F01": (ReadingKind.HOME, 5, Completeness.COMPLETE),
            "F02": (ReadingKind.HOME, 1, Completeness.PARTLY),
        }
        assert readings_of(found, "E9") == {
            "F01": (ReadingKind.GUEST, 1, Completeness.PARTLY),
            "F03": (ReadingKind.HOME, 0, Completeness.NONE),
        }
        first, second, third = found.examiners
        assert (first.given, first.expected, first.state) == (6, 10, Completeness.PARTLY)
        assert second.state is Completeness.NONE
        assert [each.entry for each in third.waiting] == ["F01", "F03"]
        assert first.readings[1].marks.missing == ("2a", "2b", "3")
        assert len(found.asked) == len(found.readings) == 6

    def test_a_guest_on_ones_own_teams_entry_is_asked_once_as_of_the_home_team(self, build):
        found = account(build, two_teams(build, guests=[Guest("E1", "F01")]))
        assert readings_of(found, "E1")["F01"][0] is ReadingKind.HOME

    def test_a_calibration_case_of_no_team_is_offered_to_all_and_waited_for_from_nobody(
        self, build
    ):
        case = build.entry("K01", state=State.CALIBRATION_CASE)
        gone = build.entry("F03", state=State.WITHDRAWN)
        people = (Examiner("E1", jav=(Jav("K01", "g"),)), Examiner("E7"))
        edition = two_teams(
            build, [build.entry("F01"), build.entry("F02"), gone, case], examiners=people
        )
        offered = {name: dict(own) for name, own in reading_lists(edition).items()}
        home, guest, extra = ReadingKind.HOME, ReadingKind.GUEST, ReadingKind.EXTRA
        assert offered == {
            "E1": {"F02": home, "F01": home, "K01": extra},
            "E2": {"F02": home, "F01": home, "K01": extra},
            "E9": {"F03": home, "F01": guest, "K01": extra},
            "E7": {"K01": extra},
        }
        assert list(offered["E9"]) == ["F03", "F01", "K01"]
        found = account(build, edition, build.marks("K01", "E2", q1=50))
        assert "K01" not in {reading.entry for reading in found.asked}
        assert readings_of(found, "E2")["K01"][0] is extra
        assert list(readings_of(found, "E9")) == ["F01"]
        assert found.examiners[0].jav == ()

    def test_calibration_cases_of_a_team_are_asked_for_and_withdrawn_entries_are_not(self, build):
        entries = [
            build.entry("F01", state=State.CALIBRATION_CASE),
            build.entry("F02", state=State.WITHDRAWN),
            build.entry("F03", state=State.WITHDRAWN),
        ]
        found = account(build, two_teams(build, entries, guests=[Guest("E9", "F02")]))
        assert list(readings_of(found, "E1")) == ["F01"]
        assert readings_of(found, "E9") == {}
        assert found.examiners[2].state is Completeness.COMPLETE

    def test_nothing_under_declared_jav_is_asked_for_and_it_is_told(self, build):
        people = (Examiner("E1", "Kim", jav=(Jav("F01", "g"), Jav("F03", "g"))), Examiner("E2"))
        found = account(build, two_teams(build, examiners=people), build.marks("F03", "E1", q1=5))
        assert list(readings_of(found, "E1")) == ["F02"]
        assert (found.examiners[0].jav, found.examiners[0].name) == (("F01",), "Kim")
        assert found.examiners[1].jav == ()

    def test_an_extra_reading_is_shown_and_nobody_waits_for_it(self, build):
        entries = [
            build.entry("F01"),
            build.entry("F02"),
            build.entry("F03", state=State.WITHDRAWN),
        ]
        found = account(
            build,
            two_teams(build, entries, guests=()),
            build.marks("F01", "E9", q1=50),
            build.marks("F03", "E9", q1=50),
        )
        assert readings_of(found, "E9")["F01"][0] is ReadingKind.EXTRA
        (last,) = [each for each in found.examiners if each.examiner == "E9"]
        assert (last.given, len(last.readings), last.asked) == (0, 2, ())
        assert last.state is Completeness.COMPLETE

    def test_an_edition_without_teams_entries_or_marks_has_an_account_too(self, build):
        found = account(build, build.edition(entries=[], teams=[]))
        assert found.examiners == found.teams == found.discussions == found.next_deadlines == ()
        assert found.day == DAY


class TestTeams:
    def test_proposals_are_filed_or_not_whatever_they_propose(self, build):
        edition = two_teams(build, proposals={"F02": Proposal("F02", ProposalKind.NONE)})
        first, second = account(build, edition).teams
        assert (first.team, first.filed, first.unfiled) == ("L1", ("F02",), ("F01",))
        assert (second.team, second.filed, second.unfiled) == ("L2", (), ("F03",))

    def test_nothing_is_waited_for_on_entries_that_do_not_compete(self, build):
        entries = [
            build.entry("F01"),
            build.entry("F02", state=State.CALIBRATION_CASE),
            build.entry("F03", state=State.WITHDRAWN),
        ]
        first, second = account(build, two_teams(build, entries)).teams
        assert (first.unfiled, second.unfiled) == (("F01",), ())

    def test_agreed_marks_are_counted_where_any_are_begun(self, build):
        agreed = tuple(build.consensus("F02", q1=50, q3=(50, None)))
        first, second = account(build, two_teams(build), consensus=agreed).teams
        assert [(c.entry, c.marks.given, c.marks.missing) for c in first.consensus] == [
            ("F01", 0, ("1", "2a", "2b", "3")),
            ("F02", 2, ("2a", "2b", "3")),
        ]
        assert second.consensus == ()

    def test_agreed_marks_are_counted_where_the_edition_rests_on_them(self, build):
        edition = two_teams(build, rules=build.rules(marks="consensus"))
        first, second = account(build, edition).teams
        assert [c.entry for c in (*first.consensus, *second.consensus)] == ["F01", "F02", "F03"]
        assert {c.marks.state for c in first.consensus} == {Completeness.NONE}

    def test_agreed_marks_on_a_calibration_case_are_counted_once_begun(self, build):
        entries = [build.entry("F01"), build.entry("F02", state=State.CALIBRATION_CASE)]
        edition = build.edition(entries, teams=[build.team("L1", "E1", "F01 F02")])
        (team,) = account(build, edition, consensus=tuple(build.consensus("F02", q1=50))).teams
        assert [c.entry for c in team.consensus] == ["F01", "F02"]


def with_documents(build, **fields):
    documents = (
        VisitDocument("plan", Text("plan"), "S25:1"),
        VisitDocument("survey", Text("survey"), "S25:2"),
        VisitDocument("other", Text("other"), "S25:3", on_request=True),
    )
    return two_teams(build, rules=attrs.evolve(build.rules(), documents=documents), **fields)


class TestDocuments:
    def test_each_is_seen_not_seen_or_unanswered_and_on_request_is_never_waited_for(self, build):
        checks = (
            DocumentCheck("F01", "survey", False, "borta"),
            DocumentCheck("F01", "plan", True),
            DocumentCheck("F02", "plan", None),
            DocumentCheck("F02", "other", False),
        )
        found = account(build, with_documents(build), document_checks=checks)
        first, second = found.teams
        assert first.documents == (
            DocumentProgress("F01", ("plan",), ("survey",), ()),
            DocumentProgress("F02", (), ("other",), ("plan", "survey")),
        )
        assert second.documents == (DocumentProgress("F03", (), (), ("plan", "survey")),)
        assert [(c.entry, c.document) for c in found.not_seen] == [
            ("F01", "survey"),
            ("F02", "other"),
        ]

    def test_an_edition_without_a_check_list_asks_for_none(self, build):
        checks = (DocumentCheck("F01", "plan", False),)
        found = account(build, two_teams(build), document_checks=checks)
        assert [team.documents for team in found.teams] == [(), ()]
        assert found.not_seen == checks

    def test_a_visit_is_waited_for_while_its_list_is_open(self, build):
        edition = with_documents(build)
        due = Deadline("V", DeadlineKind.VISIT, Text("V"), Moment(at_noon(), whole_day=False))
        rules = attrs.evolve(edition.rules, deadlines=(due,))
        checks = (DocumentCheck("F01", "plan", True), DocumentCheck("F01", "survey", False))
        found = account(build, attrs.evolve(edition, rules=rules), document_checks=checks)
        (deadline,) = found.next_deadlines
        assert (deadline.deliverer, deadline.missing) == (Deliverer.ENTRY, ("F02", "F03"))


def at_noon():
    return datetime(2025, 5, 8, 12)  # noqa: DTZ001  # local, naive


class TestDeadlines:
    def test_next_are_all_that_share_the_nearest_day_which_is_not_over(self, build):
        def due(name, day):
            at = Moment(at_noon().replace(day=day, hour=0), whole_day=True)
            return Deadline(name, DeadlineKind.CEREMONY, Text(name), at)

        deadlines = (due("A", 6), due("B", 8), due("C", 8), due("D", 9))
        edition = two_teams(build, rules=attrs.evolve(build.rules(), deadlines=deadlines))
        assert [d.deadline.id for d in account(build, edition).next_deadlines] == ["B", "C"]
        late = account(build, edition, day=date(2025, 5, 10))
        assert late.next_deadlines == ()
        assert len(late.deadlines) == 4


def limited(build, limit, marks="individual"):
    rules = build.rules(marks=marks)
    settings = attrs.evolve(rules.settings, agreement=AgreementSettings(limit))
    return two_teams(build, rules=attrs.evolve(rules, settings=settings))


def whole(build, entry, examiner, mark):
    return build.marks(entry, examiner, q1=mark, q2a=mark, q2b=mark, q3=mark)


class TestDiscussions:
    def test_entries_beyond_the_limit_are_listed_with_the_leaves_that_differ_most(self, build):
        found = account(
            build,
            limited(build, 20.0),
            build.marks("F01", "E1", q1=20, q2a=40, q2b=40, q3=40),
            build.marks("F01", "E2", q1=80, q2a=60, q2b=40, q3=70),
            build.marks("F02", "E1", **EVERY),
            build.marks("F02", "E2", **EVERY),
        )
        (discussion,) = found.discussions
        assert (found.limit, discussion.divided.entry) == (20.0, "F01")
        assert discussion.leaves == (
            LeafSpread("1", "E1", Fraction(20), "E2", Fraction(80)),
            LeafSpread("3", "E1", Fraction(40), "E2", Fraction(70)),
            LeafSpread("2a", "E1", Fraction(40), "E2", Fraction(60)),
        )
        assert [leaf.difference for leaf in discussion.leaves] == [60, 30, 20]

    def test_exactly_the_limit_is_not_beyond_it(self, build):
        marks = [whole(build, "F01", "E1", 40), whole(build, "F01", "E2", 60)]
        assert account(build, limited(build, 20.0), *marks).discussions == ()
        assert len(account(build, limited(build, 19.0), *marks).discussions) == 1

    def test_a_list_is_preliminary_until_every_asked_reading_of_the_entry_is_complete(self, build):
        marks = [whole(build, "F01", "E1", 20), whole(build, "F01", "E2", 60)]
        (early,) = account(build, limited(build, 20.0), *marks).discussions
        assert early.is_preliminary
        marks.append(whole(build, "F01", "E9", 60))
        (late,) = account(build, limited(build, 20.0), *marks).discussions
        assert not late.is_preliminary

    def test_the_leaves_are_compared_by_the_examiners_own_marks_whatever_scores_rest_on(
        self, build
    ):
        marks = [whole(build, "F01", "E1", 20), whole(build, "F01", "E9", 60)]
        agreed = tuple(build.consensus("F01", q1=0))
        (found,) = account(
            build, limited(build, 20.0, "consensus"), *marks, consensus=agreed
        ).discussions
        assert {leaf.low for leaf in found.leaves} == {20}
        assert found.divided.low < 20

    def test_of_several_who_gave_least_or_most_the_first_by_id_is_named(self, build):
        leaves = list(build.rules().leaves())
        readings = [
            Reading("F01", examiner, "L1", Fraction(0), {}, {}, {"1": Fraction(mark)})
            for examiner, mark in (("E4", 10), ("E3", 90), ("E2", 10), ("E1", 90))
        ]
        (found,) = widest_leaves(leaves, readings)
        assert (found.low_examiner, found.high_examiner) == ("E2", "E1")

    def test_no_more_than_so_many_leaves_are_given_and_none_where_all_agree(self, build):
        leaves = [build.leaf(str(n)) for n in range(9)]
        readings = [
            Reading("F01", name, "L1", Fraction(0), {}, {}, {leaf.id: mark for leaf in leaves})
            for name, mark in (("E1", Fraction(1)), ("E2", Fraction(2)))
        ]
        assert [f.leaf for f in widest_leaves(leaves, readings)] == ["0", "1", "2", "3", "4"]
        assert len(widest_leaves(leaves, readings)) == MOST_LEAVES
        assert widest_leaves(leaves, readings[:1]) == ()


class TestToVerify:
    def test_it_is_in_the_order_of_entries_and_areas_the_whole_entry_first(self, build):
        def remark(entry, area, examiner, kind=RemarkKind.VERIFY):
            return Remark(entry, examiner, area, kind, "se efter")

        remarks = (
            remark("F02", "users", "E1"),
            remark("F01", "staff", "E1"),
            remark("F01", "users", "E2"),
            remark("F01", "users", "E1"),
            remark("F01", "", "E9"),
            remark("F01", "users", "E1", RemarkKind.STRENGTH),
        )
        found = account(build, two_teams(build), remarks=remarks).to_verify
        assert [(r.entry, r.area, r.examiner) for r in found] == [
            ("F01", "", "E9"),
            ("F01", "users", "E1"),
            ("F01", "users", "E2"),
            ("F01", "staff", "E1"),
            ("F02", "users", "E1"),
        ]


maybe = st.none() | st.integers(0, 20).map(lambda step: 5 * step)
leaf_marks = st.fixed_dictionaries({"q1": maybe, "q2a": maybe, "q2b": maybe, "q3": maybe})
PERMITTED = [(e, x) for e in ("F01", "F02") for x in ("E1", "E2")] + [("F01", "E9"), ("F03", "E9")]
drawn_readings = st.fixed_dictionaries(dict.fromkeys(PERMITTED, leaf_marks))
answers = st.dictionaries(
    st.tuples(st.sampled_from(["F01", "F02", "F03"]), st.sampled_from(["plan", "survey", "other"])),
    st.sampled_from([True, False, None]),
)


@settings(max_examples=40)
@given(drawn_readings, answers, leaf_marks, st.randoms(use_true_random=False))
def test_the_order_of_marks_entries_and_teams_never_matters(build, own, said, agreed, random):
    groups = [build.marks(*reader, **values) for reader, values in own.items()]
    given_ = {
        "consensus": tuple(build.consensus("F01", **agreed)),
        "document_checks": tuple(DocumentCheck(*key, seen) for key, seen in said.items()),
    }
    edition = with_documents(build)
    expected = account(build, edition, *groups, **given_)

    def mixed(values):
        return random.sample(list(values), len(values))

    other = attrs.evolve(
        edition,
        entries=tuple(mixed(edition.entries)),
        teams=tuple(
            attrs.evolve(
                team, entries=tuple(mixed(team.entries)), examiners=tuple(mixed(team.examiners))
            )
            for team in mixed(edition.teams)
        ),
    )
    marks = mixed([mark for group in groups for mark in group])
    shuffled = {name: tuple(mixed(values)) for name, values in given_.items()}
    assert account(build, other, marks, **shuffled) == expected


@given(drawn_readings)
def test_given_is_complete_exactly_when_nothing_is_missing_and_every_mark_is_counted_once(
    build, own
):
    groups = [build.marks(*reader, **values) for reader, values in own.items()]
    found = account(build, two_teams(build), *groups)
    assert sum(each.marks.given for each in found.readings) == sum(map(len, groups))
    for examiner in found.examiners:
        assert examiner.given == sum(each.marks.given for each in examiner.asked)
        assert examiner.expected == 5 * len(examiner.asked)
        assert (examiner.state is Completeness.COMPLETE) is not bool(examiner.waiting)
    for reading in found.readings:
        is_complete = reading.marks.state is Completeness.COMPLETE
        assert is_complete is (not reading.marks.missing) is (reading.marks.given == 5)
        values = own[reading.entry, reading.examiner]
        assert set(reading.marks.missing) == {
            name[1:] for name, value in values.items() if value is None
        }


@given(answers)
def test_each_document_that_is_asked_for_stands_in_exactly_one_list(build, said):
    checks = tuple(DocumentCheck(*key, seen) for key, seen in said.items())
    found = account(build, with_documents(build), document_checks=checks)
    for team in found.teams:
        for each in team.documents:
            listed = [*each.seen, *each.not_seen, *each.unanswered]
            assert len(listed) == len(set(listed))
            assert {"plan", "survey"} <= set(listed) <= {"plan", "survey", "other"}
    unseen = sum(len(each.not_seen) for team in found.teams for each in team.documents)
    assert unseen == len(found.not_seen)
