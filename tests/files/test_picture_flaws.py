"""Images that cannot be printed are told apart before a page is set."""

import io
import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from kvaljury.files.pictures import picture_flaw

DAMAGED = "the image is damaged or cut off"


def saved(kind: str, mode: str = "RGB", **options: object) -> bytes:
    data = io.BytesIO()
    Image.effect_noise((40, 30), 60).convert(mode).save(data, kind, **options)
    return data.getvalue()


def png(*chunks: tuple[bytes, bytes]) -> bytes:
    """A PNG of chunks, each with the right checksum."""
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA"])
def test_a_whole_png_has_no_flaw(mode: str) -> None:
    assert picture_flaw(saved("PNG", mode)) is None


@pytest.mark.parametrize("options", [{}, {"progressive": True}, {"comment": "x" * 300}])
@pytest.mark.parametrize("mode", ["L", "RGB"])
def test_a_whole_jpeg_has_no_flaw(mode: str, options: dict[str, object]) -> None:
    assert picture_flaw(saved("JPEG", mode, **options)) is None


def test_four_printing_colours_are_a_flaw() -> None:
    assert "CMYK" in str(picture_flaw(saved("JPEG", "CMYK")))


def test_padding_and_bare_markers_before_the_frame_are_passed_over() -> None:
    data = saved("JPEG", "CMYK")
    assert "CMYK" in str(picture_flaw(data[:2] + b"\xff\x01\xff" + data[2:]))


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_a_file_that_was_cut_off_is_damaged(kind: str, share: float) -> None:
    data = saved(kind)
    assert str(picture_flaw(data[: int(len(data) * share)])) == DAMAGED


def test_a_changed_byte_of_a_png_is_damage() -> None:
    data = bytearray(saved("PNG"))
    data[100] ^= 1
    assert str(picture_flaw(bytes(data))) == DAMAGED


def test_pixels_that_do_not_inflate_are_damage_though_the_checksum_is_right() -> None:
    assert str(picture_flaw(png((b"IDAT", b"no zlib"), (b"IEND", b"")))) == DAMAGED


def test_pixels_that_end_too_early_are_damage() -> None:
    part = zlib.compress(bytes(1000))[:-6]
    assert str(picture_flaw(png((b"IDAT", part), (b"IEND", b"")))) == DAMAGED


def test_pixels_in_many_parts_are_read_as_one() -> None:
    packed = zlib.compress(bytes(5_000_000))
    chunks = [(b"IDAT", packed[at : at + 1000]) for at in range(0, len(packed), 1000)]
    assert picture_flaw(png(*chunks, (b"IDAT", b""), (b"IEND", b""))) is None


@given(st.binary(max_size=200), st.sampled_from([b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"]))
def test_no_bytes_are_too_strange_to_judge(data: bytes, start: bytes) -> None:
    found = picture_flaw(start + data)
    assert found is None or str(found)
