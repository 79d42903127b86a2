"""What the sections of a dossier are made from: one entry's own, and its class without names."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from kvaljury.core.model.blocks import Paragraph, Picture
from kvaljury.core.model.edition import Nomination, Proposal
from kvaljury.core.model.figures import number_text, percent_text
from kvaljury.core.model.results import RankedEntry
from kvaljury.errors import Text

_NOT_COMPARED = Text("The teams cannot be compared")
_WHY = Text(
    "What looks like a difference between entries may be a difference between those who read them."
)


@attrs.frozen
class AreaStanding:
    """An entry in one area.

    Attributes:
        label: of the area.
        weight: percent of the total.
        score: mean of its readings' area scores, 0-100, or None where none has one.
        others: the same of the other entries of the class that are read, sorted.
        by_reader: area score by reader's code, in the order of the codes.
        strengths: what examiners wrote of the area, then on its questions; nobody is named.
        development: likewise.
        remarks: what they wrote that is neither.
    """

    id: str
    label: Text
    weight: float
    score: float | None
    others: tuple[float, ...]
    by_reader: Mapping[str, float] = attrs.field(hash=False)
    strengths: tuple[str, ...] = ()
    development: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


@attrs.frozen
class Reader:
    """An examiner of the entry under a code that stands for nobody outside this dossier.

    Attributes:
        code: ``A``, ``B`` …
        is_guest: whether of another team.
        total: of the reading, 0-100.
    """

    code: str
    is_guest: bool
    total: float


@attrs.frozen
class Rival:
    """Another ranked entry of the class, without its name.

    Attributes:
        rank: shared by tied entries.
        score: 0-100.
        low: lower end of the 90 % interval, or None.
        high: upper end.
    """

    rank: int
    score: float
    low: float | None
    high: float | None


@attrs.frozen
class Bid:
    """What a bid brings to the jury beside its answers.

    Attributes:
        presentation: its presentation text, or empty.
        picture: its image, or None.
    """

    presentation: str = ""
    picture: Picture | None = None


@attrs.frozen
class AgreedLeaf:
    """A question, or a part of one, that the home team agreed on after the visit.

    Attributes:
        id: of the leaf.
        label: of the leaf.
        marks: pairs of a criterion's label and the agreed mark on the rubric's scale.
        reasons: the team's, each once.
        own: mean of the home examiners' own scores, 0-100, or None where none marked it in full.
        agreed: agreed score, 0-100, or None where a criterion has no agreed mark.
    """

    id: str
    label: Text
    marks: tuple[tuple[Text, float], ...]
    reasons: tuple[str, ...]
    own: float | None
    agreed: float | None


@attrs.frozen
class AgreedArea:
    """An area, or the whole, before and after the home team agreed, as means over its examiners.

    Attributes:
        label: of the area.
        own: by the examiners' own marks, 0-100.
        agreed: by the agreed ones where there are any, else by their own.
    """

    label: Text
    own: float
    agreed: float


@attrs.frozen
class TeamConsensus:
    """What the home team agreed on, beside what its examiners had marked before.

    Attributes:
        total: of the whole, or None where no home examiner has a total.
        areas: in the order of the instructions.
        leaves: with an agreed mark, in the order of the instructions.
        by_reader: mean of agreed less own score over the leaves that have both, in points, by
            reader's code, in the order of the codes; guests took no part.
    """

    total: AgreedArea | None
    areas: tuple[AgreedArea, ...]
    leaves: tuple[AgreedLeaf, ...]
    by_reader: Mapping[str, float] = attrs.field(hash=False)


@attrs.frozen
class AskedDocument:
    """A document that is asked for at the site visit.

    Attributes:
        label: of the document.
        seen: whether the team saw it, or None where it said nothing.
        remark: the team's words, or empty.
        on_request: whether it is asked for only where examiners want it.
    """

    label: Text
    seen: bool | None
    remark: str = ""
    on_request: bool = False


@attrs.frozen
class DossierCase:
    """Everything that a dossier of one entry may say.

    Attributes:
        edition: title of the edition.
        entry: its place, status, reasons and findings.
        administration: of the unit, or None where it is not told.
        class_title: of its class.
        shortlist_size: k.
        comparable: whether the class can be compared.
        notes: what readers of the class must know, the banner of the guard first.
        rivals: the other ranked entries of the class, best first.
        areas: in the order of the instructions.
        readers: in the order of their codes.
        has_consensus: whether scores rest on what the home team agreed on, so that its
            readings are shifted to that and only their differences are the readers' own.
        proposal: the team's, with its reason, or None.
        nomination: what the beredningsgrupp sends on, with its reason, or None.
        sensitivity: two sentences, or none where it was not computed.
        bid: what the bid itself brings to the jury.
        decimals: of scores as shown.
        how: sentences that say how the numbers were made.
        digest: SHA-256 of all that they were made from, in hexadecimal.
        status_word: the status in words.
        proposal_word: what the team proposes in words, or None where nothing was filed.
        nomination_word: what the beredningsgrupp sends it on for in words, or None.
        consensus: what the home team agreed on, whether scores rest on it or not, or None.
        documents: what is asked for at the visit, in the order of the check list.
    """

    edition: Text | str
    entry: RankedEntry
    administration: str | None
    class_title: Text
    shortlist_size: int
    comparable: bool
    notes: tuple[Text, ...]
    rivals: tuple[Rival, ...]
    areas: tuple[AreaStanding, ...]
    readers: tuple[Reader, ...]
    has_consensus: bool
    proposal: Proposal | None
    nomination: Nomination | None
    sensitivity: tuple[Text, ...]
    bid: Bid
    decimals: int
    how: tuple[Text, ...]
    digest: str
    status_word: Text
    proposal_word: Text | None
    nomination_word: Text | None
    consensus: TeamConsensus | None = None
    documents: tuple[AskedDocument, ...] = ()

    @property
    def has_choice(self) -> bool:
        """Whether the class has more ranked entries than places on the shortlist."""
        return len(self.rivals) + (self.entry.rank is not None) > self.shortlist_size

    def banner(self) -> tuple[Paragraph, ...]:
        """Give what must stand beside all that sets the entry against others of its class.

        Returns:
            A notice where the class cannot be compared, else nothing.
        """
        if self.comparable:
            return ()
        guard = self.notes[0] if self.notes else _NOT_COMPARED
        template = "{guard}. {why}"
        return (Paragraph(Text(template, sv=template, guard=guard, why=_WHY), is_notice=True),)

    def number(self, score: float) -> Text:
        """Show a score as the edition rounds it."""
        return number_text(score, self.decimals)

    def percent(self, probability: float) -> Text:
        """Show a probability as a whole percentage that never claims certainty it has not."""
        return percent_text(probability)
