"""Workbooks made part by part are read as people see them, or refused with an address."""

from __future__ import annotations

import gc
import hashlib
import io
import tracemalloc
from datetime import date, time, timedelta
from decimal import Decimal

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from kvaljury.files.log import InputLog
from kvaljury.files.workbooks import cells as cells_module
from kvaljury.files.workbooks import reading, sheets, texts
from kvaljury.files.workbooks.cells import UNTOLD_FORMULA
from kvaljury.files.workbooks.contents import Cell, CellKind, Merged, Visibility
from kvaljury.files.workbooks.reading import read_workbook

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STYLES = (
    '<numFmts count="3"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd;@"/>'
    '<numFmt numFmtId="165" formatCode="0.0%;0.0"/><numFmt numFmtId="166" formatCode="[h]:mm"/>'
    "</numFmts><fonts><font/></fonts><cellStyleXfs><xf/></cellStyleXfs>"
    '<cellXfs><xf numFmtId="0"><alignment/></xf><xf numFmtId="164"/><xf numFmtId="9"/>'
    '<xf numFmtId="165"/><xf numFmtId="166"/><xf numFmtId="20"/><xf numFmtId="46"/></cellXfs>'
    '<dxfs><dxf><numFmt numFmtId="164" formatCode="0"/></dxf></dxfs>'
)


AT_THE_END = {"E01.xlsx: sheet Blad1, row 1048576"}


def only_cell(workbook):
    (sheet,) = workbook.sheets
    (cell,) = sheet.cells.values()
    return cell


def values(sheet):
    return {cell.reference: (str(cell.kind), cell.text) for cell in sheet.cells.values()}


def refused(read, log, *args, **others):
    """Read, and give code, address and text of the one fault."""
    assert read(*args, **others) is None
    (fault,) = log.faults
    assert fault.hint is not None
    return fault.code, str(fault.where), str(fault.message).partition("surely: ")[2]


def test_a_workbook_carries_its_address_and_the_hash_of_its_bytes(parts, pack, log):
    content = pack(parts())
    workbook = read_workbook(content, "marks/E01.xlsx", log)
    assert workbook.file == "marks/E01.xlsx"
    assert workbook.sha256 == hashlib.sha256(content).hexdigest()
    assert log.faults == []


@pytest.mark.parametrize(
    ("cell", "kind", "text"),
    [
        ('<c r="A1"><v>4.5</v></c>', "number", "4.5"),
        ('<c r="A1" t="n"><v> 4 </v></c>', "number", "4"),
        ('<c r="A1" s="1"><v>45783</v></c>', "date", "2025-05-06"),
        ('<c r="A1" s="5"><v>0.5</v></c>', "date", "12:00"),
        ('<c r="A1" s="4"><v>1.25</v></c>', "date", "30:00:00"),
        ('<c r="A1" s="6"><v>1.25</v></c>', "date", "30:00:00"),
        ('<c r="A1" s="1"><v>-1</v></c>', "error", "########"),
        ('<c r="A1" s="4"><v>-1</v></c>', "error", "########"),
        ('<c r="A1" s="2"><v>0.51</v></c>', "number", "51"),
        ('<c r="A1" t="s"><v>1</v></c>', "text", "rikt text"),
        ('<c r="A1" t="s"><v>2</v></c>', "text", "漢字"),
        ('<c r="A1" t="str"><v> as it is </v></c>', "text", " as it is "),
        ('<c r="A1" t="inlineStr"><is><t>här</t></is></c>', "text", "här"),
        ('<c r="A1" t="inlineStr"><is><r><rPr><b/></rPr><t>h</t></r></is></c>', "text", "h"),
        ('<c r="A1" t="inlineStr"><v/><is><t>x</t></is></c>', "text", "x"),
        ('<c r="A1" t="inlineStr"><is><t> x </t></is></c>', "text", "x"),
        ('<c r="A1" t="inlineStr"><is><t xml:space="preserve"> x </t></is></c>', "text", " x "),
        ('<c r="A1" t="inlineStr"><is><t><![CDATA[<4]]>,5</t></is></c>', "text", "<4,5"),
        ('<c r="A1" t="b"><v>1</v></c>', "truth", "true"),
        ('<c r="A1" t="b"><v>0</v></c>', "truth", "false"),
        ('<c r="A1" t="e"><v>#N/A</v></c>', "error", "#N/A"),
        ('<c r="A1" t="e" vm="1"><v>#VALUE!</v></c>', "error", "#VALUE!"),
        ('<c r="A1" t="d"><v>2025-05-06T10:00:00Z</v></c>', "date", "2025-05-06 10:00:00"),
        ('<c r="A1"><v>1<!-- a remark -->2</v></c>', "number", "12"),
    ],
)
def test_a_value_is_read_as_people_see_it(read, cell, kind, text, log):
    strings = (
        "<si><t>enkel</t></si><si><r><t xml:space='preserve'>rikt </t></r><r><t>text</t></r></si>"
        '<si><t>漢字</t><rPh sb="0" eb="2"><t>かんじ</t></rPh><phoneticPr fontId="1"/></si>'
    )
    found = only_cell(read(f"<row r='1'>{cell}</row>", strings=strings, styles=STYLES))
    assert (str(found.kind), found.text, found.formula) == (kind, text, None)
    assert found.is_percent is (cell == '<c r="A1" s="2"><v>0.51</v></c>')
    assert log.faults == []


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="A1"/>',
        '<c r="A1" s="99"/>',
        '<c r="A1"><v/></c>',
        '<c r="A1" t="s"><v></v></c>',
        '<c r="A1" t="str"><v></v></c>',
        '<c r="A1" t="inlineStr"/>',
        '<c r="A1" t="inlineStr"><v/></c>',
        '<c r="A1" t="inlineStr"><is><t/></is></c>',
        '<c r="A1" t="inlineStr"><is/></c>',
        '<c r="A1"><extLst><ext/></extLst></c>',
    ],
)
def test_a_cell_that_holds_nothing_is_not_there(read, cell):
    workbook = read(f'<row r="1">{cell}</row>', styles=STYLES)
    assert workbook.sheets[0].cells == {}


@pytest.mark.parametrize(
    ("cell", "code", "said"),
    [
        ('<c r="A1"><v>NaN</v></c>', "bad-cell", '"NaN" is no number that Excel can hold'),
        ('<c r="A1"><v>1e400</v></c>', "bad-cell", '"1e400" is no number that Excel can hold'),
        ('<c r="A1"><v>1e-400</v></c>', "bad-cell", '"1e-400" is no number that Excel can hold'),
        ('<c r="A1"><v>４</v></c>', "bad-cell", '"４" is no number that Excel can hold'),
        ('<c r="A1"><v>4,5</v></c>', "bad-cell", '"4,5" is no number that Excel can hold'),
        ('<c r="A1"><v>1_0</v></c>', "bad-cell", '"1_0" is no number that Excel can hold'),
        ('<c r="A1" s="7"><v>4</v></c>', "bad-cell", 'its style "7" is not in the workbook'),
        ('<c r="A1" s="x"><v>4</v></c>', "bad-cell", 'its style "x" is not in the workbook'),
        (
            '<c r="A1" s="3"><v>4</v></c>',
            "bad-cell",
            "its format shows some numbers as percent and others not",
        ),
        ('<c r="A1" t="s"><v>1</v></c>', "bad-cell", 'the text number "1" is not in the workbook'),
        (
            '<c r="A1" t="s"><v>-1</v></c>',
            "bad-cell",
            'the text number "-1" is not in the workbook',
        ),
        ('<c r="A1" t="b"><v>ja</v></c>', "bad-cell", '"ja" is neither true nor false'),
        (
            '<c r="A1" t="d"><v>2025-02-30</v></c>',
            "bad-cell",
            '"2025-02-30" is no date that Excel can hold',
        ),
        ('<c r="A1" t="x"><v>1</v></c>', "bad-cell", 'the type "x" is unknown'),
        ('<c r="A1" t="n"><v>1</v><is><t>2</t></is></c>', "bad-cell", "a cell has two values"),
        ('<c r="A1" t="inlineStr"><v>1</v></c>', "bad-cell", "a cell has two values"),
        (
            '<c r="A1" t="inlineStr"><v>1</v><is><t>2</t></is></c>',
            "bad-cell",
            "a cell has two values",
        ),
        ('<c r="A1" t="str"><v>_xD83D_</v></c>', "broken-part", "a text holds half a character"),
        (
            '<c r="A1"/><c r="A1"><v>1</v></c>',
            "double-cell",
            "the cell stands in the file twice",
        ),
        ('<c r="A1" q="1"><v>1</v></c>', "bad-cell", 'the attribute "q" of a cell is unknown'),
    ],
)
def test_a_cell_that_is_not_understood_is_a_fault_at_its_address(read, cell, code, said, log):
    found = refused(read, log, f"<row r='1'>{cell}</row>", strings="<si/>", styles=STYLES)
    place = "row 1" if "attribute" in said else "cell A1"
    assert found == (code, f"E01.xlsx: sheet Blad1, {place}", said)


@pytest.mark.parametrize("reference", ["B2", "A0", "a1", "$A$1", "XFE1", "AAAA1", "1", "", "A01"])
def test_a_reference_that_is_none_or_of_another_row_is_a_fault(read, reference, log):
    code, where, said = refused(read, log, f'<row r="1"><c r="{reference}"><v>4</v></c></row>')
    assert (code, where) == ("bad-reference", "E01.xlsx: sheet Blad1, row 1")
    assert said == f'a cell of row 1 has the reference "{reference}"'


def test_all_faults_of_cells_are_told_at_once_and_the_workbook_is_refused(read, log):
    rows = '<row r="1"><c r="A1"><v>x</v></c><c r="B1"><v>1</v></c><c r="C1"><v>y</v></c></row>'
    assert read(rows) is None
    assert [str(fault.where) for fault in log.faults] == [
        "E01.xlsx: sheet Blad1, cell A1",
        "E01.xlsx: sheet Blad1, cell C1",
    ]


def test_reading_stops_after_twenty_faults(read, log):
    cells = "".join("<c><v>x</v></c>" for _ in range(30))
    assert read(f"<row>{cells}</row>") is None
    assert [fault.code for fault in log.faults] == ["bad-cell"] * 20 + ["stopped"]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ('<row r="1"><c><v>1</v><v>2</v></c></row>', "a cell has two values"),
        (
            '<row r="1"><c t="inlineStr"><is><t>1</t></is><is><t>2</t></is></c></row>',
            "a cell has two values",
        ),
        ('<row r="1"><c><f>A2</f><f>A3</f></c></row>', "the formula is of an unknown kind"),
        ('<row r="1"><c><f t="odd">A2</f></c></row>', "the formula is of an unknown kind"),
        ('<row r="1"><c r="A1">5</c></row>', 'the text "5" stands where none can'),
        ('<row r="1">5<c r="A1"/></row>', 'the text "5" stands where none can'),
        ('<row r="1"><d r="A1"/></row>', "<d> is not understood where it stands"),
        ('<c r="A1"><v>1</v></c>', "<c> is not understood where it stands"),
        ('<row r="1"><c><v><w/></v></c></row>', "<w> is not understood where it stands"),
        ('<row r="1"/><row r="1"/>', "row 1 stands in the sheet twice"),
        ('<row r="0"/>', 'a row has the number "0"'),
        ('<row r="x"/>', 'a row has the number "x"'),
        ('<row r="1048577"/>', 'a row has the number "1048577"'),
        ('<row r="1048576"/><row/>', 'a row has the number "1048577"'),
        ('<row r="1" q="1"/>', 'the attribute "q" of a row is unknown'),
        ('<row r="1" hidden="maybe"/>', 'hidden is "maybe"; true or false was expected'),
        (
            '<row r="1"><extLst><ext><c r="A1"><v>1</v></c></ext></extLst></row>',
            "alternatives or extensions hold cells",
        ),
        (
            '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility'
            '/2006"><mc:Choice Requires="x"><row r="1"/></mc:Choice></mc:AlternateContent>',
            "<AlternateContent> is not understood where it stands",
        ),
    ],
)
def test_cell_data_that_is_not_understood_is_a_fault(read, rows, said, log):
    code, where, message = refused(read, log, rows)
    assert code == "broken-part"
    assert where in {"E01.xlsx: sheet Blad1", "E01.xlsx: sheet Blad1, row 1", *AT_THE_END}
    assert message.startswith(said)


def test_cells_and_rows_without_a_reference_follow_one_another(read):
    rows = (
        "<row><c><v>1</v></c><c><v>2</v></c></row><row r='5'><c r='C5'><v>3</v></c><c><v>4</v></c>"
        "</row><row><c><v>5</v></c></row>"
    )
    assert {name: text for name, (_, text) in values(read(rows).sheets[0]).items()} == {
        "A1": "1",
        "B1": "2",
        "C5": "3",
        "D5": "4",
        "A6": "5",
    }


def test_rows_and_cells_out_of_order_are_read_where_they_say(read):
    rows = (
        "<row r='5'><c r='B5'><v>3</v></c><c r='A5'><v>2</v></c></row>"
        "<row r='1'><c><v>1</v></c></row>"
    )
    assert values(read(rows).sheets[0]) == {
        "B5": ("number", "3"),
        "A5": ("number", "2"),
        "A1": ("number", "1"),
    }


def test_attributes_of_extensions_on_rows_are_no_harm(read):
    rows = '<row r="1" xmlns:x="urn:x" x:dyDescent="0.2"><c><v>1</v></c></row>'
    assert only_cell(read(rows)).text == "1"


def test_a_workbook_without_sheets_is_refused(parts, pack, log):
    made = parts()
    del made["xl/_rels/workbook.xml.rels"]
    made["xl/workbook.xml"] = f'<workbook xmlns="{MAIN}"/>'
    assert read_workbook(pack(made), "E01.xlsx", log) is None
    assert "the workbook has no sheets" in str(log.faults[0].message)


def test_a_cell_beyond_the_last_column_is_a_fault(read, log):
    rows = '<row r="1"><c r="XFD1"><v>1</v></c><c><v>2</v></c></row>'
    assert refused(read, log, rows)[0] == "bad-reference"


def test_the_farthest_cell_costs_nothing(read):
    tracemalloc.start()
    workbook = read('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')
    assert tracemalloc.get_traced_memory()[1] < 1_000_000
    tracemalloc.stop()
    gc.collect()
    assert only_cell(workbook).reference == "XFD1048576"


@pytest.mark.parametrize(
    ("cell", "formula", "kind", "text"),
    [
        ('<c r="A1"><f>B1+1</f><v>4</v></c>', "B1+1", "number", "4"),
        ('<c r="A1" t="str"><f>B1</f><v></v></c>', "B1", "text", ""),
        ('<c r="A1"><f>B1+1</f></c>', "B1+1", "empty", ""),
        ('<c r="A1"><f>B1+1</f><v/></c>', "B1+1", "empty", ""),
        ('<c r="A1" t="e"><f>B1/0</f><v>#DIV/0!</v></c>', "B1/0", "error", "#DIV/0!"),
        ('<c r="A1"><f t="shared" ref="A1:A2" si="0">B1</f><v>4</v></c>', "B1", "number", "4"),
        ('<c r="A1"><f t="shared" si="0"/><v>4</v></c>', UNTOLD_FORMULA, "number", "4"),
        ('<c r="A1"><f t="array" ref="A1:A2">B1</f><v>4</v></c>', "B1", "number", "4"),
        ('<c r="A1"><f/><v>4</v></c>', UNTOLD_FORMULA, "number", "4"),
    ],
)
def test_a_formula_is_kept_beside_its_value(read, cell, formula, kind, text):
    found = only_cell(read(f"<row r='1'>{cell}</row>"))
    assert (found.formula, str(found.kind), found.text) == (formula, kind, text)


@pytest.mark.parametrize("reference", ["A1:B2", "A1:XFD1000"])
def test_the_cells_that_an_array_formula_fills_are_formulas_too(read, reference):
    rows = (
        f'<row r="1"><c r="A1"><f t="array" ref="{reference}">C1:C9</f><v>1</v></c>'
        '<c r="B1"><v>2</v></c></row><row r="2"><c r="A2"><f>D1</f><v>3</v></c></row>'
        '<row r="2000"><c><v>4</v></c></row>'
    )
    cells = read(rows).sheets[0].cells
    assert [cell.formula for cell in cells.values()] == ["C1:C9", UNTOLD_FORMULA, "D1", None]


@pytest.mark.parametrize(
    ("formula", "said"),
    [
        ('<f t="array">C1</f>', "the array formula does not say which cells it fills"),
        ('<f t="dataTable" ref="A1:"/>', "the array formula does not say which cells it fills"),
        ('<f t="array" ref="B2:A1">C1</f>', "the array formula does not say which cells it fills"),
        ('<f t="array" ref="B2:C3">C1</f>', "an array formula stands outside its own cells"),
    ],
)
def test_an_array_formula_that_says_no_cells_of_its_own_is_a_fault(read, formula, said, log):
    rows = f'<row r="2"><c r="A2">{formula}<v>1</v></c></row>'
    assert refused(read, log, rows)[2] == said


def test_more_array_formulas_than_can_be_followed_are_a_fault(read, log, monkeypatch):
    monkeypatch.setattr(sheets, "Budget", lambda: cells_module.Budget(steps=1))
    rows = '<row><c><f t="array" ref="A1:B1">C1</f><v>1</v></c><c><v>2</v></c></row>'
    assert refused(read, log, rows)[0] == "too-large"


def test_merged_cells_hidden_rows_and_hidden_columns_are_told(read):
    before = (
        '<sheetFormatPr defaultRowHeight="15"/><cols><col min="2" max="4" hidden="1"/>'
        '<col min="6" max="6" width="0"/><col min="7" max="7" width="9"/></cols>'
    )
    after = '<mergeCells><mergeCell ref="A1:B2"/><mergeCell ref="C1"/></mergeCells>'
    rows = (
        '<row r="1" hidden="1"/><row r="2" ht="0" customHeight="1"/><row r="3" ht="15"/>'
        '<row r="4" hidden="0"/>'
    )
    (sheet,) = read(rows, around=(before, after)).sheets
    assert sheet.merged == (Merged(1, 1, 2, 2), Merged(1, 3, 1, 3))
    assert sheet.hidden_rows == {1, 2}
    assert sheet.hidden_columns == {2, 3, 4, 6}


def test_rows_of_a_sheet_without_height_are_hidden_unless_they_have_their_own(read):
    before = '<sheetFormatPr defaultRowHeight="0" zeroHeight="1"/>'
    (sheet,) = read('<row r="1"/><row r="2" ht="15"/>', around=(before, "")).sheets
    assert sheet.hidden_rows == {1}


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("", "<mergeCells><mergeCell ref='A1:'/><mergeCell/></mergeCells>", "merged cells have no"),
        (
            "",
            "<mergeCells><mergeCell ref='A1:B2'/><mergeCell ref='B2:C3'/></mergeCells>",
            "the merged cells at A1 and B2 overlap",
        ),
        ("<cols><col min='0' max='2'/></cols>", "", "columns 0-2 cannot be"),
        ("<cols><col min='3' max='2'/></cols>", "", "columns 3-2 cannot be"),
        ("<cols><col min='1' max='16385'/></cols>", "", "columns 1-16385 cannot be"),
        (
            "<cols><col min='1' max='16384'/><col min='1' max='16384'/></cols>",
            "",
            "columns 1-16384 cannot be",
        ),
        ("<cols><col min='1'/></cols>", "", "a column has no number"),
        ("<cols><col max='x' min='1'/></cols>", "", "a column has no number"),
        ("", "<sheetData/>", "the sheet has cell data twice"),
        (
            "",
            '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility'
            '/2006"><mc:Choice><sheetData/></mc:Choice></mc:AlternateContent>',
            "alternatives or extensions hold cells",
        ),
    ],
)
def test_a_sheet_whose_shape_is_not_understood_is_refused(read, before, after, said, log):
    code, where, message = refused(read, log, around=(before, after))
    assert (code, where) == ("broken-part", "E01.xlsx: sheet Blad1")
    assert message.startswith(said)


def test_alternatives_that_hold_no_cells_are_no_harm(read):
    after = (
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility'
        '/2006"><mc:Choice Requires="x14"><controls/></mc:Choice></mc:AlternateContent>'
        '<extLst><ext uri="x"><any xmlns="urn:x">text</any></ext></extLst>'
    )
    assert read("<row><c><v>1</v></c></row>", around=("", after)) is not None


def worksheet(inside, attributes=""):
    content = f'<worksheet xmlns="{MAIN}"{attributes}>{inside}</worksheet>'
    return {"xl/worksheets/sheet1.xml": content}


@pytest.mark.parametrize(
    ("sheet", "said"),
    [
        (worksheet(""), "the sheet has no cell data"),
        (
            worksheet(
                "<sheetData/>",
                ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
                ' xmlns:x="urn:x" mc:MustUnderstand="x"',
            ),
            "the sheet uses extensions that are needed to understand it",
        ),
        ({"xl/worksheets/sheet1.xml": "<worksheet/>"}, "<worksheet> is not understood"),
        ({"xl/worksheets/sheet1.xml": "<a"}, "its XML is damaged at line 1"),
        ({"xl/worksheets/sheet1.xml": f'<x:a xmlns="{MAIN}"/>'}, "its XML is damaged at line 1"),
        (worksheet("<sheetData/>&nbsp;"), "its XML is damaged at line 1"),
        (worksheet("<a>" * 101 + "</a>" * 101), "its XML is nested deeper than 100"),
    ],
)
def test_a_sheet_that_is_no_sound_xml_is_refused(read, sheet, said, log):
    code, where, message = refused(read, log, **sheet)
    assert (code, where) == ("broken-part", "E01.xlsx: sheet Blad1")
    assert message.startswith(said)


def test_a_document_type_or_encoding_that_the_gate_does_not_see_is_refused_by_the_parser(read, log):
    late = b"<?xml version='1.0'" + b" " * 300 + b"encoding='koi8-r'?><worksheet/>"
    assert refused(read, log, **{"xl/worksheets/sheet1.xml": late})[2].startswith("its XML is in")


def test_strict_files_with_any_prefix_and_absolute_targets_are_read(parts, pack, log):
    relation = "http://purl.oclc.org/ooxml/officeDocument/relationships"
    made = parts()
    for name in ("_rels/.rels", "xl/_rels/workbook.xml.rels"):
        made[name] = made[name].replace(OFFICE, relation).replace('"worksheets', '"/xl/worksheets')
    made["xl/workbook.xml"] = (
        f'<q:workbook xmlns:q="{STRICT}" xmlns:z="{relation}"><q:sheets>'
        '<q:sheet name="Å" sheetId="1" z:id="r1" state="hidden"/></q:sheets></q:workbook>'
    )
    made["xl/worksheets/sheet1.xml"] = (
        f'<ö:worksheet xmlns:ö="{STRICT}"><ö:sheetData><ö:row><ö:c><ö:v>4</ö:v></ö:c></ö:row>'
        "</ö:sheetData></ö:worksheet>"
    )
    workbook = read_workbook(pack(made), "E01.xlsx", log)
    assert only_cell(workbook) == Cell(1, 1, CellKind.NUMBER, "4")
    assert (workbook.sheets[0].name, workbook.sheets[0].visibility) == ("Å", Visibility.HIDDEN)


def test_a_workbook_without_styles_or_shared_texts_is_read(parts, pack, log):
    made = parts('<row><c s="0"><v>4</v></c><c t="str"><v>x</v></c></row>')
    del made["xl/styles.xml"], made["xl/sharedStrings.xml"]
    rels = made["xl/_rels/workbook.xml.rels"]
    made["xl/_rels/workbook.xml.rels"] = rels.replace("/styles", "/other").replace(
        "/sharedStrings", "/other"
    )
    assert read_workbook(pack(made), "E01.xlsx", log) is not None
    made["xl/worksheets/sheet1.xml"] = made["xl/worksheets/sheet1.xml"].replace('s="0"', 's="1"')
    assert read_workbook(pack(made), "E01.xlsx", log) is None
    assert log.faults[0].code == "bad-cell"


@pytest.mark.parametrize("content", ["utf-8-sig", "utf-16"])
def test_parts_in_other_unicode_encodings_are_read(parts, pack, content, log):
    made = parts("<row><c t='inlineStr'><is><t>å</t></is></c></row>")
    name = "xl/worksheets/sheet1.xml"
    made[name] = made[name].encode(content)
    assert only_cell(read_workbook(pack(made), "E01.xlsx", log)).text == "å"


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ('<sheet name="A" r:id="r1"/><sheet name="a" r:id="r1"/>', 'the sheet "a" stands there'),
        ('<sheet name="A" r:id="r1"/><sheet name="B" r:id="r1"/>', "two sheets are one"),
        ('<sheet name=" " r:id="r1"/>', 'the sheet " " has no name or an unknown state'),
        (
            '<sheet name="A" state="odd" r:id="r1"/>',
            'the sheet "A" has no name or an unknown state',
        ),
        ('<sheet name="A" r:id="r9"/>', "the sheet is not in the file"),
        ('<sheet name="A"/>', "the sheet is not in the file"),
        ('<sheet name="A" r:id="out"/>', "the sheet is not in the file"),
        ('<sheet name="A" r:id="gone"/>', 'the part "xl/gone.xml" is missing'),
        ('<sheet name="A" r:id="r3"/>', 'the sheet is of the unknown kind "styles"'),
        ('<sheet name="A" r:id="odd"/>', 'the sheet is of the unknown kind "xlMacrosheet"'),
        ("<other/>", "<other> is not understood where it stands"),
    ],
)
def test_a_list_of_sheets_that_is_not_understood_is_refused(parts, pack, code, said, log):
    made = parts()
    made["xl/workbook.xml"] = (
        f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{code}</sheets></workbook>'
    )
    rels = made["xl/_rels/workbook.xml.rels"]
    made["xl/_rels/workbook.xml.rels"] = rels.replace(
        "</Relationships>",
        f'<Relationship Id="out" Type="{OFFICE}/worksheet" TargetMode="External" '
        'Target="http://x"/>'
        f'<Relationship Id="gone" Type="{OFFICE}/worksheet" Target="gone.xml#x"/>'
        '<Relationship Id="odd" Type="http://schemas.microsoft.com/office/2006/relationships/'
        'xlMacrosheet" Target="x.xml"/><Relationship Id="link" Type="urn:x" Target="http://x" '
        'TargetMode="External"/></Relationships>',
    )
    assert read_workbook(pack(made), "E01.xlsx", log) is None
    assert said in str(log.faults[0].message)


def test_too_many_sheets_are_refused(read, log, monkeypatch):
    monkeypatch.setattr(reading, "_MOST_SHEETS", 0)
    assert refused(read, log)[0] == "bad-sheet"


def test_chart_and_dialog_sheets_are_left_out(parts, pack, log):
    made = parts()
    sheets = '<sheet name="D" sheetId="2" r:id="c"/><sheet name="E" sheetId="3" r:id="d"/></sheets>'
    made["xl/workbook.xml"] = made["xl/workbook.xml"].replace("</sheets>", sheets)
    name = "xl/_rels/workbook.xml.rels"
    made[name] = made[name].replace(
        "</Relationships>",
        f'<Relationship Id="c" Type="{OFFICE}/chartsheet" Target="c.xml"/>'
        f'<Relationship Id="d" Type="{OFFICE}/dialogsheet" Target="d.xml"/></Relationships>',
    )
    assert [s.name for s in read_workbook(pack(made), "E01.xlsx", log).sheets] == ["Blad1"]


@pytest.mark.parametrize(
    ("name", "find", "put", "said"),
    [
        ("_rels/.rels", "officeDocument ", "x ", ""),
        ("_rels/.rels", "/officeDocument", "/extended", "it does not say where it begins"),
        ("xl/_rels/workbook.xml.rels", 'Id="r2"', 'Id="r1"', 'the relationship "r1" is not one'),
        ("xl/_rels/workbook.xml.rels", 'Id="r2"', 'Id=""', 'the relationship "" is not one'),
        ("xl/_rels/workbook.xml.rels", "sharedStrings.xml", "no.xml", 'the part "xl/no.xml" is'),
        (
            "xl/_rels/workbook.xml.rels",
            "/sharedStrings",
            "/styles",
            'it has 2 parts of the kind "styles"',
        ),
        ("xl/workbook.xml", "<sheets>", "<sheets><sheets/>", "<sheets> is not understood"),
        ("xl/sharedStrings.xml", "</sst>", "<si><x/></si></sst>", "<x> is not understood"),
        ("xl/styles.xml", "</styleSheet>", "<a><cellXfs/></a></styleSheet>", "alternatives or"),
    ],
)
def test_a_part_that_does_not_fit_the_others_is_refused(parts, pack, log, *, name, find, put, said):
    made = parts()
    made[name] = made[name].replace(find, put)
    workbook = read_workbook(pack(made), "E01.xlsx", log)
    assert said in "".join(str(fault.message) for fault in log.faults)
    assert (workbook is None) is bool(said)


def test_dates_count_from_1904_where_the_workbook_says_so(read):
    rows = '<row><c s="1"><v>44321</v></c><c s="1"><v>0.5</v></c></row>'
    workbook = read(rows, styles=STYLES, properties='<workbookPr date1904="true"/>')
    found = [cell.text for cell in workbook.sheets[0].cells.values()]
    assert found == ["2025-05-06", "1904-01-01 12:00:00"]


@pytest.mark.parametrize(
    ("module", "limit", "rows", "strings"),
    [
        (texts, "_MOST_STRINGS", "", "<si><t>a</t></si><si><t>b</t></si>"),
        (texts, "LONGEST_TEXT", "", "<si><t>ab</t></si>"),
        (sheets, "_MOST_MERGED", "", ""),
    ],
)
def test_what_is_too_much_to_read_is_refused(
    read, log, monkeypatch, *, module, limit, rows, strings
):
    monkeypatch.setattr(module, limit, 1)
    merged = "<mergeCells><mergeCell ref='A1:A2'/><mergeCell ref='B1:B2'/></mergeCells>"
    assert refused(read, log, rows, around=("", merged), strings=strings)[0] == "too-large"


@pytest.mark.parametrize("budget", ["cells", "rows"])
def test_more_cells_or_rows_than_a_workbook_may_have_are_refused(read, budget, log, monkeypatch):
    scant = lambda: cells_module.Budget(**{budget: 1})  # noqa: E731
    monkeypatch.setattr(sheets, "Budget", scant)
    assert read("<row><c><v>1</v></c></row><row><c><v>2</v></c></row>") is None
    assert log.faults[0].code == "too-large"


def written(write):
    """Make a workbook with XlsxWriter."""
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True})
    write(book)
    book.close()
    return content.getvalue()


def test_a_workbook_of_xlsxwriter_is_read_as_it_was_written(log):
    def write(book):
        sheet = book.add_worksheet("Betyg")
        percent = book.add_format({"num_format": "0 %"})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_row(0, 0, ["entry", 4.5, True])
        sheet.write_number(1, 0, 0.51, percent)
        sheet.write_datetime(1, 1, date(2025, 5, 6), day)
        sheet.write_formula(1, 2, "=B1*2", None, 9)
        sheet.write_rich_string(2, 0, "fet ", book.add_format({"bold": True}), "stil")
        sheet.merge_range(3, 0, 4, 1, "samman")
        sheet.set_row(5, None, None, {"hidden": True})
        sheet.set_column(3, 3, None, None, {"hidden": True})
        book.add_worksheet("dolt").very_hidden()
        book.add_chartsheet("diagram").set_chart(chart_of(book))

    workbook = read_workbook(written(write), "E01.xlsx", log)
    sheet, hidden = workbook.sheets
    assert values(sheet) == {
        "A1": ("text", "entry"),
        "B1": ("number", "4.5"),
        "C1": ("truth", "true"),
        "A2": ("number", "51"),
        "B2": ("date", "2025-05-06"),
        "C2": ("number", "9"),
        "A3": ("text", "fet stil"),
        "A4": ("text", "samman"),
    }
    assert sheet.merged == (Merged(4, 1, 5, 2),)
    assert (sheet.hidden_rows, sheet.hidden_columns) == ({6}, {4})
    assert hidden.visibility is Visibility.VERY_HIDDEN


def chart_of(book):
    chart = book.add_chart({"type": "line"})
    chart.add_series({"values": "=Betyg!$B$1"})
    return chart


CELLS = st.one_of(
    st.integers(-(10**9), 10**9),
    st.floats(-1e9, 1e9).map(lambda value: float(f"{value:.15g}")),
    st.booleans(),
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=9),
    st.dates(date(1901, 1, 1), date(2099, 1, 1)),
    st.times().map(lambda value: value.replace(microsecond=0)),
    st.integers(0, 10**6).map(lambda seconds: timedelta(seconds=seconds)),
)


def shown(value):
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return f"{Decimal(f'{value:.15g}').normalize():f}".replace("-0", "0", value == 0)
    if isinstance(value, time):
        return value.isoformat().removesuffix(":00") if value.second == 0 else value.isoformat()
    if isinstance(value, timedelta):
        seconds = round(value.total_seconds())
        return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    return str(value)


@settings(max_examples=30)
@given(st.dictionaries(st.tuples(st.integers(1, 40), st.integers(1, 40)), CELLS, max_size=12))
def test_what_openpyxl_writes_is_read_as_it_was(written_cells):
    book = openpyxl.Workbook()
    for (row, column), value in written_cells.items():
        cell = book.active.cell(row, column)
        cell.value = value
        if isinstance(value, str):
            cell.data_type = "s"
    content = io.BytesIO()
    book.save(content)
    log = InputLog()
    workbook = read_workbook(content.getvalue(), "E01.xlsx", log)
    assert log.faults == []
    found = {place: cell.text for place, cell in workbook.sheets[0].cells.items()}
    expected = {place: shown(value) for place, value in written_cells.items()}
    assert {p: t.strip() for p, t in found.items()} == {
        p: t.strip() for p, t in expected.items() if t.strip()
    }


@given(st.data())
def test_a_sheet_with_any_part_cut_or_doubled_leaks_nothing(parts, pack, data):
    made = parts('<row r="1"><c r="A1" s="2"><f>B1</f><v>0.5</v></c></row>', styles=STYLES)
    name = data.draw(st.sampled_from(sorted(made)))
    text = made[name]
    start, end = sorted(data.draw(st.tuples(*[st.integers(0, len(text))] * 2)))
    made[name] = (
        text[:start] + text[end:] if data.draw(st.booleans()) else text[:end] + text[start:]
    )
    log = InputLog()
    assert (read_workbook(pack(made), "E01.xlsx", log) is None) is bool(log.faults)


@pytest.mark.parametrize(
    ("code", "said"),
    [("9", (CellKind.NUMBER, "4500", True)), ("14", (CellKind.DATE, "1900-02-14", False))],
)
@pytest.mark.parametrize("style", ["", ' s="0"', ' s=""'])
def test_a_cell_without_a_style_has_the_first_one(code, said, style, read):
    styles = f'<cellXfs count="1"><xf numFmtId="{code}"/></cellXfs>'
    found = only_cell(read(f'<row r="1"><c r="A1"{style}><v>45</v></c></row>', styles=styles))
    assert (found.kind, found.text, found.is_percent) == said


@pytest.mark.parametrize(("style", "text"), [("1", "2025-05-08"), ("2", "2025-05-08 00:00:00")])
def test_midnight_is_a_moment_where_the_time_is_shown(read, log, style, text):
    styles = '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="22"/></cellXfs>'
    workbook = read(f'<row r="1"><c r="A1" s="{style}"><v>45785</v></c></row>', styles=styles)
    assert only_cell(workbook).text == text


def test_a_number_shown_in_thousands_is_refused(read, log):
    styles = (
        '<numFmts count="1"><numFmt numFmtId="164" formatCode="#,##0,"/></numFmts>'
        '<cellXfs><xf numFmtId="164"/></cellXfs>'
    )
    said = refused(read, log, '<row r="1"><c r="A1"><v>70000</v></c></row>', styles=styles)
    assert said[1:] == (
        "E01.xlsx: sheet Blad1, cell A1",
        "its format shows numbers divided by a thousand or more",
    )
