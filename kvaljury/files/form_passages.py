"""form.toml beside a rule set to the passages of the edition's form."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path, PurePosixPath

import attrs

from kvaljury.core.model import RuleSet
from kvaljury.core.model.bid_folder import Passage, PassageKind
from kvaljury.files.input_files import is_present
from kvaljury.files.log import InputLog
from kvaljury.files.rule_sets import shipped_rule_sets
from kvaljury.files.toml_documents import TomlDocument, parse_toml, read_toml

FORM_FILE = "form.toml"


@attrs.frozen
class PassageRecord:
    """A passage; its fingerprints are separated by blanks."""

    kind: PassageKind
    name: str
    prints: str


@attrs.frozen
class FormRecord:
    """A whole form.toml."""

    passages: tuple[PassageRecord, ...] = ()


def read_form_passages(rules: RuleSet, folder: Path, log: InputLog) -> tuple[Passage, ...]:
    """Read the fingerprints of a rule set's form.

    Args:
        rules: the edition's.
        folder: the edition folder; a rule set of one's own may have a form.toml beside it.
        log: gets every fault.

    Returns:
        The passages, or none where the rule set has no form.toml.
    """
    document = _document(rules, folder, log)
    record = document.structure(FormRecord, log) if document else None
    if record is None:
        return ()
    return tuple(Passage(p.kind, p.name, frozenset(p.prints.split())) for p in record.passages)


def _document(rules: RuleSet, folder: Path, log: InputLog) -> TomlDocument | None:
    if rules.name in shipped_rule_sets():
        year = rules.name.removeprefix("stockholm-")
        resource = files("kvaljury_rubrics") / year / FORM_FILE
        return parse_toml(resource.read_bytes(), f"kvaljury_rubrics/{rules.name}/{FORM_FILE}", log)
    if rules.source is None:
        return None
    file = (PurePosixPath(rules.source.file).parent / FORM_FILE).as_posix()
    return read_toml(folder / file, file, log) if is_present(folder / file) else None
