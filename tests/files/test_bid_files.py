"""What lies in the folder of a bid, whatever it is."""

import hashlib
import io
import random

import pytest
from PIL import Image

from kvaljury.core.model import BidFormat
from kvaljury.core.model.bid_folder import BidFile, BidFolder, FileRole
from kvaljury.core.model.characters import count_signs
from kvaljury.errors import DiskFault
from kvaljury.files.bid_files import (
    read_bid_folders,
    role_of,
    roles_of,
    warn_of_other_formats,
)
from kvaljury.files.bids import read_bids
from tests.intake_samples import docx_bytes, png

WORD = docx_bytes([("1. Insikt om behov", 0, ""), ("Vi frågar.", 0, "")])


@pytest.fixture
def read(tmp_path, log):
    def done(files, entries=("F01",), known=("F01", "S02")):
        for name, data in files.items():
            path = tmp_path / "bids" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        return read_bid_folders(tmp_path, entries, known, log)

    return done


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("Bidrag Blåklockan.docx", FileRole.CONTRIBUTION),
        ("bidrag.pdf", FileRole.CONTRIBUTION),
        ("bidrag.odt", FileRole.CONTRIBUTION),
        ("bidrag.doc", FileRole.CONTRIBUTION),
        ("Presentation.docx", FileRole.PRESENTATION),
        ("presentationstext.txt", FileRole.PRESENTATION),
        ("Presentation förskolan.txt", FileRole.PRESENTATION),
        ("Bidrag Protokollgruppen.docx", FileRole.CONTRIBUTION),
        ("presentation.pptx", FileRole.OTHER),
        ("PROTOKOLLSUTDRAG § 12.pdf", FileRole.MINUTES),
        ("nämndens protokoll.docx", FileRole.MINUTES),
        ("bild.JPG", FileRole.IMAGE),
        ("gården.heic", FileRole.IMAGE),
        ("budget.xlsx", FileRole.OTHER),
        ("läsmig.txt", FileRole.OTHER),
        ("utan ändelse", FileRole.OTHER),
    ],
)
def test_a_file_is_taken_for_what_its_name_says(name, role):
    assert role_of(name) is role


@pytest.mark.parametrize(
    ("names", "contribution"),
    [
        (["Vår protokollgrupp.docx"], "Vår protokollgrupp.docx"),
        (["Vår protokollgrupp.docx", "Protokoll.docx"], "Vår protokollgrupp.docx"),
        (["nämndens protokoll.pdf", "vår protokollgrupp.docx"], "vår protokollgrupp.docx"),
        (["nämndens protokoll.docx", "Blåklockan.docx"], "Blåklockan.docx"),
        (["nämndens protokoll.pdf", "bild.jpg"], "nämndens protokoll.pdf"),
        (["Protokoll.docx", "protokoll.png", "protokoll.xlsx"], None),
    ],
)
def test_minutes_are_called_so_first_or_stand_beside_a_contribution(names, contribution):
    roles = dict(zip(names, roles_of(names), strict=True))
    found = [name for name, role in roles.items() if role is FileRole.CONTRIBUTION]
    assert found == ([contribution] if contribution else [])


def test_a_bid_of_a_group_for_minutes_is_read(read):
    (document,) = read({"F01/Bidrag Protokollgruppen.docx": WORD})["F01"].documents
    assert document.file == "bids/F01/Bidrag Protokollgruppen.docx"


def test_dossiers_and_intake_read_the_same_presentation_text(read, tmp_path, log):
    made = docx_bytes([("x" * 50, 0, "")], lambda m: m.add_paragraph("y" * 9, style="List Bullet"))
    own = read({"F01/Presentation förskolan.docx": made})["F01"]
    shown = read_bids(tmp_path, ["F01"], ["F01"], BidFormat(), log)["F01"].presentation
    assert shown == "x" * 50 + "\n• " + "y" * 9
    assert count_signs(own.presentation).counted == 59
    assert own.presentation_document is not None
    plain = read({"S02/Presentation skolan.txt": b"hej \r\n"}, ("S02",))["S02"]
    shown = read_bids(tmp_path, ["S02"], ["F01", "S02"], BidFormat(), log)["S02"].presentation
    assert shown == plain.presentation == "hej"
    assert log.warnings == []


@pytest.mark.parametrize(
    ("files", "said"),
    [
        (["bidrag.pdf"], ["bids/F01: the contribution is not in Word format: bidrag.pdf"]),
        (["bidrag.pdf", "a.docx"], []),
        (["presentation.txt", "bild.jpg", "protokoll.pdf"], []),
        ([], []),
    ],
)
def test_a_bid_with_documents_but_none_in_word_is_pointed_out_unopened(tmp_path, log, files, said):
    (tmp_path / "bids" / "F01").mkdir(parents=True)
    (tmp_path / "bids" / "X9").mkdir()
    (tmp_path / "bids" / "X9" / "bidrag.pdf").write_bytes(b"")
    for name in files:
        (tmp_path / "bids" / "F01" / name).symlink_to(tmp_path / "absent")
    warn_of_other_formats(tmp_path, ["F01"], BidFormat(rules={"answers": "F25-01"}), log)
    assert [str(each).partition(" (")[0] for each in log.warnings] == said
    warn_of_other_formats(tmp_path, ["F01"], BidFormat(), log)
    assert len(log.warnings) == len(said)


def test_a_whole_bid_is_read_and_every_file_hashed(read, log):
    files = {
        "F01/bidrag.docx": WORD,
        "F01/presentation.txt": "\ufeffVi lyssnar.".encode(),
        "F01/bild.png": png(),
        "F01/Protokoll.pdf": b"%PDF",
        "F01/bilagor/budget.xlsx": b"x",
    }
    found = read(files)["F01"]
    assert [(f.file, f.role) for f in found.files] == [
        ("bids/F01/Protokoll.pdf", FileRole.MINUTES),
        ("bids/F01/bidrag.docx", FileRole.CONTRIBUTION),
        ("bids/F01/bilagor/budget.xlsx", FileRole.OTHER),
        ("bids/F01/bild.png", FileRole.IMAGE),
        ("bids/F01/presentation.txt", FileRole.PRESENTATION),
    ]
    assert log.hashes == {f"bids/{n}": hashlib.sha256(d).hexdigest() for n, d in files.items()}
    assert {f.file: f.sha256 for f in found.files} == log.hashes
    (document,) = found.documents
    assert [p.text for p in document.paragraphs][:2] == ["1. Insikt om behov", "Vi frågar."]
    assert found.presentation == "Vi lyssnar."
    assert found.images == (("bids/F01/bild.png", (1920, 1200)),)
    assert (found.troubles, log.faults, log.warnings) == ((), [], [])


def test_an_entry_without_a_folder_has_an_empty_one(read, log):
    assert read({}) == {"F01": BidFolder()}
    assert read({"S02/bidrag.docx": WORD}) == {"F01": BidFolder()}
    assert log.hashes == {}


def test_the_case_of_a_folder_does_not_matter(read):
    assert len(read({"f01/BIDRAG.DOCX": WORD})["F01"].documents) == 1


def test_a_folder_that_no_entry_has_is_pointed_out(read, log):
    read({"F1/bidrag.docx": WORD, "läsmig.txt": b"x"})
    (warning,) = log.warnings
    assert str(warning) == (
        "bids/F1: no entry is called F1, so the folder is not read (did you mean F01?)"
    )


def test_hidden_files_and_locks_of_office_are_passed_over(read):
    names = ("~$bidrag.docx", ".DS_Store", "Thumbs.db", "desktop.ini", "._bidrag.docx")
    assert read({f"F01/{name}": b"x" for name in names})["F01"].files == ()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("bidrag.docx", b"PK\3\4 cut off"),
        ("bidrag.docx", b""),
        ("bidrag.docx", b"%PDF-1.4"),
        ("presentation.docx", b"PK\3\4 cut off"),
        ("presentation.pdf", b"%PDF-1.4"),
    ],
)
def test_an_unreadable_document_is_told_of_the_bid_and_stops_nothing(read, log, name, data):
    found = read({f"F01/{name}": data, "F01/bild.png": png()})["F01"]
    assert [trouble.file for trouble in found.troubles] == [f"bids/F01/{name}"]
    assert found.documents == ()
    assert found.presentation is None
    assert len(found.images) == 1
    assert log.faults == []
    assert f"bids/F01/{name}" in log.hashes


def test_a_presentation_in_word_is_read_and_an_old_encoding_told_to_be_saved_anew(read):
    made = docx_bytes([("Vi lyssnar.", 0, ""), ("Vi mäter.", 0, "")])
    text = read({"F01/presentation.docx": made})["F01"].presentation
    assert text.split() == ["Vi", "lyssnar.", "Vi", "mäter."]
    text = read({"S02/presentation.txt": "Förskola".encode("cp1252")}, ("S02",))["S02"]
    assert text.presentation is None
    assert [str(trouble.message) for trouble in text.troubles] == ["the text is not UTF-8"]


def test_of_several_presentations_the_first_is_read_and_said(read):
    found = read({"F01/presentation.docx": WORD, "F01/presentation.txt": b"hej"})["F01"]
    assert "Insikt" in found.presentation
    (trouble,) = found.troubles
    assert trouble.file == "bids/F01/presentation.txt"


def test_images_in_the_text_are_measured_and_not_kept(read):
    buffer = io.BytesIO()
    Image.new("RGB", (300, 200), "white").save(buffer, "PNG")
    made = docx_bytes([], lambda m: m.add_picture(io.BytesIO(buffer.getvalue())))
    found = read({"F01/bidrag.docx": made})["F01"]
    ((file, _, signs),) = found.placed
    assert (file, signs.width, signs.lines) == ("bids/F01/bidrag.docx", 300, 0)
    assert [image.data for image in found.documents[0].images] == [b""]


def test_a_file_too_large_or_no_file_is_listed_without_a_hash(read, log, tmp_path, monkeypatch):
    monkeypatch.setattr("kvaljury.files.bid_files._MEGABYTES", 0)
    found = read({"F01/bidrag.docx": WORD})["F01"]
    assert found.files == (BidFile("bids/F01/bidrag.docx", FileRole.CONTRIBUTION),)
    assert len(found.troubles) == 1
    assert log.hashes == {}


def test_a_link_in_a_circle_is_not_followed(read, tmp_path):
    (tmp_path / "bids" / "F01").mkdir(parents=True)
    (tmp_path / "bids" / "F01" / "igen").symlink_to(tmp_path / "bids")
    found = read({})["F01"]
    assert [file.sha256 for file in found.files] == [""]


def test_a_folder_that_cannot_be_listed_is_the_disks_fault(read, tmp_path, monkeypatch):
    def refuse(self):
        raise PermissionError(13, "no")

    monkeypatch.setattr("pathlib.Path.iterdir", refuse)
    with pytest.raises(DiskFault, match="the folder cannot be read: no"):
        read({})


def test_a_file_where_the_folder_should_be_is_as_nothing(read, tmp_path):
    (tmp_path / "bids").write_text("x", "utf-8")
    assert read({}) == {"F01": BidFolder()}


def test_the_order_in_which_files_are_listed_never_matters(read, tmp_path, monkeypatch):
    names = ("b.docx", "a.docx", "bild.png", "presentation.txt", "x.xlsx", "protokoll.pdf")
    data = {".docx": WORD, ".png": png(), ".txt": b"hej"}
    files = {f"F01/{n}": data.get(n[n.index(".") :], b"x") for n in names}
    first = read(files)
    listed = type(tmp_path).iterdir

    def shuffled(self):
        inside = list(listed(self))
        random.Random(len(inside)).shuffle(inside)
        return iter(inside)

    monkeypatch.setattr(type(tmp_path), "iterdir", shuffled)
    assert read(files) == first


def test_an_ending_is_told_in_small_letters():
    assert BidFile("bids/F01/A.DocX", FileRole.OTHER).ending == ".docx"
    assert BidFile("bids/F01/utan", FileRole.OTHER).ending == ""
    assert BidFile("bids/F.01/utan", FileRole.OTHER).ending == ""
