"""A ranking and what examiners wrote to the feedback that each unit gets, of nobody else.

No score, rank or name of another leaves this module: of the class a unit learns in which third
it lies, and that only where the class is large enough and can be compared.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import attrs

from kvaljury.core.aggregation import by_entry
from kvaljury.core.bands import LEAST, Band, bands_of
from kvaljury.core.dossier import Comments, hiding_others, sort_comments
from kvaljury.core.dossier.comments import with_remarks
from kvaljury.core.model import (
    Area,
    ClassRanking,
    Edition,
    LoneComment,
    Mark,
    Marks,
    RankedEntry,
    Ranking,
    Reading,
    Remark,
)
from kvaljury.core.model.blocks import (
    Block,
    Bullets,
    Cell,
    Column,
    Document,
    Facts,
    Heading,
    Paragraph,
    Table,
)
from kvaljury.core.model.recorded import RecordedDecision
from kvaljury.errors import Text

PREFIX = "aterkoppling"
FEEDBACK = Text("Feedback")
BAND_WORDS = {
    Band.UPPER: Text("the upper third of the class"),
    Band.MIDDLE: Text("the middle third of the class"),
    Band.LOWER: Text("the lower third of the class"),
}
_ROOM = "\n".join("\N{NO-BREAK SPACE}" * 3)
_URGENCY = {Band.LOWER: 0, Band.MIDDLE: 1, Band.UPPER: 2, None: 3}


@attrs.frozen
class _AreaTold:
    """What a unit is told of one area."""

    label: Text
    said: Comments
    band: Band | None


def feedback_documents(
    edition: Edition,
    marks: Marks,
    ranking: Ranking,
    decisions: Mapping[str, RecordedDecision],
) -> tuple[Document, ...]:
    """Write the feedback of every competing entry.

    Args:
        edition: that was ranked.
        marks: for what the examiners wrote; a comment that is neither a strength nor a
            development area was not meant for the unit and is left out.
        ranking: of the edition.
        decisions: those that count, by class id; of a class without one nothing is said of
            awards.

    Returns:
        One document an entry, in the order of ids.
    """
    comments, remarks = by_entry(marks.commented), by_entry(marks.remarks)
    found = {}
    for ranked in ranking.classes:
        bands = _bands(edition, ranked, by_entry(ranking.readings))
        for entry in ranked.entries:
            areas = _areas(
                edition, entry.id, comments.get(entry.id, []), remarks.get(entry.id, []), bands
            )
            blocks = _blocks(edition, entry.id, areas, bands, decisions.get(ranked.class_id))
            subtitle = Text("Feedback, {title}", title=ranked.title)
            name = f"{PREFIX}-{entry.id}"
            found[entry.id] = Document(name, entry.name, subtitle, blocks, FEEDBACK)
    return tuple(document for _, document in sorted(found.items()))


def unsorted_comments(edition: Edition, marks: Marks, ranking: Ranking) -> int:
    """Count the comments that are left out since nothing says what they are."""
    competing = {entry.id for ranked in ranking.classes for entry in ranked.entries}
    known = {leaf.id for leaf in edition.rules.leaves()}
    told = (m for m in marks.commented if m.entry in competing and m.question in known)
    return sum(len(sort_comments([mark.comment]).remarks) for mark in told if mark.comment)


_Bands = Mapping[str, Mapping[str, Band]]
"""By area id, the whole under an empty one, then by entry id."""


def _bands(edition: Edition, ranked: ClassRanking, readings: Mapping[str, list[Reading]]) -> _Bands:
    if not ranked.comparable:
        return {}
    decimals = edition.rules.settings.rounding.decimals
    scored = [entry for entry in ranked.entries if entry.score is not None]
    whole = {entry.id: entry.score for entry in scored if entry.score is not None}
    found = {"": bands_of(whole, decimals)}
    for area in edition.rules.areas:
        found[area.id] = bands_of(_area_scores(area.id, scored, readings), decimals)
    return found


def _area_scores(
    area: str, scored: Sequence[RankedEntry], readings: Mapping[str, list[Reading]]
) -> dict[str, float]:
    """Give each entry's mean in an area, shifted as the calibration shifts its whole.

    Strictness is estimated for the whole, so the same shift is the best guess for each area.
    """
    found = {}
    for entry in scored:
        own = [float(r.areas[area]) for r in readings.get(entry.id, []) if area in r.areas]
        if own and entry.score is not None and entry.raw is not None:
            found[entry.id] = sum(own) / len(own) + entry.score - entry.raw
    return found


def _areas(
    edition: Edition,
    entry: str,
    comments: Sequence[Mark | LoneComment],
    remarks: Sequence[Remark],
    bands: _Bands,
) -> tuple[_AreaTold, ...]:
    hide = hiding_others(edition, entry)

    def told(area: Area) -> _AreaTold:
        leaves = {leaf.id for leaf in area.leaves()}
        said = with_remarks(
            sort_comments(mark.comment for mark in comments if mark.question in leaves),
            (remark for remark in remarks if remark.area == area.id),
        )
        strengths, development = (
            tuple(_as_sentence(hide(point)) for point in points)
            for points in (said.strengths, said.development)
        )
        own = Comments(strengths, development)
        return _AreaTold(area.label, own, bands.get(area.id, {}).get(entry))

    return tuple(map(told, edition.rules.areas))


def _as_sentence(point: str) -> str:
    """Begin with a capital: what stood before it, such as ``Styrka:``, is not shown."""
    return point[:1].upper() + point[1:]


def _blocks(
    edition: Edition,
    entry: str,
    areas: Sequence[_AreaTold],
    bands: _Bands,
    decision: RecordedDecision | None,
) -> tuple[Block, ...]:
    return (
        Paragraph(
            Text(
                "Thank you for taking part in {edition}. Here is what the examiners want to pass on"
                " to you: what you do well, and what they see that you can develop.",
                edition=edition.title,
            )
        ),
        *_result(decision, entry),
        *_comments(areas),
        *_position(bands.get("", {}).get(entry), areas),
        *_plan(areas),
    )


def _result(decision: RecordedDecision | None, entry: str) -> Iterator[Block]:
    if decision is None:
        return
    yield Heading(Text("The jury's decision"))
    if entry in decision.awards:
        text = Text("You receive the award in the class {title}.", title=decision.title)
    elif entry in decision.mentions:
        text = Text("You receive an honourable mention in the class {title}.", title=decision.title)
    else:
        yield Paragraph(
            Text(
                "You do not receive an award or a mention this time. The examiners have read your"
                " bid with interest, and we hope that the feedback is of use in your work."
            )
        )
        return
    yield Paragraph(Text("{told} Congratulations!", told=text))
    motivation = decision.motivations.get(entry)
    if motivation is not None:
        yield Facts(((Text("The jury's motivation"), motivation.text),))


def _position(whole: Band | None, areas: Sequence[_AreaTold]) -> Iterator[Block]:
    yield Heading(Text("Where you stand"))
    if whole is None:
        yield Paragraph(
            Text(
                "Where you stand among the others of your class cannot be told: it takes at least"
                " {n} bids of the class that have been read and can be compared.",
                n=LEAST,
            )
        )
        return
    yield Paragraph(
        Text(
            "As a whole your bid lies in {band}. A third says roughly where you stand. The limits"
            " between them are not sharp, and examiners who read the same bid do not always agree.",
            band=BAND_WORDS[whole],
        )
    )
    rows = tuple(
        (Cell(area.label), Cell(BAND_WORDS[area.band] if area.band else "–")) for area in areas
    )
    columns = (Column(Text("Area"), width=3), Column(Text("Lies in"), width=2))
    yield Table(Text("Area by area"), columns, rows)


def _comments(areas: Sequence[_AreaTold]) -> Iterator[Block]:
    yield Heading(Text("Strengths and development areas"))
    spoken = [area for area in areas if area.said.strengths or area.said.development]
    if not spoken:
        yield Paragraph(
            Text(
                "The examiners have not written down any strengths or development areas. Ask for"
                " them at the feedback visit."
            )
        )
    for area in spoken:
        yield Heading(area.label, level=3)
        for title, points in (
            (Text("Strengths:"), area.said.strengths),
            (Text("Development areas:"), area.said.development),
        ):
            if points:
                yield Paragraph(title)
                yield Bullets(points)


def _plan(areas: Sequence[_AreaTold]) -> Iterator[Block]:
    """Propose a plan: what is to be developed, the areas that lie lowest first."""
    yield Heading(Text("Suggestion for a plan of action"))
    yield Bullets(
        (
            Text("Read the feedback together and talk about what you recognise."),
            Text("Choose one or two areas. What would those you are there for notice most?"),
            Text("Agree on a first step, who is responsible, and when you look at how it went."),
            Text("Keep what works: the strengths are what you build on."),
        )
    )
    open_areas = sorted(
        (area for area in areas if area.said.development), key=lambda area: _URGENCY[area.band]
    )
    if open_areas:
        columns = (
            Column(Text("Area"), width=3),
            Column(Text("What we want to achieve"), width=3),
            Column(Text("First step"), width=3),
            Column(Text("Responsible"), width=2),
            Column(Text("Done by"), width=1.5),
        )
        rows = tuple((Cell(area.label), *[Cell(_ROOM)] * 4) for area in open_areas)
        yield Table(Text("Your plan, to fill in"), columns, rows)
