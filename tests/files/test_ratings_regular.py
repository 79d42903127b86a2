"""The fast way and the row-by-row way give the same of every file that the fast one accepts."""

from __future__ import annotations

from unittest.mock import patch

import attrs
import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kvaljury.core.model import Ratings
from kvaljury.files import byte_columns
from kvaljury.files.log import InputLog
from kvaljury.files.rating_columns import RATINGS
from kvaljury.files.rating_rows import read_rating_rows
from kvaljury.files.ratings import parse_ratings, read_regular_ratings
from kvaljury.files.tables import find_opening

HEADER = b"entry,examiner,score\n"


def as_lists(ratings: Ratings) -> dict[str, object]:
    return {
        key: value.tolist() if isinstance(value, np.ndarray) else value
        for key, value in attrs.asdict(ratings).items()
    }


def read_fast(content: bytes, log: InputLog) -> Ratings | None:
    opening = find_opening(content.decode(), "r.csv", RATINGS, log)
    return opening and read_regular_ratings(content, opening, "r.csv", log)


def read_slowly(content: bytes, log: InputLog) -> Ratings:
    opening = find_opening(content.decode(), "r.csv", RATINGS, log)
    assert opening is not None
    return read_rating_rows(content, opening, "r.csv", log)


def agree(content: bytes) -> bool:
    """Hold the ways against each other; tell whether the fast one accepted the file."""
    fast_log, slow_log = InputLog(), InputLog()
    fast = read_fast(content, fast_log)
    if fast is None:
        assert fast_log.warnings == []
        return False
    slow = read_slowly(content, slow_log)
    assert slow_log.faults == fast_log.faults == []
    assert slow_log.warnings == fast_log.warnings
    assert as_lists(fast) == as_lists(slow)
    return True


@pytest.mark.parametrize(
    "content",
    [
        HEADER + b"F01,E01,45\nF02,E01,45.5\n",
        HEADER + b"F01,E01,45\r\nF02,E01,45.5\r\n".replace(b"\r", b""),
        (HEADER + b"F01,E01,45\nF02,E01,45.5").replace(b"\n", b"\r\n"),
        b"sep=;\n" + HEADER.replace(b",", b";") + b"F01;E01;-4,5\n",
        b"sep=;\r\n" + HEADER[:-1].replace(b",", b";") + b"\r\nF01;E01;-4,5\r\n",
        HEADER + b'"F01","E01",45\n"F02",E01,"4.5"\n',
        b'"entry","examiner","score"\n"F01","E01",45\n',
        HEADER + b"F01 , E01, 45\nF01,E01 ,46\n",
        HEADER + b"F01,E01,\nF01,E01,46\nF02,E01, \n",
        HEADER + b"F01,E01,1 234\nF01,E01,0.123456789012345678\nF01,E01,123456789012\n",
        b"score,team,entry,question,examiner,class\n1,L1,A,1,E,k\n2,L2,A,1,E,k\n1,L1,B,2,E,j\n",
        b"entry,nation,examiner,score\nA,SWE,E1,4\nB,,E1,5\n",
        HEADER + "Ängen,Öst,45\nA\u030angen,Öst,4\nÅngen,Öst,5\n".encode(),
        HEADER + b"a-rather-long-name-of-an-entry,E,1\na-rather-long-name-of-an-entrx,E,1\n",
        HEADER + b"12345678,E,1\n123456789,E,1\n1234567812345678,E,2\n" * 3,
    ],
)
def test_a_regular_file_is_read_the_fast_way_and_alike(content: bytes) -> None:
    assert agree(content)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        HEADER,
        HEADER[:-1],
        b"\n" + HEADER + b"A,E,1\n",
        (HEADER + b"A,E,1\n").replace(b"\n", b"\r"),
        b'entry,examiner,"score\nA,E,1\n',
        b"entry,examiner,score,\nA,E,1,\n",
        b"entry,examiner,examiner,score\nA,E,E,1\n",
        b'entry,nation,examiner,score\nA,SWE,"E1",4\n',
        HEADER + b"A,E,\nA,E,\n",
        HEADER + b'A,"E,1\n',
        HEADER + b'A,E""1,1\n',
        HEADER + b'A, "E1",1\n',
        HEADER + b'A,"",1\n',
        HEADER + b'A,E,"1\n',
        HEADER + b'A,E,""""\n',
        HEADER + b"A, ,1\n",
        HEADER + b"A,E,x\n",
        HEADER + "A,E\u200b1,1\n".encode(),
        HEADER + "A,E\u00a01,1\n".encode(),
        b"entry,examiner,class,score\nA,E,k,1\nA,E,j,1\n",
        b"entry,examiner,class,score\nA,E,k,1\nA,E,j,\n",
    ],
)
def test_a_file_that_may_have_a_fault_is_left_to_the_slow_way(content: bytes) -> None:
    assert not agree(content)


ids = st.sampled_from(
    ["e1", "e2", "e10", "E 3", "ö", "o\u0308", " e1", "e1 ", '"e1"', "x" * 9, "x" * 17, "-", "0"]
)
scores = st.sampled_from(
    ["0", "68", "100", "4.5", "4,5", "-3", "-0", "", " ", " 7", "1 000", "12345678.9", '"5"', "007"]
) | st.decimals(-1000, 1000, places=4).map(str)
oddities = st.sampled_from(
    [*'",;\t\n\r x.-å\u00a0\u200b\u2028\x0b\x1c', "", "\r\n", "1e5", "nan"]
).map(str.encode)
columns = st.permutations(["entry", "examiner", "score", "team", "question", "class", "nation"])


@st.composite
def files(draw: st.DrawFn) -> bytes:
    """A panel data file: mostly regular cells, any separator, line ends and columns."""
    names = draw(columns)
    kept = {"entry", "examiner", "score"} | set(draw(st.sets(st.sampled_from(names))))
    names = [name for name in names if name in kept]
    plain = draw(st.booleans())
    cell = {
        "score": st.integers(0, 100).map(str) if plain else scores,
        "class": st.just("k"),
        "nation": st.sampled_from(["SWE", ""]),
    }
    name = st.sampled_from(["e1", "e2", "e33"]) if plain else ids
    row = st.tuples(*(cell.get(column, name) for column in names))
    rows = [tuple(names), *draw(st.lists(row, min_size=1, max_size=12))]
    separator = draw(st.sampled_from(",;\t"))
    end = draw(st.sampled_from(["\n", "\r\n"]))
    text = end.join(separator.join(cells) for cells in rows)
    return (text + draw(st.sampled_from(["", end, end + end]))).encode()


@given(files(), st.sampled_from([64, 100, 1 << 20]))
def test_both_ways_agree(content: bytes, block: int) -> None:
    with patch.object(byte_columns, "_BLOCK", block):
        agree(content)


@given(files(), st.data())
@example(HEADER + b"A,E,1\n", None)
def test_both_ways_agree_on_files_that_were_damaged(content: bytes, data: st.DataObject) -> None:
    for _ in range(data.draw(st.integers(1, 3)) if data else 0):
        at = data.draw(st.integers(0, len(content)))
        until = min(len(content), at + data.draw(st.integers(0, 2)))
        content = content[:at] + data.draw(oddities) + content[until:]
    try:
        content.decode()
    except UnicodeDecodeError:
        return
    agree(content)


@given(files())
def test_rows_are_accepted_blank_or_refused(content: bytes) -> None:
    log = InputLog()
    ratings = parse_ratings(content, "r.csv", log)
    lines = [line for line in content.replace(b"\r\n", b"\n").split(b"\n")[1:] if line]
    if not {fault.code for fault in log.faults} & {"broken-csv", "no-rows"}:
        assert ratings.rows == len(lines)
    assert bool(ratings.refused) <= bool(log.faults)
    for ids_, codes in ((ratings.entries, ratings.entry), (ratings.examiners, ratings.examiner)):
        assert list(ids_) == sorted(ids_)
        assert set(codes.tolist()) == set(range(len(ids_)))
