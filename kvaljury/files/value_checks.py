"""Values of rule sets and editions that have the right type and cannot be meant."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

import attrs

from kvaljury.core.model import Area, Stage
from kvaljury.errors import Source, Text
from kvaljury.files.characters import (
    LONGEST_NAME,
    LONGEST_PROSE,
    code_of,
    first_control,
    has_plain_characters,
)
from kvaljury.files.ids import id_misfit
from kvaljury.files.jury_records import JuryRecord
from kvaljury.files.log import InputLog
from kvaljury.files.numbers import as_shown
from kvaljury.files.rule_records import ClassRecord, SettingsRecord, as_text
from kvaljury.files.toml_documents import TomlDocument

Path = tuple[str | int, ...]

_PERCENT = 100
_NAME_KEYS = frozenset({"title", "name", "id", "by", "rules", "plugins", "entry", "rule"})
_YEARS = (1990, 2100)
_DRAWS = (100, 100_000)
_SEEDS = (0, 2**63 - 1)
_DECIMALS = (0, 6)
_SIZES = (1, 10_000)
_CLEAR = (Fraction(1, 2), Fraction(1))
_POINTS = (0, 100)
_JURORS = (1, 100)
_AWARDS = (0, 100)


class Checks:
    """The checks of one document; each notes what is wrong at its address."""

    def __init__(self, document: TomlDocument, log: InputLog) -> None:
        self.document = document
        self.log = log

    def source(self, *path: str | int) -> Source:
        """Give the address of a key."""
        return self.document.source(*path)

    def fault(self, code: str, path: Path, message: Text, hint: Text | None = None) -> None:
        """Note a fault at a key."""
        self.log.fault(code, self.source(*path), message, hint)

    def warn(self, code: str, path: Path, message: Text) -> None:
        """Note a warning at a key."""
        self.log.warn(code, self.source(*path), message)  # no logger

    def year(self, year: int) -> None:
        """Check a year of the award."""
        self._between(year, _YEARS, ("year",))

    def settings(self, record: SettingsRecord) -> None:
        """Check the ranges of the tables by which an edition chooses."""
        self._between(record.calibration.seed, _SEEDS, ("calibration", "seed"))
        self._between(record.calibration.draws, _DRAWS, ("calibration", "draws"))
        self._between(record.shortlist.size, _SIZES, ("shortlist", "size"))
        self._between(record.rounding.decimals, _DECIMALS, ("rounding", "decimals"))
        self._between(record.agreement.limit, _POINTS, ("agreement", "limit"))
        self._sections(record.dossier.sections)
        self.jury(record.jury, "jury")
        clear = record.shortlist.clear
        if clear is not None and not _CLEAR[0] < clear <= _CLEAR[1]:
            message = Text(
                "{value} is no probability over 0.5 and at most 1", value=as_shown(clear)
            )
            self.fault("out-of-range", ("shortlist", "clear"), message)

    def jury(self, record: JuryRecord, table: str) -> None:
        """Check the ranges of a table of jury rules, and that each jäv rule is named once."""
        if isinstance(record.quorum, int):
            self._between(record.quorum, _JURORS, (table, "quorum"))
        for name, number in record.awards.items():
            self._between(number, _AWARDS, (table, "awards", name))
        rules, path = record.jav_rules, (table, "jav_rules")
        if rules is not None and not rules:
            message = Text("no jäv is derived: only what is declared keeps anyone out")
            self.warn("no-jav-rules", path, message)
        for name in sorted({name for name in rules or () if (rules or ()).count(name) > 1}):
            self.fault("same-rule", path, Text("the jäv rule {name} stands twice", name=name))

    def _sections(self, names: Sequence[str] | None) -> None:
        """Check that dossiers have sections, each once."""
        path = ("dossier", "sections")
        if names is not None and not names:
            self.fault("no-sections", path, Text("a dossier needs at least one section"))
        for name in sorted({name for name in names or () if (names or ()).count(name) > 1}):
            self.fault("same-section", path, Text("the section {name} stands twice", name=name))

    def classes(self, records: Sequence[ClassRecord]) -> None:
        """Check ids, titles and sizes of classes; entries name a class by either."""
        if not records:
            self.fault("no-classes", ("classes",), Text("there is no class to compete in"))
        self.ids("classes", (record.id for record in records))
        seen: dict[str, int] = {}
        for index, record in enumerate(records):
            for title in sorted({str(as_text(record.title)), as_text(record.title).sv or ""}):
                if seen.setdefault(title.casefold(), index) != index:
                    message = Text('two classes are called "{title}"', title=title)
                    self.fault("same-title", ("classes", index, "title"), message)
        for index, record in enumerate(records):
            self._between(record.shortlist_size, _SIZES, ("classes", index, "shortlist_size"))

    def ids(self, table: str, ids: Iterable[str]) -> None:
        """Check the ids of a list of tables: their form, and that no two are the same."""
        self.each_id((((table, index, "id"), word) for index, word in enumerate(ids)))

    def each_id(self, placed: Iterable[tuple[Path, str]]) -> None:
        """Check ids, each with its path, regardless of case."""
        seen: dict[str, Path] = {}
        for path, word in placed:
            if misfit := id_misfit(word):
                self.fault("bad-id", path, *misfit)
            elif (first := seen.setdefault(word.casefold(), path)) != path:
                line = self.source(*first).line
                message = Text("{word} stands already on line {line}", word=word, line=line)
                self.fault("same-id", path, message)

    def stages(self, path: Path, stages: Sequence[Stage]) -> None:
        """Check that a rule has stages, each once."""
        if not stages or len(set(stages)) < len(stages):
            message = Text("a rule needs at least one stage, each once")
            hint = Text("enabled = false in edition.toml leaves a rule out")
            self.fault("bad-stages", path, message, hint)

    def texts(self) -> None:
        """Check that every text of the document says something and holds no control character."""
        for path, text in _texts(self.document.data, ()):
            if misfit := _text_misfit(path, text):
                self.fault(misfit[0], path, misfit[1])

    def _between(self, value: int | Fraction | None, limits: tuple[int, int], path: Path) -> None:
        low, high = limits
        if value is not None and not low <= value <= high:
            shown = as_shown(Fraction(value))
            message = Text("{value} is outside {low}–{high}", value=shown, low=low, high=high)
            self.fault("out-of-range", path, message)


def is_sound(path: Path, text: str) -> bool:
    """Tell whether `Checks.texts` has nothing to say of a text at a path."""
    return _text_misfit(path, text) is None


def _text_misfit(path: Path, text: str) -> tuple[str, Text] | None:
    """Say what is wrong with a text, as code and message."""
    longest = LONGEST_PROSE if _NAME_KEYS.isdisjoint(path[-2:]) else LONGEST_NAME
    if not text.strip():
        return "empty-text", Text("the text is empty")
    if len(text) > longest:
        return "too-long", Text("the text is longer than {limit} characters", limit=longest)
    if control := _control(text, lines=path[-1] == "reason"):
        message = Text("the text holds the control character {code}", code=code_of(control))
        return "control-character", message
    return None


def _control(text: str, *, lines: bool) -> str | None:
    return None if has_plain_characters(text) else first_control(text, lines=lines)


def _texts(value: object, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _texts(item, (*path, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _texts(item, (*path, index))


@attrs.frozen
class WeightGroup:
    """Weights that must sum to 100.

    Attributes:
        level: ``"areas"``, ``"questions"`` or ``"leaves"``.
        holder: id of the area or question whose weights they are, empty for the areas.
        whose: the same, as people say it.
        weights: percent by id.
    """

    level: str
    holder: str
    whose: Text
    weights: tuple[tuple[str, Fraction], ...]


def weight_groups(areas: Sequence[Area]) -> Iterator[WeightGroup]:
    """Give the weights of every level, from the areas down to the leaves."""
    yield WeightGroup("areas", "", Text("the areas"), tuple((a.id, a.weight) for a in areas))
    for area in areas:
        weights = tuple((q.id, q.weight) for q in area.questions)
        yield WeightGroup(
            "questions", area.id, Text("the questions of area {id}", id=area.id), weights
        )
        for question in area.questions:
            parts = tuple((leaf.id, leaf.weight) for leaf in question.leaves)
            whose = Text("the parts of question {id}", id=question.id)
            yield WeightGroup("leaves", question.id, whose, parts)


def check_weights(group: WeightGroup, path: Path, checks: Checks) -> None:
    """Note weights that are negative or do not sum to exactly 100.

    Args:
        group: the weights.
        path: where they stand.
        checks: of the document.
    """
    negative = [word for word, weight in group.weights if weight < 0]
    total = sum((weight for _, weight in group.weights), Fraction(0))
    if negative:
        message = Text("the weight of {ids} is negative", ids=", ".join(negative))
        checks.fault("negative-weight", path, message)
    elif total != _PERCENT:
        message = Text(
            "the weights of {whose} sum to {total} and not to 100",
            whose=group.whose,
            total=str(total) if round(total, 6) == _PERCENT else as_shown(total),
        )
        hint = Text('write thirds and the like exactly, as "100/3"')
        checks.fault("weight-sum", path, message, hint)
