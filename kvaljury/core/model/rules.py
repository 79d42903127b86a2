"""What an edition of the instructions says, as data: areas, classes, rules, dates, assumptions."""

from collections.abc import Iterator, Mapping
from fractions import Fraction

import attrs

from kvaljury.core.model.kinds import DeadlineKind, Kind, Stage
from kvaljury.core.model.moment import Moment
from kvaljury.core.model.settings import Settings
from kvaljury.errors import Source, Text


@attrs.frozen
class Leaf:
    """The smallest thing that is marked: a question, or a lettered part of one.

    Attributes:
        id: the question's number, with its letter where it has parts (``"12a"``).
        label: a few words, kvaljury's own.
        weight: percent of the question.
        rubric: name of the rubric by which it is marked.
        source: the line of the instructions (``"S25:303"``).
        words: beginnings of words by which people name it in a heading, all of them.
    """

    id: str
    label: Text
    weight: Fraction
    rubric: str
    source: str
    words: tuple[str, ...] = ()


@attrs.frozen
class Question:
    """A numbered question; one without parts has one leaf with the question's own id.

    Attributes:
        id: the question's number.
        label: a few words, kvaljury's own.
        weight: percent of the area.
        leaves: its parts; their weights sum to 100.
        words: as of a leaf.
    """

    id: str
    label: Text
    weight: Fraction
    leaves: tuple[Leaf, ...]
    words: tuple[str, ...] = ()


@attrs.frozen
class Area:
    """A question area.

    Attributes:
        id: ASCII identifier.
        label: the area's heading.
        weight: percent of the total.
        questions: in the order of the instructions; their weights sum to 100.
    """

    id: str
    label: Text
    weight: Fraction
    questions: tuple[Question, ...]

    def leaves(self) -> Iterator[Leaf]:
        """Give the area's leaves in the order of the instructions."""
        for question in self.questions:
            yield from question.leaves


@attrs.frozen
class EntryClass:
    """A class in which entries compete.

    Attributes:
        id: ASCII identifier.
        title: what people call it.
        kind: what the share rules go by.
        shortlist_size: k of its shortlist, or None for the edition's.
    """

    id: str
    title: Text
    kind: Kind
    shortlist_size: int | None = None


@attrs.frozen
class EligibilityUse:
    """A rule of the edition: which plugin checks it, with which figures, at which stages.

    Attributes:
        id: the rule's id in the edition (``"E25-04"``).
        rule: name of the eligibility rule plugin.
        label: a few words, kvaljury's own.
        stages: the stages that it decides.
        parameters: what the plugin's ``check`` is given, besides ``year``.
        source: the line of the instructions (``"S25:54"``).
        overridable: whether a named person may set it aside with a reason.
        assumption: what kvaljury assumes where the instructions are silent.
    """

    id: str
    rule: str
    label: Text
    stages: tuple[Stage, ...]
    parameters: Mapping[str, object] = attrs.field(hash=False)
    source: str
    overridable: bool = False
    assumption: Text | None = None


@attrs.frozen
class Fact:
    """A date, limit or provision of the edition that is shown but checked by no rule here.

    Attributes:
        id: stable id (``"D25-06"``).
        label: a few words, kvaljury's own.
        value: the date, number or short text, as it is shown.
        source: the line of the instructions.
    """

    id: str
    label: Text
    value: Text
    source: str


@attrs.frozen
class VisitDocument:
    """A document that examiners ask for at the site visit.

    Attributes:
        id: ASCII identifier (``"plan"``).
        label: a few words, kvaljury's own.
        source: the line of the instructions.
        on_request: whether it is asked for only where examiners want it.
    """

    id: str
    label: Text
    source: str
    on_request: bool = False


@attrs.frozen
class Deadline:
    """A day of the year by which something has to be there.

    Attributes:
        id: the rule's id in the edition (``"D25-02"``).
        kind: what has to be there.
        label: a few words, kvaljury's own.
        at: a whole day where no hour is given.
        source: the line of the instructions, or empty for the edition's own.
    """

    id: str
    kind: DeadlineKind
    label: Text
    at: Moment
    source: str = ""


@attrs.frozen
class BidFormat:
    """What the instructions ask of the Word contribution; None is not asked for.

    Attributes:
        longest: most characters without whitespace in the whole contribution.
        presentation_longest: most characters without whitespace in the presentation text.
        image_size: width and height of the image in pixels, at least.
        change_days: fewest and most working days for a requested change.
        takes_appendices: whether appendices may be sent along.
        removable: headings of what the form tells to remove before sending: introductory
            texts and appendices of the form itself.
        sources: the line of the instructions by the name of the attribute.
        rules: the rule's id by the name of the attribute (``longest``: ``"F25-02"``).
    """

    longest: int | None = None
    presentation_longest: int | None = None
    image_size: tuple[int, int] | None = None
    change_days: tuple[int, int] | None = None
    takes_appendices: bool = True
    removable: tuple[str, ...] = ()
    sources: Mapping[str, str] = attrs.field(factory=dict, hash=False)
    rules: Mapping[str, str] = attrs.field(factory=dict, hash=False)


@attrs.frozen
class Assumption:
    """What kvaljury proposes where the instructions say nothing; the edition may change it.

    Attributes:
        id: stable id (``"scale"``).
        text: one sentence.
    """

    id: str
    text: Text


@attrs.frozen
class RuleSet:
    """Everything that one edition of the instructions fixes, with kvaljury's proposals.

    Attributes:
        name: the name that ``rules`` in edition.toml gives (``"stockholm-2025"``).
        title: what people call it.
        year: the year of the instructions.
        areas: their weights sum to 100.
        classes: in the order in which they are shown.
        eligibility: in the order in which they are shown.
        facts: dates, limits and provisions that are shown only.
        assumptions: what is kvaljury's proposal.
        settings: defaults of scoring, calibration, shortlist and rounding.
        source: the file it came from, left out of equality.
        documents: what is asked for at the site visit, in the order of the instructions.
        deadlines: in the order of time; those of eligibility rules stand there.
        bid: what is asked of the Word contribution.
    """

    name: str
    title: Text
    year: int
    areas: tuple[Area, ...]
    classes: tuple[EntryClass, ...]
    eligibility: tuple[EligibilityUse, ...]
    facts: tuple[Fact, ...]
    assumptions: tuple[Assumption, ...]
    settings: Settings
    source: Source | None = attrs.field(default=None, eq=False)
    documents: tuple[VisitDocument, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    bid: BidFormat = BidFormat()

    def leaves(self) -> Iterator[Leaf]:
        """Give every leaf in the order of the instructions."""
        for area in self.areas:
            yield from area.leaves()
