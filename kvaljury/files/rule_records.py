"""What rules.toml and edition.toml may hold: one attrs class a table."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import attrs

from kvaljury.core.model import (
    Allocation,
    DeadlineKind,
    EntryClass,
    FormulaPolicy,
    Kind,
    MarksUsed,
    Settings,
    Stage,
)
from kvaljury.errors import Text
from kvaljury.files.jury_records import JuryRecord, chosen_jury


@attrs.frozen
class BothLanguages:
    """A text in Swedish and in English."""

    sv: str
    en: str


Label = str | BothLanguages


@attrs.frozen
class ClassRecord:
    """A class in which entries compete."""

    id: str
    title: Label
    kind: Kind
    shortlist_size: int | None = None


@attrs.frozen
class LeafRecord:
    """A lettered part of a question."""

    id: str
    label: Label
    weight: Fraction
    rubric: str
    source: str = ""
    words: tuple[str, ...] = ()


@attrs.frozen
class QuestionRecord:
    """A question, either with leaves or with a rubric of its own."""

    id: str
    label: Label
    weight: Fraction
    rubric: str | None = None
    source: str = ""
    leaves: tuple[LeafRecord, ...] = ()
    words: tuple[str, ...] = ()


@attrs.frozen
class AreaRecord:
    """A question area."""

    id: str
    label: Label
    weight: Fraction
    questions: tuple[QuestionRecord, ...]


@attrs.frozen
class EligibilityRecord:
    """A rule of the edition."""

    id: str
    rule: str
    label: Label
    stages: tuple[Stage, ...]
    source: str = ""
    parameters: dict[str, object] = attrs.field(factory=dict)
    overridable: bool = False
    assumption: Label | None = None


@attrs.frozen
class FactRecord:
    """A date, limit or provision that is shown only."""

    id: str
    label: Label
    value: Label
    source: str = ""


@attrs.frozen
class AssumptionRecord:
    """What is a proposal where the instructions are silent."""

    id: str
    text: Label


@attrs.frozen
class ScoringRecord:
    """The table [scoring]; None is what the layer below has."""

    marks: MarksUsed | None = None
    aggregation: str | None = None


@attrs.frozen
class CalibrationRecord:
    """The table [calibration]."""

    method: str | None = None
    allocation: Allocation | None = None
    seed: int | None = None
    draws: int | None = None


@attrs.frozen
class ShortlistRecord:
    """The table [shortlist]."""

    rule: str | None = None
    size: int | None = None
    clear: Fraction | None = None


@attrs.frozen
class RoundingRecord:
    """The table [rounding]."""

    decimals: int | None = None


@attrs.frozen
class AgreementRecord:
    """The table [agreement]."""

    limit: Fraction | None = None


@attrs.frozen
class DossierRecord:
    """The table [dossier]."""

    sections: tuple[str, ...] | None = None


@attrs.frozen
class WorkbooksRecord:
    """The table [workbooks]."""

    formulas: FormulaPolicy | None = None


@attrs.frozen
class VisitDocumentRecord:
    """A document of the check list for site visits."""

    id: str
    label: Label
    source: str = ""
    on_request: bool = False


@attrs.frozen
class DeadlineRecord:
    """A day by which something has to be there; ``at`` as for the rules' deadlines."""

    id: str
    kind: DeadlineKind
    label: Label
    at: str
    source: str = ""


@attrs.frozen
class BidRecord:
    """The table [bid]: what is asked of the Word contribution."""

    longest: int | None = None
    presentation_longest: int | None = None
    image_size: tuple[int, ...] | None = None
    change_days: tuple[int, ...] | None = None
    takes_appendices: bool = True
    removable: tuple[str, ...] = ()
    sources: dict[str, str] = attrs.field(factory=dict)
    rules: dict[str, str] = attrs.field(factory=dict)


@attrs.frozen(kw_only=True)
class SettingsRecord:
    """The tables by which an edition chooses."""

    scoring: ScoringRecord = ScoringRecord()
    calibration: CalibrationRecord = CalibrationRecord()
    shortlist: ShortlistRecord = ShortlistRecord()
    rounding: RoundingRecord = RoundingRecord()
    agreement: AgreementRecord = AgreementRecord()
    dossier: DossierRecord = DossierRecord()
    workbooks: WorkbooksRecord = WorkbooksRecord()
    jury: JuryRecord = attrs.field(factory=JuryRecord)


@attrs.frozen(kw_only=True)
class RuleSetRecord(SettingsRecord):
    """A whole rules.toml."""

    name: str
    title: Label
    year: int
    areas: tuple[AreaRecord, ...]
    classes: tuple[ClassRecord, ...]
    eligibility: tuple[EligibilityRecord, ...] = ()
    facts: tuple[FactRecord, ...] = ()
    assumptions: tuple[AssumptionRecord, ...] = ()
    documents: tuple[VisitDocumentRecord, ...] = ()
    deadlines: tuple[DeadlineRecord, ...] = ()
    bid: BidRecord = BidRecord()


def as_text(label: Label) -> Text:
    """Make a text of a label; one in a single language serves for both.

    >>> as_text("Skola").sv
    'Skola'
    """
    if isinstance(label, str):
        return Text(label, sv=label)
    return Text(label.en, sv=label.sv)


def as_class(record: ClassRecord) -> EntryClass:
    """Make a class of its record."""
    return EntryClass(record.id, as_text(record.title), record.kind, record.shortlist_size)


def chosen(settings: Settings, record: SettingsRecord) -> Settings:
    """Lay the tables of a file over settings.

    Args:
        settings: what holds where the tables say nothing.
        record: the tables.

    Returns:
        The settings with every key that the tables give.
    """
    return Settings(
        _laid_over(settings.scoring, record.scoring),
        _laid_over(settings.calibration, record.calibration),
        _laid_over(settings.shortlist, record.shortlist),
        _laid_over(settings.rounding, record.rounding),
        _laid_over(settings.agreement, record.agreement),
        _laid_over(settings.dossier, record.dossier),
        _laid_over(settings.workbooks, record.workbooks),
        chosen_jury(settings.jury, record.jury),
    )


def _laid_over(below: Any, record: attrs.AttrsInstance) -> Any:
    given = attrs.asdict(record, filter=lambda _, value: value is not None)
    exact = {name: float(value) for name, value in given.items() if isinstance(value, Fraction)}
    return attrs.evolve(below, **{**given, **exact})
