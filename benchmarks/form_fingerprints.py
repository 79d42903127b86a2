"""Make the fingerprints of a form from the text of its instructions.

A rule set tells on which line each question stands; introductory texts stand between the
heading of an area and its first question, annexes at the end. What is written holds hashes of
five words on end only, from which no sentence can be had.

    python benchmarks/form_fingerprints.py stockholm-2025 INSTRUCTIONS.txt > form.toml
"""

from __future__ import annotations

import hashlib
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from kvaljury.core.intake.fingerprints import GRAM, fingerprints
from kvaljury.core.intake.words import folded_words
from kvaljury.core.model import Question, RuleSet
from kvaljury.files import read_rule_set

_SIGNS = re.compile(r"</?i>|\*+")
_NUMBER = re.compile(r"^[\s-]*(?:[0-9]{1,2}\.\s*)?(?:[a-h]\.\s*)?")
_OPENS = re.compile(r"^[\s-]*(?:[0-9]{1,2}\.|[a-h]\.)\s")
_ANNEX = re.compile(r"^Bilaga [0-9]$")
_PER_LINE = 9
_SHORTEST_QUESTION = 3

Passage = tuple[str, str, set[str]]


def passages(rules: RuleSet, lines: list[str]) -> Iterator[Passage]:
    """Give kind, name and fingerprints of every passage.

    Args:
        rules: that name the lines.
        lines: of the instructions.
    """
    for area in rules.areas:
        first = min(_line(question.leaves[0].source) for question in area.questions)
        yield "introduction", area.id, _introduction(area.label.sv or "", lines, first)
        for question in area.questions:
            yield from _question(question, lines)
    if rules.bid.removable:
        yield from _annexes(lines)


def _line(source: str) -> int:
    """Give the index of a line that a source names (``S25:267``)."""
    return int(source.partition(":")[2]) - 1


def _introduction(label: str, lines: list[str], first: int) -> set[str]:
    heading = max((i for i in range(first) if lines[i].strip() == label), default=first)
    prints: set[str] = set()
    for line in lines[heading + 1 : first]:
        if not _OPENS.match(line) and len(folded_words(line)) >= GRAM:
            prints.update(fingerprints(_plain(line)))
    return prints


def _question(question: Question, lines: list[str]) -> Iterator[Passage]:
    at = _line(question.leaves[0].source)
    if question.leaves[0].id != question.id and not re.match(rf"\s*{question.id}\.", lines[at]):
        yield "question", question.id, _prints(_joined(lines, at - 1))
    for leaf in question.leaves:
        yield "question", leaf.id, _prints(_joined(lines, _line(leaf.source)))


def _joined(lines: list[str], first: int) -> str:
    """Give a question whole where its lines were broken."""
    end = first + 1
    while end < len(lines) and lines[end].strip() and not _OPENS.match(lines[end]):
        if lines[end].startswith(" ") and lines[end - 1].rstrip().endswith("."):
            break  # the heading of the next area, glued on
        end += 1
    return " ".join(lines[first:end])


def _prints(text: str) -> set[str]:
    plain = _plain(text)
    return set(fingerprints(plain)) if len(folded_words(plain)) >= _SHORTEST_QUESTION else set()


def _plain(text: str) -> str:
    return _NUMBER.sub("", _SIGNS.sub("", text))


def _annexes(lines: list[str]) -> Iterator[Passage]:
    starts = [i for i, line in enumerate(lines) if _ANNEX.match(line.strip())]
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        prints: set[str] = set()
        for line in lines[start + 1 : end]:
            for cell in line.split("\t"):
                if len(folded_words(cell)) >= GRAM:
                    prints.update(fingerprints(_plain(cell)))
        yield "annex", lines[start].strip(), prints


def main() -> None:
    """Write the fingerprints of a shipped rule set's form."""
    name, path = sys.argv[1], Path(sys.argv[2])
    content = path.read_bytes()
    lines = content.decode("utf-8").split("\n")
    out = [
        f"# Fingerprints of the form of {name}: hashes of five words on end, no text.",
        "# Made by benchmarks/form_fingerprints.py from instructions with the SHA-256",
        f"# {hashlib.sha256(content).hexdigest()}.",
    ]
    for kind, passage, prints in passages(read_rule_set(name), lines):
        if not prints:
            continue
        marks = sorted(prints)
        rows = [" ".join(marks[i : i + _PER_LINE]) for i in range(0, len(marks), _PER_LINE)]
        body = "\n".join(rows)
        out += ["", "[[passages]]", f'kind = "{kind}"', f'name = "{passage}"']
        out.append(f'prints = """\n{body}\n"""')
    sys.stdout.write("\n".join(out) + "\n")


if __name__ == "__main__":
    main()
