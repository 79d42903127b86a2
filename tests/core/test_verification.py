"""A record held against a head, a copy and its own recount; values told apart key by key."""

import hashlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvaljury.core.differences import (
    Difference,
    FileChange,
    FileState,
    differences,
    file_changes,
)
from kvaljury.core.model.record import BEGINNING, DecisionRecord, Event
from kvaljury.core.verification import (
    Standing,
    check_chain,
    check_copy,
    check_corrections,
    check_decision,
    check_events,
    check_head,
    check_ranking,
    check_voided,
)
from kvaljury.errors import Text
from tests.core.record_examples import decided as made_by_decide
from tests.core.record_examples import voided


def record_of(*kinds, salt=""):
    events, parent = [], BEGINNING
    for number, given_ in enumerate(kinds, start=1):
        kind, data = given_ if isinstance(given_, tuple) else (given_, {"class": "skola"})
        digest = hashlib.sha256(f"{parent}{kind}{data}{salt}".encode()).hexdigest()
        events.append(Event(number, kind, "2025-10-14", "S", data, parent, digest))
        parent = digest
    return DecisionRecord(tuple(events))


class TestHead:
    RECORD = record_of("decided", "decided", "published")

    def test_the_last_digest_is_the_head(self):
        assert check_head(self.RECORD, self.RECORD.head).standing is Standing.VERIFIED
        assert check_chain(self.RECORD, "r").standing is Standing.VERIFIED

    def test_an_older_head_is_noted_or_differs_by_what_came_after(self):
        digests = [event.digest for event in self.RECORD.events]
        standings = [check_head(self.RECORD, digest).standing for digest in digests[:2]]
        assert standings == [Standing.DIFFERS, Standing.NOTED]

    def test_an_unknown_head_differs_even_of_an_empty_record(self):
        assert check_head(self.RECORD, "f" * 64).standing is Standing.DIFFERS
        assert check_head(DecisionRecord(), "f" * 64).standing is Standing.DIFFERS


class TestCopy:
    @given(st.integers(0, 4), st.integers(0, 4))
    def test_a_copy_verifies_exactly_where_it_is_a_beginning(self, n, m):
        ours, theirs = record_of(*["decided"] * n), record_of(*["decided"] * m)
        standing = check_copy(ours, theirs, "copy").standing
        assert standing is (Standing.VERIFIED if m <= n else Standing.DIFFERS)

    def test_where_two_records_part_is_told(self):
        ours, theirs = record_of("decided", "published"), record_of("decided", "voided")
        check = check_copy(ours, theirs, "copy")
        assert check.standing is Standing.DIFFERS
        assert "event 2" in str(check.said)


class TestEvents:
    def test_a_correction_stands_between_what_it_replaces_and_what_is_new(self):
        fine = record_of("decided", ("corrected", {"replaces": 1, "class": "skola"}), "decided")
        assert list(check_corrections(fine)) == []

    @pytest.mark.parametrize(
        "kinds",
        [
            (("corrected", {"replaces": 1, "class": "skola"}), "decided"),
            ("decided", ("corrected", {"replaces": 1, "class": "skola"})),
            ("decided", ("corrected", {"replaces": 1, "class": "vard"}), "decided"),
            ("decided", ("corrected", {"class": "skola"}), "decided"),
        ],
    )
    def test_a_correction_of_nothing_or_by_nothing_differs(self, kinds):
        (check,) = check_corrections(record_of(*kinds))
        assert check.standing is Standing.DIFFERS

    @pytest.mark.parametrize("kind", ["decided", "voided", "corrected", "odd"])
    def test_an_event_without_its_fields_is_told(self, kind):
        (check,) = check_events(record_of((kind, {})), "r")
        assert check.standing is Standing.DIFFERS

    def test_what_tells_of_no_decision_needs_no_field(self):
        assert list(check_events(record_of("published", "feedback-forced"), "r")) == []

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"class": "vard"}, "class"),
            ({"juror": "J9"}, "juror"),
            ({"entry": "S09"}, "entry"),
            ({"on": "sedan"}, "on"),
            ({"votes": "2"}, "votes"),
            ({"events": [7]}, "events"),
        ],
    )
    def test_jav_found_later_speaks_of_a_decision_before_it(self, changes, field):
        sound = record_of(("decided", made_by_decide()), ("voided", voided()))
        assert list(check_events(sound, "r")) == []
        odd = record_of(("decided", made_by_decide()), ("voided", voided(**changes)))
        (check,) = check_events(odd, "r")
        assert dict(check.said.parameters)["field"] == field

    def test_a_decision_that_was_made_void_is_noted_until_it_is_made_anew(self):
        void = record_of("decided", "voided")
        assert [check.standing for check in check_voided(void)] == [Standing.NOTED]
        assert list(check_voided(record_of("decided", "voided", "decided"))) == []
        assert list(check_voided(record_of("decided"))) == []


DATA = {"class": "skola", "awards": ["S1"], "inputs": {"votes.csv": "1"}, "version": "1"}


def decided(**changes):
    return record_of(("decided", {**DATA, **changes})).events[0]


class TestDecision:
    @pytest.mark.parametrize(
        ("hashes", "made", "standing"),
        [
            ({"votes.csv": "1"}, DATA, Standing.VERIFIED),
            ({"votes.csv": "1", "x": "2"}, DATA, Standing.NOTED),
            ({"votes.csv": "1"}, {**DATA, "version": "2"}, Standing.NOTED),
            ({"votes.csv": "2"}, DATA, Standing.STALE),
            ({}, DATA, Standing.STALE),
            ({"votes.csv": "1"}, {**DATA, "awards": []}, Standing.DIFFERS),
            ({"votes.csv": "2"}, {**DATA, "awards": []}, Standing.DIFFERS),
            ({"votes.csv": "1"}, None, Standing.DIFFERS),
        ],
    )
    def test_it_holds_only_where_files_and_result_are_the_same(self, hashes, made, standing):
        assert check_decision(decided(), hashes, made).standing is standing

    def test_one_that_would_be_refused_differs(self):
        check = check_decision(decided(), {"votes.csv": "1"}, DATA, [Text("no quorum")])
        assert check.standing is Standing.DIFFERS

    def test_another_version_may_use_other_words_but_not_another_result(self):
        event = decided(title={"sv": "Skola", "en": "School"})
        made = {**DATA, "version": "2", "title": {"sv": "Skolor", "en": "School"}}
        check = check_decision(event, {"votes.csv": "1"}, made)
        assert (check.standing, [d.key for d in check.versions]) == (
            Standing.NOTED,
            ["version", "title.sv"],
        )
        made["version"] = "1"
        assert check_decision(event, {"votes.csv": "1"}, made).standing is Standing.DIFFERS


WRITTEN = {"inputs": {"a": "1"}, "classes": [{"class": "skola", "score": 50.123456}]}


class TestRanking:
    @pytest.mark.parametrize(
        ("inputs", "score", "standing"),
        [
            ({"a": "1"}, 50.123456, Standing.VERIFIED),
            ({"a": "1"}, 50.123457, Standing.NOTED),
            ({"a": "1"}, 50.123459, Standing.DIFFERS),
            ({"a": "2"}, 50.123456, Standing.STALE),
            ({"a": "2"}, 51.0, Standing.DIFFERS),
            ({"a": "1", "b": "1"}, 50.123456, Standing.NOTED),
        ],
    )
    def test_it_holds_to_the_last_decimal(self, inputs, score, standing):
        made = {"inputs": inputs, "classes": [{"class": "skola", "score": score}]}
        assert check_ranking("r", WRITTEN, made).standing is standing


plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=2), inner),
    max_leaves=8,
)


class TestDifferences:
    @given(plain)
    def test_a_value_does_not_differ_from_itself(self, value):
        assert differences(value, value) == []

    @given(plain, plain)
    def test_values_that_are_written_otherwise_differ_somewhere(self, one, other):
        is_same = json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)
        assert bool(differences(one, other)) is not is_same

    def test_tuples_and_lists_are_alike_and_true_is_not_one(self):
        assert differences((1, (2,)), [1, [2]]) == []
        assert differences([True], [1]) == [Difference("", [True], [1])]

    def test_rows_are_compared_with_their_like_and_told_where_they_are_missing(self):
        one = [{"juror": "J1", "n": 1}, {"juror": "J2", "n": 2}]
        assert [d.key for d in differences({"b": one}, {"b": one[1:]})] == ["b[J1]"]
        assert [d.key for d in differences({"b": one}, {"b": one[::-1]})] == ["b"]

    def test_rows_without_names_are_told_by_number(self):
        assert [d.key for d in differences([{"n": 1}], [{"n": 2}])] == ["[1].n"]

    def test_files_are_told_as_changed_missing_or_added(self):
        assert file_changes({"a": "1", "b": "1", "c": "1"}, {"a": "1", "b": "2", "d": "1"}) == (
            FileChange("b", FileState.CHANGED),
            FileChange("c", FileState.MISSING),
            FileChange("d", FileState.ADDED),
        )
