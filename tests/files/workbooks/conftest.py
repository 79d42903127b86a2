"""Workbooks made part by part, so that a test can put what it likes into any of them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping

import pytest

from kvaljury.files.log import InputLog
from kvaljury.files.workbooks.contents import Workbook
from kvaljury.files.workbooks.reading import read_workbook

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships'
    '+xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.spreadsheetml.sheet.main+xml"/></Types>'
)

Parts = Callable[..., dict[str, str | bytes]]
Pack = Callable[..., bytes]
Read = Callable[..., Workbook | None]


def rels(**targets: str) -> str:
    """Relationships by id; the target after a blank follows the last word of the type."""
    found = "".join(
        f'<Relationship Id="{name}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for name, (kind, target) in ((n, t.split(" ")) for n, t in targets.items())
    )
    return f'<Relationships xmlns="{RELATIONSHIPS}">{found}</Relationships>'


@pytest.fixture(scope="session")
def parts() -> Parts:
    """Give the parts of a workbook with one sheet, Blad1."""

    def make(
        rows: str = "",
        *,
        around: tuple[str, str] = ("", ""),
        strings: str = "",
        styles: str = "",
        properties: str = "",
        **others: str | bytes,
    ) -> dict[str, str | bytes]:
        return {
            "[Content_Types].xml": TYPES,
            "_rels/.rels": rels(r1="officeDocument xl/workbook.xml"),
            "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{properties}'
            '<sheets><sheet name="Blad1" sheetId="1" r:id="r1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": rels(
                r1="worksheet worksheets/sheet1.xml",
                r2="sharedStrings sharedStrings.xml",
                r3="styles styles.xml",
            ),
            "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{strings}</sst>',
            "xl/styles.xml": f'<styleSheet xmlns="{MAIN}">{styles}</styleSheet>',
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}">{around[0]}'
            f"<sheetData>{rows}</sheetData>{around[1]}</worksheet>",
            **others,
        }

    return make


@pytest.fixture(scope="session")
def pack() -> Pack:
    """Make a zip package of parts."""

    def make(parts: Mapping[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
        content = io.BytesIO()
        with zipfile.ZipFile(content, "w", method) as archive:
            for name, part in parts.items():
                info = zipfile.ZipInfo(name, (2025, 1, 1, 0, 0, 0))
                info.compress_type = method
                archive.writestr(info, part)
        return content.getvalue()

    return make


@pytest.fixture
def read(parts: Parts, pack: Pack, log: InputLog) -> Read:
    """Read a workbook made of parts; the arguments are those of ``parts``."""

    def make_and_read(*args: str, **others: str | bytes) -> Workbook | None:
        return read_workbook(pack(parts(*args, **others)), "E01.xlsx", log)

    return make_and_read
