"""The rule sets that come with kvaljury, by the names that users type."""

from __future__ import annotations

from pathlib import Path

from kvaljury.core.model import RuleSet
from kvaljury.errors import Text, UsageFault
from kvaljury.files import read_rule_set, shipped_rule_sets
from kvaljury.files.nearest import nearest_hint


def shipped_rule_set(name: str) -> RuleSet:
    """Read a shipped rule set.

    Args:
        name: such as ``stockholm-2025``.

    Returns:
        The rule set.

    Raises:
        UsageFault: if none is called that, with the nearest name.
    """
    shipped = shipped_rule_sets()
    if name not in shipped:
        raise UsageFault(
            Text("no rule set is called {name}", name=name), hint=nearest_hint(name, shipped)
        )
    return read_rule_set(name)


def rule_set_of(name: str) -> RuleSet:
    """Read a rule set by its name or the path of its file.

    Args:
        name: a shipped name, or a path relative to the working folder.

    Returns:
        The rule set.

    Raises:
        UsageFault: if it is neither.
        InputFaults: if the file is at fault.
    """
    path = Path(name)
    if path.is_file():
        return read_rule_set(path.name if path.suffix == ".toml" else f"./{path.name}", path.parent)
    return shipped_rule_set(name)
