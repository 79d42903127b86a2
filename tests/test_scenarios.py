"""Whole editions with what kvaljury says of them.

A scenario is a folder with ``input/`` (or ``input.txt``, the path of another folder),
``command.txt`` and ``expected/``. Where the output differs, what came out is written beside as
``<name>.new``, so that accepting it is one move.
"""

import json
import os
import shutil
from pathlib import Path

import pytest

from kvaljury.cli import run

ROOT = Path(__file__).resolve().parents[1]
SCENARIOS = sorted(p for p in (ROOT / "tests/scenarios").iterdir() if p.is_dir())
COUNTED = {"expected_rank", "p_best", "p_shortlist"}


def folder_of(scenario: Path) -> Path:
    other = scenario / "input.txt"
    return ROOT / other.read_text("utf-8").strip() if other.exists() else scenario / "input"


def same(found: object, expected: object, tolerance: float = 1e-4) -> bool:
    """Compare JSON values; the last digits of a float may differ between processors."""
    if isinstance(expected, dict) and isinstance(found, dict):
        return list(found) == list(expected) and all(
            same(found[key], expected[key], 0.01 if key in COUNTED else 1e-4) for key in expected
        )
    if isinstance(expected, list) and isinstance(found, list):
        return len(found) == len(expected) and all(map(same, found, expected))
    if isinstance(expected, float) and type(found) in {float, int}:
        return abs(found - expected) <= tolerance
    return found == expected and type(found) is type(expected)


def keep_new(path: Path, text: str) -> None:
    if os.access(path.parent if path.parent.exists() else path.parents[1], os.W_OK):
        path.parent.mkdir(exist_ok=True)
        path.with_name(path.name + ".new").write_text(text, encoding="utf-8")


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda path: path.name)
def test_the_edition_gives_what_is_expected(
    scenario: Path, tmp_path: Path, capsys, monkeypatch
) -> None:
    edition = tmp_path / "edition"
    shutil.copytree(folder_of(scenario), edition, ignore=shutil.ignore_patterns("out"))
    monkeypatch.setenv("COLUMNS", "110")
    monkeypatch.chdir(edition)
    words = (scenario / "command.txt").read_text("utf-8").split()
    code = run([words[0], *words[1:]])
    out, err = capsys.readouterr()
    told = f"{out}-- errors\n{err}-- exit code {code}\n"
    expected = scenario / "expected/output.txt"
    if not expected.exists() or told != expected.read_text("utf-8"):
        keep_new(expected, told)
        pytest.fail(f"the output differs from {expected}")
    written = edition / "out/ranking.json"
    kept = scenario / "expected/ranking.json"
    assert written.exists() == (words[0] == "rank" and code == 0)
    if written.exists():
        found = json.loads(written.read_text("utf-8"))
        if not kept.exists() or not same(found, json.loads(kept.read_text("utf-8"))):
            keep_new(kept, json.dumps(found, ensure_ascii=False, indent=1) + "\n")
            pytest.fail(f"the ranking differs from {kept}")


def test_a_changed_number_or_key_is_a_difference() -> None:
    assert same({"a": [1.0, "x"]}, {"a": [1.00001, "x"]})
    assert not same({"a": [1.0]}, {"a": [1.1]})
    assert not same({"a": 1.0, "b": 2}, {"a": 1.0})
    assert not same([1.0], [1.0, 2.0])
    assert not same(True, 1.0)
    assert same({"p_best": 0.5}, {"p_best": 0.505})
