"""Bytes of an image to its kind and size, or to nothing where they are no JPEG or PNG."""

from __future__ import annotations

import struct

_PNG, _JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"
_FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
_BARE = {0x01, *range(0xD0, 0xD9)}
_FILL, _SCAN, _END = 0xFF, 0xDA, b"\xff\xd9"


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
    """Walk the segments to the scan, which alone may hold what looks like the end."""
    place, size = 2, None
    while place + 9 < len(data) and data[place] == _FILL:
        marker = data[place + 1]
        if marker == _FILL:
            place += 1
        elif marker in _BARE:
            place += 2
        elif marker == _SCAN:
            return size if data.find(_END, place) > 0 else None
        else:
            if marker in _FRAMES:
                height, width = struct.unpack(">HH", data[place + 5 : place + 9])
                size = width, height
            place += 2 + struct.unpack(">H", data[place + 2 : place + 4])[0]
    return None
