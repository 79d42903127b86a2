"""Bytes of a JPEG or PNG to what keeps it from being printed, before the page is set."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

from kvaljury.errors import Text

_PNG = b"\x89PNG\r\n\x1a\n"
_END_OF_JPEG = b"\xff\xd9"
_FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
_BARE = {0x01, *range(0xD0, 0xDA)}
_MARK = 0xFF
_MOST_COMPONENTS = 3


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
    if _END_OF_JPEG not in data[2:]:
        return _damaged()
    if any(components > _MOST_COMPONENTS for components in _components(data)):
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


def _components(data: bytes) -> Iterator[int]:
    """Give the number of colour components of each frame of a JPEG."""
    place = 2
    while place + 9 < len(data) and data[place] == _MARK:
        marker = data[place + 1]
        if marker in _FRAMES:
            yield data[place + 9]
        if marker == _MARK:
            place += 1
        elif marker in _BARE:
            place += 2
        else:
            place += 2 + struct.unpack_from(">H", data, place + 2)[0]
