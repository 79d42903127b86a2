"""Bytes of an image to its kind, its size and what keeps it from being printed."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

from kvaljury.errors import Text

_PNG, _JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"
_FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
_BARE = {0x01, *range(0xD0, 0xD9)}
_FILL, _SCAN, _END = 0xFF, 0xDA, b"\xff\xd9"
_MOST_COMPONENTS = 3


def media_type(data: bytes) -> str | None:
    """Tell ``image/png`` or ``image/jpeg`` by the first bytes, or None."""
    if data.startswith(_PNG):
        return "image/png"
    return "image/jpeg" if data.startswith(_JPEG) else None


def picture_size(data: bytes) -> tuple[int, int] | None:
    """Give width and height in pixels of a PNG, or of a JPEG to its end.

    Args:
        data: of the whole file.

    Returns:
        The size, or None for anything else and for a JPEG that was cut off.

    Source:
        PNG (ISO/IEC 15948) section 11.2.2; JPEG (ITU-T T.81) section B.2.2.
    """
    kind = media_type(data)
    if kind is None:
        return None
    size = _png_size(data) if kind == "image/png" else _jpeg_size(data)
    return size if size is not None and 0 not in size else None


def _png_size(data: bytes) -> tuple[int, int] | None:
    if data[12:16] != b"IHDR" or len(data) < 24:  # noqa: PLR2004  # where the height ends
        return None
    width, height = struct.unpack(">II", data[16:24])
    return width, height


def _jpeg_size(data: bytes) -> tuple[int, int] | None:
    size = None
    for marker, place in _segments(data):
        if marker == _SCAN:
            return size if data.find(_END, place) > 0 else None
        if marker in _FRAMES:
            height, width = struct.unpack(">HH", data[place + 5 : place + 9])
            size = width, height
    return None


def _segments(data: bytes) -> Iterator[tuple[int, int]]:
    """Give marker and place of each segment of a JPEG, to the scan, which may hold anything."""
    place = 2
    while place + 9 < len(data) and data[place] == _FILL:
        marker = data[place + 1]
        if marker == _FILL:
            place += 1
        elif marker in _BARE:
            place += 2
        else:
            yield marker, place
            if marker == _SCAN:
                return
            place += 2 + struct.unpack(">H", data[place + 2 : place + 4])[0]


def picture_flaw(data: bytes) -> Text | None:
    """Say why a picture could not be printed, or give None where nothing is wrong with it.

    Args:
        data: a whole file that begins as JPEG or PNG.

    Source:
        PNG (ISO/IEC 15948) section 5.3; JPEG (ITU-T T.81) section B.2.2; PDF/A-2 (ISO 19005-2)
        section 6.2.4, which asks for a profile of printing colours that pictures lack.
    """
    if data.startswith(_PNG):
        return None if _is_whole_png(data) else _damaged()
    if _END not in data[2:]:
        return _damaged()
    if any(
        marker in _FRAMES and data[place + 9] > _MOST_COMPONENTS
        for marker, place in _segments(data)
    ):
        return Text("the image has the four colours of printing presses (CMYK), not RGB")
    return None


def _damaged() -> Text:
    return Text("the image is damaged or cut off")


def _is_whole_png(data: bytes) -> bool:
    place, pixels = len(_PNG), zlib.decompressobj()
    while place + 12 <= len(data):
        (length,) = struct.unpack_from(">I", data, place)
        end = place + 8 + length
        kind = data[place + 4 : place + 8]
        if data[end : end + 4] != struct.pack(">I", zlib.crc32(data[place + 4 : end])):
            return False
        if kind == b"IEND":
            return pixels.eof
        if kind == b"IDAT" and not _inflates(pixels, data[place + 8 : end]):
            return False
        place = end + 4
    return False


def _inflates(pixels: zlib._Decompress, part: bytes) -> bool:
    try:
        while part and not pixels.eof:
            pixels.decompress(part, 1 << 20)
            part = pixels.unconsumed_tail
    except zlib.error:
        return False
    return True
