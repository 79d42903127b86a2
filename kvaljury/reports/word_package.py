"""Text and parts of a Word file in the one form that gives the same bytes every time."""

from __future__ import annotations

import io
import re
import zipfile

_CONTENTS = "[Content_Types].xml"
_OLDEST = (1980, 1, 1, 0, 0, 0)
_LEVEL = 6
# What XML 1.0 cannot hold: a page shows that something was there.
_FORBIDDEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_ENDS_LINE = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
# They would turn the order of what stands after them around.
_TURNS_ORDER = re.compile("[\u202a-\u202e\u2066-\u2069]")


def word_text(text: str) -> str:
    r"""Give a text that a Word file can hold, with a stand-in for what it cannot.

    Args:
        text: any string.

    >>> word_text("a\x00b\r\nc")
    'a\ufffdb\nc'
    """
    text = _TURNS_ORDER.sub("", _ENDS_LINE.sub("\n", text))
    return _FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", text)


def repacked(package: bytes) -> bytes:
    """Give a package with its parts in a fixed order and without the time of day.

    Args:
        package: a zip file.
    """
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(package)) as source,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL) as target,
    ):
        for name in sorted(source.namelist(), key=lambda name: (name != _CONTENTS, name)):
            part = zipfile.ZipInfo(name, _OLDEST)
            part.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(part, source.read(name))
    return made.getvalue()
