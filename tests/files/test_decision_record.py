"""The record of decisions: canonical, chained, append-only, and whole whatever happens."""

import hashlib
import json
import os
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import pytest
import rfc8785
from hypothesis import given, settings
from hypothesis import strategies as st

from kvaljury.core.model.record import BEGINNING, DecisionRecord, NewEvent
from kvaljury.errors import DiskFault, UsageFault, VerificationFault
from kvaljury.files.decision_record import (
    RECORD,
    append_events,
    parse_record,
    read_record,
)

AT = "2025-11-20T10:00:00"
KILLING = Path(__file__).parents[2] / "benchmarks" / "kill_record.py"


def new(kind="decided", by="Åsa Ö", **data):
    return NewEvent(kind, by, data)


def append(folder, *events, at=AT):
    return append_events(folder, lambda record: events, at)


def content_of(folder, *events):
    append(folder, *events)
    return (folder / RECORD).read_bytes()


@pytest.fixture
def content(tmp_path):
    return content_of(
        tmp_path,
        new(**{"class": "skola", "yes": 5, "open": True, "none": None, "names": ["J1", "J2"]}),
        new("voided", events=[1]),
        new("corrected", replaces=1, note="Räknat fel – två röster saknades"),
    )


class TestAppending:
    def test_an_absent_record_is_empty(self, tmp_path):
        assert read_record(tmp_path) == DecisionRecord()
        assert read_record(tmp_path).head == BEGINNING

    def test_what_is_appended_is_read_again_each_tied_to_the_one_before(self, tmp_path):
        first = append(tmp_path, new(yes=5))
        second = append(tmp_path, new("voided", by="B", events=(1,)), at="2025-11-21T09:30:00")
        assert read_record(tmp_path) == second
        one, two = second.events
        assert (one,) == first.events
        assert (one.number, one.kind, one.by, one.at, one.data) == (
            1,
            "decided",
            "Åsa Ö",
            AT,
            {"yes": 5},
        )
        assert (one.parent, two.parent) == (BEGINNING, one.digest)
        assert two.data == {"events": [1]}
        assert second.head == two.digest

    def test_a_line_is_canonical_and_its_digest_is_of_its_bytes(self, tmp_path, content):
        lines = content.decode().splitlines()
        assert [rfc8785.dumps(json.loads(line)).decode() for line in lines] == lines
        digests = [hashlib.sha256(line.encode()).hexdigest() for line in lines]
        assert [event.digest for event in read_record(tmp_path).events] == digests

    def test_several_events_stand_in_their_order(self, content):
        kinds = [event.kind for event in parse_record(content).events]
        assert kinds == ["decided", "voided", "corrected"]

    def test_what_follows_is_made_from_the_record_as_it_stands(self, tmp_path):
        append(tmp_path, new())
        seen = []
        append_events(tmp_path, lambda record: seen.append(record) or [], AT)
        assert [len(record.events) for record in seen] == [1]

    def test_nothing_to_add_leaves_no_file(self, tmp_path):
        assert append(tmp_path) == DecisionRecord()
        assert not (tmp_path / RECORD).exists()

    def test_who_refuses_leaves_the_record_as_it_was(self, tmp_path, content):
        def refuse(record):
            raise UsageFault("no")

        with pytest.raises(UsageFault):
            append_events(tmp_path, refuse, AT)
        assert (tmp_path / RECORD).read_bytes() == content

    @pytest.mark.parametrize("value", [0.5, [1.0], {"deep": [{"er": 0.1}]}])
    def test_binary_fractions_are_refused_before_anything_is_written(self, tmp_path, value):
        with pytest.raises(TypeError, match="decimals as texts"):
            append(tmp_path, new(score=value))
        assert not (tmp_path / RECORD).exists()

    def test_nothing_is_added_to_a_record_that_does_not_verify(self, tmp_path, content):
        (tmp_path / RECORD).write_bytes(content.replace(b"skola", b"andra"))
        with pytest.raises(VerificationFault):
            append(tmp_path, new())
        assert (tmp_path / RECORD).read_bytes() == content.replace(b"skola", b"andra")

    @settings(max_examples=40)
    @given(
        st.dictionaries(
            st.text(max_size=4),
            st.recursive(
                st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(),
                lambda inner: (
                    st.lists(inner, max_size=3)
                    | st.dictionaries(st.text(max_size=3), inner, max_size=3)
                ),
                max_leaves=6,
            ),
            max_size=4,
        )
    )
    def test_whatever_an_event_holds_comes_back_the_same(self, tmp_path_factory, data):
        folder = tmp_path_factory.mktemp("record")
        append(folder, NewEvent("decided", "B", data))
        assert read_record(folder).events[0].data == data


class TestVerifying:
    def test_every_single_bit_that_is_flipped_is_found_with_the_head_known(self, content):
        head = parse_record(content).head
        found = 0
        for place in range(len(content)):
            for bit in range(8):
                flipped = bytearray(content)
                flipped[place] ^= 1 << bit
                found += not verifies(bytes(flipped), head)
        assert found == 8 * len(content)

    def test_without_the_head_only_the_last_line_can_be_changed_in_silence(self, content):
        *_, last = content.rstrip(b"\n").split(b"\n")
        changed = content.replace(b"saknades", b"fattades")
        assert parse_record(changed).head != parse_record(content).head
        assert b"saknades" in last
        with pytest.raises(VerificationFault):
            parse_record(content.replace(b"skola", b"andra"))

    @pytest.mark.parametrize("cut", range(1, 40))
    def test_a_torn_end_is_found(self, content, cut):
        with pytest.raises(VerificationFault, match=r"record\.jsonl:3: the line is not complete"):
            parse_record(content[:-cut])

    def test_a_line_that_is_gone_is_found_with_the_head_or_by_the_next(self, content):
        first, second, third, _ = content.split(b"\n")
        head = parse_record(content).head
        assert not verifies(b"\n".join([first, second, b""]), head)
        with pytest.raises(VerificationFault, match="1: the line does not follow from"):
            parse_record(b"\n".join([second, third, b""]))
        with pytest.raises(VerificationFault, match="2: the line does not follow from"):
            parse_record(b"\n".join([first, third, b""]))

    def line(self, **changes):
        value = {
            "at": AT, "by": "B", "data": {}, "kind": "decided", "number": 1, "parent": BEGINNING,
        }  # fmt: skip
        value |= changes
        return rfc8785.dumps({k: v for k, v in value.items() if v != "left out"}) + b"\n"

    def test_the_made_line_would_verify(self):
        assert len(parse_record(self.line()).events) == 1

    @pytest.mark.parametrize(
        ("changes", "said"),
        [
            ({"at": None}, "as kvaljury wrote it"),
            ({"by": 5}, "as kvaljury wrote it"),
            ({"kind": ["decided"]}, "as kvaljury wrote it"),
            ({"parent": None}, "as kvaljury wrote it"),
            ({"data": []}, "as kvaljury wrote it"),
            ({"number": True}, "as kvaljury wrote it"),
            ({"number": "1"}, "as kvaljury wrote it"),
            ({"data": {"score": 0.5}}, "as kvaljury wrote it"),
            ({"more": 1}, "as kvaljury wrote it"),
            ({"at": "left out"}, "as kvaljury wrote it"),
            ({"number": 2}, "does not follow"),
            ({"number": 0}, "does not follow"),
            ({"parent": "1" * 64}, "does not follow"),
        ],
    )
    def test_a_line_of_another_shape_is_refused(self, changes, said):
        with pytest.raises(VerificationFault, match=said):
            parse_record(self.line(**changes))

    @pytest.mark.parametrize(
        "line",
        [
            b"",
            b"[]",
            b"5",
            b"null",
            b"NaN",
            b"{",
            b"\xff",
            b'{"a":1,"a":1}',
            b'"\\ud800"',
            b"[" * 100_000,
            b"9" * 5000,
        ],
    )
    def test_what_is_no_event_at_all_is_refused_with_its_line(self, line):
        with pytest.raises(VerificationFault) as caught:
            parse_record(line + b"\n", "copy.jsonl")
        assert str(caught.value) == (
            "copy.jsonl:1: the line is not as kvaljury wrote it"
            " (compare with a copy: kvaljury verify --against COPY)"
        )
        assert caught.value.exit_code == 6

    def test_the_same_value_otherwise_written_is_refused(self, content):
        with pytest.raises(VerificationFault, match="1: the line is not as kvaljury wrote it"):
            parse_record(content.replace(b'"yes":5', b'"yes": 5'))

    def test_what_cannot_be_read_is_no_empty_record(self, tmp_path):
        (tmp_path / RECORD).mkdir(parents=True)
        with pytest.raises(DiskFault, match=r"decisions/record\.jsonl: the file cannot be read"):
            read_record(tmp_path)

    def test_a_link_that_leads_nowhere_is_no_empty_record(self, tmp_path):
        (tmp_path / "decisions").mkdir()
        try:
            (tmp_path / RECORD).symlink_to(tmp_path / "gone")
        except OSError:
            pytest.skip("this system makes no links")
        with pytest.raises(DiskFault):
            read_record(tmp_path)


def verifies(content, head):
    try:
        return parse_record(content).head == head
    except VerificationFault:
        return False


WRITER = """
import sys
from pathlib import Path
from kvaljury.core.model.record import NewEvent
from kvaljury.files.decision_record import append_events
for n in range(int(sys.argv[3])):
    event = NewEvent("decided", sys.argv[2], {"n": n})
    append_events(Path(sys.argv[1]), lambda record: [event], "2025-11-20T10:00:00")
"""


def environment():
    return {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
        "OPENBLAS_NUM_THREADS": "1",
    }


def test_three_who_write_at_once_lose_nothing(tmp_path):
    names, count = ("A", "B", "C"), 15
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, str(tmp_path), name, str(count)], env=environment()
        )
        for name in names
    ]
    assert [writer.wait(60) for writer in writers] == [0, 0, 0]
    events = read_record(tmp_path).events
    assert [event.number for event in events] == list(range(1, 3 * count + 1))
    for name in names:
        assert [event.data["n"] for event in events if event.by == name] == list(range(count))


def test_twenty_kills_while_writing_tear_and_lose_nothing():
    if not hasattr(os, "fork"):
        pytest.skip("this system cannot fork")
    if not KILLING.is_file():
        pytest.skip("the benchmarks are out of the way: the tests run against the wheel")
    done = subprocess.run(
        [sys.executable, str(KILLING), "20"],
        env=environment(),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "20 kills" in done.stdout
    assert ", 0 lost, 0 records torn" in done.stdout


def test_an_exact_fraction_is_no_value_of_an_event(tmp_path):
    with pytest.raises(rfc8785.CanonicalizationError):
        append(tmp_path, new(share=Fraction(1, 2)))
    assert not (tmp_path / RECORD).exists()
