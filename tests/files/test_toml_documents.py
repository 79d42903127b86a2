"""Bytes of TOML become exact values, or faults that say where."""

import hashlib
import tomllib
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvaljury.errors import DiskFault, Source
from kvaljury.files.log import InputLog
from kvaljury.files.toml_documents import TomlDocument, parse_toml, read_toml

Path_ = tuple[str | int, ...]


def parse(text: str) -> tuple[TomlDocument | None, InputLog]:
    log = InputLog()
    return parse_toml(text.encode(), "f.toml", log), log


def only_fault(text: str | bytes) -> tuple[str, str]:
    log = InputLog()
    content = text.encode() if isinstance(text, str) else text
    assert parse_toml(content, "f.toml", log) is None
    (fault,) = log.faults
    return fault.code, str(fault)


def data_of(text: str) -> dict[str, object]:
    document, log = parse(text)
    assert document is not None
    assert log.faults == []
    return document.data


class TestValues:
    def test_a_float_is_exact(self) -> None:
        assert data_of("a = 0.1\nb = 1_000.25e-1") == {
            "a": Fraction(1, 10),
            "b": Fraction(4001, 40),
        }

    def test_a_float_without_fraction_is_still_no_whole_number(self) -> None:
        assert type(data_of("a = 5.0")["a"]) is Fraction

    def test_a_whole_number_stays_one(self) -> None:
        assert type(data_of("a = 5")["a"]) is int

    def test_a_date_is_as_toml_gives_it(self) -> None:
        data = data_of("a = 2025-05-07\nb = 2025-05-07 10:00:00")
        assert data == {"a": date(2025, 5, 7), "b": datetime.fromisoformat("2025-05-07T10:00")}

    def test_keys_and_texts_are_composed_once(self) -> None:
        data = data_of('"A\u030ange" = ["fo\u0308rskola", {k = "a\u0308"}]')
        assert data == {"Ånge": ["förskola", {"k": "ä"}]}

    def test_windows_line_ends_do_not_shift_lines(self) -> None:
        document, _ = parse("a = 1\r\n\r\nb = 2\r\n")
        assert document is not None
        assert document.source("b").line == 3


class TestSource:
    def test_it_gives_line_and_dotted_key(self) -> None:
        document, _ = parse("x = 1\n[[t]]\nid = 1\n[[t]]\nid = [\n 1,\n 2]\n")
        assert document is not None
        assert document.source("t", 1, "id", 1) == Source("f.toml", 7, "t[2].id[2]")

    def test_a_missing_key_is_at_its_table(self) -> None:
        document, _ = parse("x = 1\n\n[t]\na = 1\n")
        assert document is not None
        assert document.source("t", "b") == Source("f.toml", 3, "t.b")

    def test_a_missing_key_of_the_file_has_no_line(self) -> None:
        document, _ = parse("x = 1")
        assert document is not None
        assert document.source("y") == Source("f.toml", 0, "y")

    def test_a_key_that_is_no_bare_word_is_quoted(self) -> None:
        document, _ = parse('["å b"]\nc = 1')
        assert document is not None
        assert document.source("å b", "c").detail == '"å b".c'

    def test_a_key_cannot_smuggle_a_control_character_into_a_message(self) -> None:
        document, _ = parse('"\\u001b[2J" = 1')
        assert document is not None
        assert "\x1b" not in document.source("\x1b[2J").detail


class TestFaults:
    def test_broken_toml_names_the_line(self) -> None:
        code, shown = only_fault("a = 1\nb = \n")
        assert code == "broken-toml"
        assert shown.startswith("f.toml:2: this is not TOML: Invalid value")

    def test_text_that_ends_too_early_has_no_line_to_name(self) -> None:
        code, shown = only_fault('a = "x')
        assert code == "broken-toml"
        assert shown.startswith("f.toml: this is not TOML: Unterminated string")

    @pytest.mark.parametrize(
        "text",
        [
            "a = " + "[" * 5000 + "]" * 5000,
            "a = " + "[" * 120 + "]" * 120,
            ".".join("a" * 2000) + " = 1",
        ],
    )
    def test_deep_nesting_is_refused(self, text: str) -> None:
        assert only_fault(text)[0] == "too-deep"

    def test_nesting_up_to_a_hundred_is_read(self) -> None:
        document, _ = parse("a = " + "[" * 99 + "]" * 99)
        assert document is not None
        assert document.source(*["a", *[0] * 98]).line == 1

    @pytest.mark.parametrize("literal", ["nan", "-nan", "inf", "+inf", "1e99", "0." + "1" * 90])
    def test_what_is_no_number_is_refused_with_its_line(self, literal: str) -> None:
        code, shown = only_fault(f"x = 1\n[t]\ny = [1, {literal}]\n")
        assert code == "not-a-number"
        assert shown.startswith("f.toml:3: t.y[2]: ")

    def test_every_number_at_fault_is_named(self) -> None:
        _, log = parse("a = nan\nb = inf\n")
        assert [fault.where for fault in log.faults] == [
            Source("f.toml", 1, "a"),
            Source("f.toml", 2, "b"),
        ]

    def test_a_whole_number_of_thousands_of_digits_is_refused_with_its_line(self) -> None:
        code, shown = only_fault("a = 12\nb = " + "9" * 5000)
        assert code == "not-a-number"
        assert shown.startswith("f.toml:2: ")

    @pytest.mark.parametrize("literal", ["9223372036854775808", "-9223372036854775809"])
    def test_a_whole_number_beyond_64_bits_is_refused(self, literal: str) -> None:
        assert only_fault(f"a = {literal}")[0] == "not-a-number"

    @pytest.mark.parametrize("number", [10**15 - 1, 1 - 10**15])
    def test_a_number_of_15_digits_is_read(self, number: int) -> None:
        assert data_of(f"a = {number}") == {"a": number}

    @pytest.mark.parametrize("literal", ["1000000000000000", "-1000000000000000", "1e15"])
    def test_a_number_of_16_digits_is_too_long(self, literal: str) -> None:
        code, shown = only_fault(f"a = {literal}")
        assert code == "not-a-number"
        assert "the number is too long" in shown

    def test_a_seed_may_have_64_bits(self) -> None:
        data = data_of("[calibration]\nseed = 9223372036854775807")
        assert data == {"calibration": {"seed": 2**63 - 1}}

    @pytest.mark.parametrize("mark", [b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"])
    def test_a_byte_order_mark_is_refused_with_the_remedy(self, mark: bytes) -> None:
        code, shown = only_fault(mark + b"a = 1")
        assert code == "byte-order-mark"
        assert "save it as UTF-8 without byte order mark" in shown

    def test_other_encodings_are_refused_with_the_line(self) -> None:
        code, shown = only_fault("a = 1\nb = 'å'".encode("cp1252"))
        assert code == "not-utf-8"
        assert shown.startswith("f.toml:2: ")

    def test_keys_that_differ_only_in_unicode_form_are_refused(self) -> None:
        code, shown = only_fault('[t]\n"\u00e5" = 1\n"a\u030a" = 2')
        assert code == "same-key"
        assert shown.startswith("f.toml:1: t: ")


class TestFile:
    def test_the_hash_is_of_the_bytes_that_were_parsed(self, tmp_path: Path) -> None:
        file = tmp_path / "a.toml"
        file.write_bytes(b"a = 1\r\n")
        log = InputLog()
        document = read_toml(file, "sub/a.toml", log)
        assert document is not None
        assert log.hashes == {"sub/a.toml": hashlib.sha256(b"a = 1\r\n").hexdigest()}

    def test_a_faulty_file_is_hashed_too(self) -> None:
        assert parse("a")[1].hashes.keys() == {"f.toml"}

    @pytest.mark.parametrize("name", ["absent.toml", "a.toml/b.toml", "a\0.toml", "x" * 999])
    def test_a_file_that_is_not_there_is_a_fault(self, tmp_path: Path, name: str) -> None:
        (tmp_path / "a.toml").touch()
        log = InputLog()
        assert read_toml(tmp_path / name, "x.toml", log) is None
        assert [str(fault) for fault in log.faults] == ["x.toml: the file is missing"]

    def test_a_file_that_cannot_be_read_is_the_disk_s(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse(self: Path) -> bytes:
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr(Path, "read_bytes", refuse)
        with pytest.raises(DiskFault, match=r"x\.toml: the file cannot be read: Permission denied"):
            read_toml(tmp_path / "a.toml", "x.toml", InputLog())

    def test_an_error_without_words_is_named_by_its_kind(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse(self: Path) -> bytes:
            raise PermissionError

        monkeypatch.setattr(Path, "read_bytes", refuse)
        with pytest.raises(DiskFault, match="PermissionError"):
            read_toml(tmp_path / "a.toml", "x.toml", InputLog())


def paths_in(value: object, path: Path_ = ()) -> set[Path_]:
    found = {path} if path else set()
    if isinstance(value, dict):
        return found.union(*(paths_in(item, (*path, key)) for key, item in value.items()))
    if isinstance(value, list):
        return found.union(*(paths_in(item, (*path, i)) for i, item in enumerate(value)))
    return found


class TestCorpus:
    def test_every_invalid_file_is_a_fault(self, shared: Path) -> None:
        files = sorted((shared / "corpora" / "toml-test" / "invalid").glob("**/*.toml"))
        assert files
        for file in files:
            log = InputLog()
            assert read_toml(file, file.name, log) is None, file
            assert log.faults, file

    def test_every_valid_file_is_a_fault_or_has_a_line_for_each_key(self, shared: Path) -> None:
        files = sorted((shared / "corpora" / "toml-test" / "valid").glob("**/*.toml"))
        assert files
        for file in files:
            log = InputLog()
            document = read_toml(file, file.name, log)
            assert (document is None) == bool(log.faults), file
            if document is not None:
                assert set(document.lines) == paths_in(document.data), file
                assert document.data.keys() == tomllib.loads(file.read_text("utf-8")).keys(), file


@given(st.binary(max_size=60))
def test_any_bytes_are_a_document_or_a_fault(content: bytes) -> None:
    log = InputLog()
    assert (parse_toml(content, "f.toml", log) is None) == bool(log.faults)


@given(st.text("[]{}=.,\"'#a1\n\\ å", max_size=40))
def test_any_text_is_a_document_or_a_fault(text: str) -> None:
    document, log = parse(text)
    assert (document is None) == bool(log.faults)
    assert document is None or set(document.lines) == paths_in(document.data)
