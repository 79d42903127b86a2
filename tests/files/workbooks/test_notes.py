"""Notes, threaded comments and text boxes are no data, and nobody loses them unawares."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import openpyxl
import pytest
import xlsxwriter
from openpyxl.comments import Comment

from kvaljury.files.workbooks.contents import Note
from kvaljury.files.workbooks.opening import open_workbook
from tests.files.workbooks.conftest import MAIN, RELATIONSHIPS, rels

RELS = "xl/worksheets/_rels/sheet1.xml.rels"
THREADS = "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment"
NOTES = (
    f'<comments xmlns="{MAIN}"><authors><author>A</author></authors><commentList>'
    '<comment ref="F6" authorId="0"><text><r><t>[Trådad</t></r><r><t xml:space="preserve"> x]'
    '</t></r></text></comment><comment ref="B2" authorId="0"><text><t>kvar</t></text></comment>'
    "</commentList></comments>"
)


def opened(write, content, log):
    return open_workbook(write({"marks/E01.xlsx": content}) / "marks/E01.xlsx", "E01.xlsx", log)


def test_a_note_of_openpyxl_and_of_xlsxwriter_is_told_with_cell_and_text(write, log):
    book = openpyxl.Workbook()
    book.active.title = "F01"
    book.active["F6"].comment = Comment("ska vara\n40", "E01")
    content = io.BytesIO()
    book.save(content)
    workbook = opened(write, content.getvalue(), log)
    assert workbook.sheets[0].notes == (Note(6, 6, "ska vara 40"),)
    assert [str(warning) for warning in log.warnings] == [
        'E01.xlsx: sheet F01, cell F6: the note on F6 is not read: "ska vara 40" (move what counts'
        " to a cell, such as the one for the comment)"
    ]
    assert log.faults == []


def test_a_text_box_is_told_with_the_cell_below_its_corner(write, log):
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True})
    book.set_properties({"created": datetime(2025, 1, 1, tzinfo=UTC).replace(tzinfo=None)})
    sheet = book.add_worksheet("F01")
    sheet.write(0, 0, "x")
    sheet.insert_textbox(3, 2, "ÅTERTAGEN\nse mejl")
    sheet.insert_textbox(5, 2, "")
    book.close()
    workbook = opened(write, content.getvalue(), log)
    assert workbook.sheets[0].notes == (Note(4, 3, "ÅTERTAGEN se mejl", is_box=True),)
    assert str(log.warnings[0].message) == ('the text box at C4 is not read: "ÅTERTAGEN se mejl"')


def test_a_threaded_comment_stands_for_the_note_that_excel_keeps_beside_it(read, log):
    relations = rels(r1="comments ../comments1.xml", r9="slicer ../gone.xml").replace(
        "</Rel",
        f'<Relationship Id="r2" Type="{THREADS}" Target="../threadedComments/t1.xml"/></Rel',
    )
    assert relations.startswith(f'<Relationships xmlns="{RELATIONSHIPS}">')
    threads = (
        '<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/'
        'threadedcomments"><threadedComment ref="F6" id="a"><text>ska vara 40</text>'
        '</threadedComment><threadedComment ref="F6" id="b" parentId="a"><text>ja</text>'
        "</threadedComment></ThreadedComments>"
    )
    workbook = read(
        **{RELS: relations, "xl/comments1.xml": NOTES, "xl/threadedComments/t1.xml": threads}
    )
    assert log.faults == []
    assert workbook.sheets[0].notes == (
        Note(2, 2, "kvar"),
        Note(6, 6, "ska vara 40"),
        Note(6, 6, "ja"),
    )


def test_notes_that_cannot_be_read_refuse_the_file(read, log):
    assert (
        read(**{RELS: rels(r1="comments ../comments1.xml"), "xl/comments1.xml": "<a><b>"}) is None
    )
    assert [(fault.code, fault.where.detail) for fault in log.faults] == [
        ("broken-part", "xl/comments1.xml")
    ]


def test_more_notes_than_anybody_writes_refuse_the_file(read, log, monkeypatch):
    monkeypatch.setattr("kvaljury.files.workbooks.notes._MOST_NOTES", 1)
    parts = {RELS: rels(r1="comments ../comments1.xml"), "xl/comments1.xml": NOTES}
    assert read(**parts) is None
    assert log.faults[0].code == "too-large"


@pytest.mark.parametrize("ref", ["", "x"])
def test_a_note_without_a_cell_is_told_too(read, log, ref):
    notes = NOTES.replace("F6", ref)
    workbook = read(**{RELS: rels(r1="comments ../comments1.xml"), "xl/comments1.xml": notes})
    assert {note.text for note in workbook.sheets[0].notes} == {"[Trådad x]", "kvar"}
