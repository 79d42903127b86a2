"""The page about rule sets holds what it promises."""

import re
from pathlib import Path

from kvaljury.files.edition_file import read_edition_file
from kvaljury.files.log import InputLog
from kvaljury.files.rule_sets import read_rule_set, shipped_rule_sets

README = Path(__file__).parents[2] / "rubrics" / "README.md"


def test_the_example_of_an_edition_can_be_read(tmp_path: Path) -> None:
    example = re.search(r"```toml\n(.*?)```", README.read_text("utf-8"), re.DOTALL)
    assert example
    (tmp_path / "edition.toml").write_text(example[1], "utf-8")
    log = InputLog()
    edition = read_edition_file(tmp_path, log)
    assert (log.faults, log.warnings) == ([], [])
    assert edition is not None
    assert edition.year == 2026
    assert "eligibility.D25-03.deadline" in edition.changes


def test_the_table_of_rule_sets_counts_right() -> None:
    row = re.compile(r"^\| `([\w-]+)`" + r" \| (\d+)" * 4 + r" \|", re.MULTILINE)
    rows = row.findall(README.read_text("utf-8"))
    counted = []
    for name in shipped_rule_sets():
        rules = read_rule_set(name)
        questions = sum(len(area.questions) for area in rules.areas)
        numbers = (rules.year, len(rules.areas), questions, len(list(rules.leaves())))
        counted.append((name, *map(str, numbers)))
    assert sorted(rows) == counted
