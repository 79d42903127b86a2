import struct
import zlib

import pytest

from kvaljury.core.model import Bid, BidFormat
from kvaljury.errors import DiskFault
from kvaljury.files import InputLog
from kvaljury.files.bids import read_bids
from kvaljury.files.pictures import media_type, picture_size


def chunk(kind, body):
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(width=1920, height=1200):
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"x"))
        + chunk(b"IEND", b"")
    )


def segment(marker, body):
    return bytes((0xFF, marker)) + struct.pack(">H", len(body) + 2) + body


def jpeg(width=1920, height=1200, frame=0xC0, before=b""):
    size = struct.pack(">BHHB", 8, height, width, 1) + b"\x01\x11\x00"
    scan = segment(0xDA, b"\x01\x01\x00\x00\x3f\x00") + b"\x12\xff\x00\x34"
    return (
        b"\xff\xd8"
        + segment(0xE0, b"JFIF\0\xff\xd9 in a thumbnail")
        + before
        + segment(frame, size)
        + scan
        + b"\xff\xd9"
    )


BID = BidFormat(
    presentation_longest=1_000,
    image_size=(1920, 1200),
    rules={"presentation_longest": "F25-04", "image_size": "F25-05"},
)


@pytest.fixture
def log():
    return InputLog()


@pytest.fixture
def read(tmp_path, log):
    """Write files of bids, then read those of F01."""

    def done(files, entries=("F01",), known=("F01", "S02"), bid=BID):
        for name, data in files.items():
            path = tmp_path / "bids" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        return read_bids(tmp_path, entries, known, bid, log)

    return done


def told(log):
    return [str(each) for each in (*log.faults, *log.warnings)]


def test_a_text_and_an_image_are_read_and_hashed(read, log):
    data = jpeg()
    found = read(
        {
            "F01/presentation.txt": "\ufeffVi lyssnar. \r\n\r\nVi mäter.\r\n".encode(),
            "F01/bild.jpg": data,
        }
    )["F01"]
    assert found.presentation == "Vi lyssnar.\n\nVi mäter."
    assert (found.picture.data, found.picture.media_type) == (data, "image/jpeg")
    assert (found.picture.width, found.picture.height) == (1920, 1200)
    assert told(log) == []
    assert set(log.hashes) == {"bids/F01/presentation.txt", "bids/F01/bild.jpg"}


def test_what_is_not_there_is_no_fault(read, log, tmp_path):
    assert read({}) == {"F01": Bid()}
    assert read({"F01/bidrag.docx": b"x"}) == {"F01": Bid()}
    assert read({"S02/presentation.txt": b"x"}) == {"F01": Bid()}
    assert told(log) == []
    assert log.hashes == {}


def test_the_case_of_names_does_not_matter(read, log):
    found = read({"f01/Presentation.TXT": b"hej", "f01/BILD.PNG": png()})["F01"]
    assert found.presentation == "hej"
    assert found.picture.media_type == "image/png"
    assert told(log) == []
    assert set(log.hashes) == {"bids/f01/Presentation.TXT", "bids/f01/BILD.PNG"}


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        (
            "presentation.txt",
            "Förskola".encode("cp1252"),
            "the text is not UTF-8 (save it as UTF-8 and try again)",
        ),
        (
            "presentation.txt",
            "Förskola".encode("utf-16"),
            "the text is not UTF-8 (save it as UTF-8 and try again)",
        ),
        ("presentation.txt", b"a\0b", "the text holds the control character U+0000 (take it away)"),
        (
            "presentation.txt",
            b"x" * 10_001,
            "the text is longer than 10000 characters (shorten it)",
        ),
        (
            "presentation.txt",
            b"x" * 1_000_001,
            "the file is 2 MB; at most 1 MB can be read (check that it is the right file)",
        ),
        *(
            (
                name,
                data,
                "this is no JPEG or PNG image that can be shown"
                " (save it anew as JPEG, 1920 by 1200 pixels)",
            )
            for name, data in (
                ("bild.jpg", b""),
                ("bild.jpg", b"GIF89a"),
                ("bild.png", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
                ("bild.jpg", jpeg()[:-2]),
                ("bild.jpg", jpeg()[:40]),
                ("bild.png", png()[:20]),
                ("bild.png", png(0, 10)),
                ("bild.png", png(10_000, 5_001)),
            )
        ),
        *(
            (
                "bild.png",
                data,
                "the image is damaged or cut off (save it anew as JPEG, 1920 by 1200 pixels)",
            )
            for data in (png()[:-4], png()[:-12], png().replace(b"IEND", b"IENX"))
        ),
        (
            "bild.jpg",
            b"\0" * 20_000_001,
            "the file is 21 MB; at most 20 MB can be read (check that it is the right file)",
        ),
    ],
)
def test_a_file_that_cannot_be_used_is_a_fault_at_its_address(read, log, name, data, said):
    assert read({f"F01/{name}": data}) == {"F01": Bid()}
    assert told(log) == [f"bids/F01/{name}: {said}"]
    assert len(log.faults) == 1


def test_a_folder_in_the_place_of_a_file_is_a_fault(read, log, tmp_path):
    (tmp_path / "bids" / "F01" / "bild.jpg").mkdir(parents=True)
    assert read({}) == {"F01": Bid()}
    assert told(log) == ["bids/F01/bild.jpg: this is a folder; a file was expected"]


def test_a_file_in_the_place_of_a_folder_is_a_fault(read, log):
    assert read({"F01": b"x"}) == {"F01": Bid()}
    assert told(log) == ["bids/F01: this is a file; a folder was expected"]


def test_a_link_that_leads_nowhere_is_a_fault_and_one_that_leads_to_a_file_is_followed(
    read, log, tmp_path
):
    own = tmp_path / "bids" / "F01"
    own.mkdir(parents=True)
    (own / "presentation.txt").symlink_to(tmp_path / "absent.txt")
    assert read({}) == {"F01": Bid()}
    assert told(log) == [
        "bids/F01/presentation.txt: this is a link that leads to no file"
        " (put the file in its place, or remove the link)"
    ]
    (tmp_path / "absent.txt").write_text("hej", "utf-8")
    assert read({})["F01"].presentation == "hej"


def test_a_folder_that_cannot_be_listed_is_said_plainly(read, tmp_path, monkeypatch):
    read({"F01/presentation.txt": b"hej"})

    def refuse(self):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(type(tmp_path), "iterdir", refuse)
    with pytest.raises(DiskFault) as caught:
        read({})
    assert str(caught.value) == "bids: the folder cannot be read: Permission denied"
    assert caught.value.exit_code == 7


def test_several_images_are_a_fault(read, log):
    assert read({"F01/bild.jpg": jpeg(), "F01/image.png": png()})["F01"].picture is None
    assert told(log) == ["bids/F01: there are several images: bild.jpg, image.png (keep one)"]


def test_a_text_over_a_thousand_signs_without_spaces_is_a_warning_by_the_instructions(read, log):
    text = ("xxxx " * 250 + "\n") + "y"
    assert read({"F01/presentation.txt": text.encode()})["F01"].presentation.endswith("y")
    assert told(log) == [
        "bids/F01/presentation.txt: the presentation text has 1001 characters without spaces;"
        " F25-04 allows 1000"
    ]
    assert log.faults == []


def test_instructions_that_set_no_limit_are_not_cited(read, log):
    files = {"F01/presentation.txt": b"x" * 1001, "F01/bild.png": png(20, 30)}
    found = read(files, bid=BidFormat())["F01"]
    assert len(found.presentation) == 1001
    assert found.picture is not None
    assert told(log) == []


def test_a_thousand_signs_and_many_spaces_are_none(read, log):
    read({"F01/presentation.txt": ("xxxx  " * 250).encode()})
    assert told(log) == []


@pytest.mark.parametrize(
    ("width", "height"), [(1919, 1200), (1920, 1199), (2000, 2000), (1920, 2400)]
)
def test_an_image_that_is_small_or_upright_is_shown_with_a_warning(read, log, width, height):
    assert read({"F01/bild.png": png(width, height)})["F01"].picture.width == width
    assert told(log) == [
        f"bids/F01/bild.png: the image is {width} by {height} pixels; F25-05 asks for landscape,"
        " 1920 by 1200"
    ]


def test_a_folder_that_is_no_entrys_is_a_warning_with_the_nearest(read, log):
    read({"F1/presentation.txt": b"hej", "readme.txt": b"x"})
    assert told(log) == [
        "bids/F1: no entry is called F1, so the folder is not read (did you mean F01?)"
    ]


def test_a_text_or_an_image_of_another_name_is_a_warning(read, log):
    read({"F01/presentation.odt": b"x", "F01/IMG_1.JPG": jpeg()})
    assert sorted(told(log)) == [
        "bids/F01/IMG_1.JPG: the file is not read under this name (save the image as bild.jpg)",
        "bids/F01/presentation.odt: the file is not read under this name"
        " (save the text as presentation.txt)",
    ]


@pytest.mark.parametrize("frame", [0xC0, 0xC1, 0xC2, 0xC5, 0xCF])
def test_the_size_of_a_jpeg_is_that_of_its_frame_whatever_stands_before(frame):
    data = jpeg(300, 200, frame, b"\xff" + segment(0xC4, b"\xff\xc0 no frame") + b"\xff\x01")
    assert picture_size(data) == (300, 200)


def test_a_jpeg_without_a_frame_or_with_broken_segments_has_no_size():
    assert picture_size(b"\xff\xd8" + segment(0xDA, b"x" * 20) + b"\xff\xd9") is None
    assert picture_size(b"\xff\xd8\xff\xe0\x00\x04xx" + b"not a marker" * 2) is None


def test_a_png_without_its_header_has_no_size():
    start = b"\x89PNG\r\n\x1a\n"
    assert picture_size(start + chunk(b"IDAT", b"x" * 20)) is None
    assert picture_size(start + chunk(b"IHDR", b"")[:12]) is None
    assert picture_size(start) is None


def test_the_kind_is_told_by_the_first_bytes():
    assert [media_type(data) for data in (png(), jpeg(), b"BM", b"")] == [
        "image/png",
        "image/jpeg",
        None,
        None,
    ]
