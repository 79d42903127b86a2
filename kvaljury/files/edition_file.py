"""An edition.toml to an edition that has its rules and no entries yet."""

from __future__ import annotations

from pathlib import Path

import attrs

from kvaljury.core.model import Edition, RuleSet
from kvaljury.errors import Text
from kvaljury.files.edition_eligibility import (
    eligibility_changes,
    own_overrides,
    with_own_eligibility,
)
from kvaljury.files.edition_records import EditionRecord
from kvaljury.files.edition_rules import changed_keys, with_own_choices
from kvaljury.files.log import InputLog
from kvaljury.files.rule_sets import find_rule_set
from kvaljury.files.toml_documents import read_toml
from kvaljury.files.value_checks import Checks, is_sound

EDITION_FILE = "edition.toml"


def read_edition_file(folder: Path, log: InputLog) -> Edition | None:
    """Read the year, the rule set and what the edition changes in it.

    Args:
        folder: the edition folder.
        log: gets every fault and warning of edition.toml and of the rule set that it names.

    Returns:
        The edition without entries and teams, with what is not at fault; or None where
        edition.toml or its rule set cannot be used at all.

    Raises:
        DiskFault: if a file is there but cannot be read.
    """
    document = read_toml(folder / EDITION_FILE, EDITION_FILE, log)
    record = document.structure(EditionRecord, log) if document else None
    if document is None or record is None:
        return None
    rules = find_rule_set(record.rules, folder, document.source("rules"), log)
    checks = Checks(document, log)
    checks.texts()
    checks.year(record.year)
    return _edition(rules, record, checks) if rules else None


def _edition(rules: RuleSet, record: EditionRecord, checks: Checks) -> Edition:
    uses = with_own_eligibility(rules, record, checks)
    own = attrs.evolve(with_own_choices(rules, record, checks), eligibility=uses)
    changes = changed_keys(rules, own, record) + eligibility_changes(rules.eligibility, uses)
    return Edition(
        title=record.title or _default_title(rules, record.year),
        year=record.year,
        rules=own,
        changes=tuple(sorted(changes)),
        plugins=record.plugins if is_sound(("plugins",), record.plugins or "") else None,
        overrides=own_overrides(rules, uses, record, checks),
    )


def _default_title(rules: RuleSet, year: int) -> Text:
    if year == rules.year:
        return rules.title
    return Text("{title} ({year})", title=rules.title, year=str(year))
