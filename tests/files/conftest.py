"""A small edition whose files the tests of readers write."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from pathlib import Path

import attrs
import pytest

from kvaljury.core.model import (
    Area,
    Criterion,
    Edition,
    Entry,
    EntryClass,
    Examiner,
    Guest,
    Jav,
    Kind,
    Leaf,
    Question,
    Rubric,
    RuleSet,
    Scale,
    Scheme,
    Settings,
    State,
    Team,
    Text,
)
from kvaljury.files.log import InputLog

Write = Callable[[Mapping[str, str | bytes]], Path]
HUNDRED = Fraction(100)


def _leaf(name: str, rubric: str) -> Leaf:
    return Leaf(name, Text(name), HUNDRED, rubric, "S25:1")


CLASSES = (
    EntryClass("forskola", Text("Preschool", sv="Förskola"), Kind.PRESCHOOL),
    EntryClass("skola", Text("School", sv="Skola"), Kind.SCHOOL),
    EntryClass("andra", Text("Other units", sv="Andra verksamheter"), Kind.OTHER),
)
QUESTIONS = (
    Question("1", Text("1"), HUNDRED, (_leaf("1", "approach"),)),
    Question("12", Text("12"), HUNDRED, (_leaf("12a", "approach"), _leaf("12b", "verbs"))),
)
RULES = RuleSet(
    name="small",
    title=Text("Small"),
    year=2025,
    areas=(Area("all", Text("All"), HUNDRED, QUESTIONS),),
    classes=CLASSES,
    eligibility=(),
    facts=(),
    assumptions=(),
    settings=Settings(),
)
SCALE = Scale(Fraction(0), HUNDRED, Fraction(5))
ONE = (Criterion("", Text("Mark", sv="Poäng")),)
VERBS = (Criterion("plan", Text("Plan", sv="Planera")), Criterion("do", Text("Do", sv="Utföra")))


def _mean(marks: object) -> object:
    raise AssertionError("reading sets no score")


APPROACH = Rubric("approach", ONE, SCALE, (), _mean)  # type: ignore[arg-type]
BY_VERB = Rubric("verbs", VERBS, Scale(Fraction(0), Fraction(4), Fraction(1, 2)), (), _mean)  # type: ignore[arg-type]


def _entry(name: str, state: State = State.COMPETING) -> Entry:
    return Entry(
        id=name, name=f"Enheten {name}", entry_class="skola", kind=Kind.SCHOOL, state=state
    )


@pytest.fixture(scope="session")
def scheme() -> Scheme:
    """One leaf with a whole mark, two parts of a question, one of them with two criteria."""
    return Scheme({"1": APPROACH, "12a": APPROACH, "12b": BY_VERB})


@pytest.fixture(scope="session")
def edition() -> Edition:
    """Two teams with a guest, a declared jäv and a calibration case that nobody lists."""
    entries = (_entry("F01"), _entry("F02"), _entry("K01", State.CALIBRATION_CASE), _entry("S01"))
    return Edition(
        title="Small",
        year=2025,
        rules=RULES,
        entries=entries,
        teams=(
            Team("L1", "E01", ("E01", "E02", "E03"), ("F01", "F02")),
            Team("L2", "E04", ("E04", "E05", "E06"), ("S01",), (Guest("E04", "F01"),)),
        ),
        examiners=tuple(
            attrs.evolve(Examiner(name), jav=(Jav("F02", "närstående"),) if name == "E03" else ())
            for name in ("E01", "E02", "E03", "E04", "E05", "E06")
        ),
    )


@pytest.fixture(scope="session")
def classes() -> tuple[EntryClass, ...]:
    """The classes of the small edition."""
    return CLASSES


@pytest.fixture
def log() -> InputLog:
    """An empty log."""
    return InputLog()


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write files, as text in UTF-8 or as bytes, into an edition folder and give the folder."""

    def write_files(files: Mapping[str, str | bytes]) -> Path:
        for name, content in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        return tmp_path

    return write_files
