"""Every text that users see has its Swedish."""

import ast
import gettext
import re
from pathlib import Path

import pytest

import kvaljury
from kvaljury.cli.language import LOCALE

PACKAGE = Path(kvaljury.__file__).parent
FOLDER = LOCALE / "sv" / "LC_MESSAGES"
DOMAINS = ("kvaljury", "messages")


def texts_in(path):
    """Give the English of every Text in a module that does not carry its own Swedish."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        match node:
            case ast.Call(ast.Name("Text"), [ast.Constant(str(english)), *_], keywords):
                if english and not any(keyword.arg == "sv" for keyword in keywords):
                    yield english


def strings_in(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {n.value for n in ast.walk(tree) if isinstance(n, ast.Constant)}


def house_texts():
    return sorted({text for path in PACKAGE.rglob("*.py") for text in texts_in(path)})


def entries_of(domain):
    """Read a catalogue's source: English to Swedish, plural forms after each other."""
    source = (FOLDER / f"{domain}.po").read_text(encoding="utf-8")
    for block in source.split("\n\n"):
        assert "#, fuzzy" not in block, block
        strings = {"msgid": "", "msgid_plural": "", "msgstr": "", "msgstr[0]": "", "msgstr[1]": ""}
        key = None
        for line in block.splitlines():
            found = re.match(r'(msg\S+)? ?(".*")$', line)
            if found:
                key = found[1] or key
                strings[key] += ast.literal_eval(found[2])
        if strings["msgid"]:
            yield strings


def placeholders(template):
    return sorted(set(re.findall(r"\{(\w*)", template)))


def test_there_are_texts_to_translate():
    assert len(house_texts()) > 100


def test_every_text_of_the_house_is_translated():
    translated = {entry["msgid"] for entry in entries_of("kvaljury")}
    assert [text for text in house_texts() if text not in translated] == []


def test_the_catalogue_holds_no_text_that_is_gone():
    every = set().union(*(strings_in(path) for path in PACKAGE.rglob("*.py")))
    assert [e["msgid"] for e in entries_of("kvaljury") if e["msgid"] not in every] == []


@pytest.mark.parametrize("domain", DOMAINS)
def test_no_translation_is_empty_or_has_other_placeholders(domain):
    for entry in entries_of(domain):
        forms = [entry[key] for key in ("msgstr", "msgstr[0]", "msgstr[1]") if entry[key]]
        assert forms, entry["msgid"]
        if not entry["msgid_plural"]:
            assert placeholders(entry["msgstr"]) == placeholders(entry["msgid"])


@pytest.mark.parametrize("domain", DOMAINS)
def test_the_compiled_catalogue_is_in_step_with_its_source(domain):
    compiled = gettext.translation(domain, LOCALE, ["sv"])
    for entry in entries_of(domain):
        if entry["msgid_plural"]:
            assert compiled.ngettext(entry["msgid"], "x", 1) == entry["msgstr[0]"]
            assert compiled.ngettext(entry["msgid"], "x", 2) == entry["msgstr[1]"]
        else:
            assert compiled.gettext(entry["msgid"]) == entry["msgstr"]


def test_the_house_s_swedish_can_be_shown_on_a_windows_console():
    for entry in entries_of("kvaljury"):
        assert entry["msgstr"].encode("cp1252")
        assert entry["msgid"].encode("cp1252")
