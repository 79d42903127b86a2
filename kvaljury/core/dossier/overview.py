"""A class ranking to the overview that the jury reads before its dossiers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from kvaljury.core.model import (
    ClassRanking,
    Edition,
    ProposalKind,
    RankedEntry,
    Status,
    Text,
)
from kvaljury.core.model.blocks import (
    Block,
    Bullets,
    Cell,
    Column,
    Heading,
    Interval,
    IntervalChart,
    Paragraph,
    Table,
    bounds,
)
from kvaljury.core.model.figures import number_text, percent_text
from kvaljury.core.model.wording import (
    PROPOSAL_WORDS,
    STATUS_WORDS,
    entry_remarks,
    reason_text,
    shown_place,
)

_SURE = 0.90
_NOT_COMPARED = Text(
    "The order below is that of the examiners' own scores. What looks like a difference between"
    " entries may be a difference between those who read them."
)


def dossier_name(entry: str) -> str:
    """Give the file name of an entry's dossier, without ending."""
    return f"bidrag-{entry}"


def overview_name(entry_class: str) -> str:
    """Give the file name of a class's overview, without ending."""
    return f"klass-{entry_class}"


def overview_blocks(
    edition: Edition, ranked: ClassRanking, dossiers: Mapping[str, str]
) -> tuple[Block, ...]:
    """Tell who stands clear, who must be discussed and why, and what is uncertain.

    Args:
        edition: for proposals and nominations with their reasons, and the rounding.
        ranked: the class.
        dossiers: file name without ending by id, of entries that have a dossier, to link to.

    Returns:
        The overview's blocks, without its title.
    """
    placed = [entry for entry in ranked.entries if entry.rank is not None]
    return (
        *_notes(ranked, placed),
        *_list(edition, ranked, placed, dossiers),
        *_by_status(placed),
        *_uncertain_pairs(placed),
        *_proposals(edition, ranked),
        *_nominations(edition, ranked),
        *_apart(ranked),
    )


def _notes(ranked: ClassRanking, placed: Sequence[RankedEntry]) -> Iterator[Block]:
    """Tell what readers must know, the banner of the guard first."""
    for number, note in enumerate(ranked.notes):
        yield Paragraph(note, is_notice=not ranked.comparable and number == 0)
    if 1 < len(placed) <= ranked.shortlist_size:
        yield Paragraph(
            Text(
                "The class has no more entries than places on the shortlist, so being on it says"
                " nothing of an entry."
            )
        )


def _list(
    edition: Edition,
    ranked: ClassRanking,
    placed: Sequence[RankedEntry],
    dossiers: Mapping[str, str],
) -> Iterator[Block]:
    if not placed:
        return
    decimals = edition.rules.settings.rounding.decimals
    yield Heading(Text("The list"))
    if not ranked.comparable:
        yield Paragraph(_NOT_COMPARED, is_notice=True)
    if len(placed) > 1:
        yield _chart(ranked, placed, decimals)
    columns = _columns(ranked, placed)
    yield Table(
        Text("Entries of the class, by place"),
        tuple(column for column, _ in columns),
        tuple(_row(entry, dossiers, decimals, [name for _, name in columns]) for entry in placed),
    )


def _chart(ranked: ClassRanking, placed: Sequence[RankedEntry], decimals: int) -> IntervalChart:
    lines = tuple(
        Interval(_name(entry), entry.score or 0.0, entry.low, entry.high) for entry in placed
    )
    low, high = bounds(lines)
    has_intervals = any(entry.low is not None for entry in placed)
    return IntervalChart(
        title=Text("Scores with 90 % intervals") if has_intervals else Text("Scores"),
        description=Text("{n} entries, the highest score on top.", n=len(lines)),
        scale=Text("Score, 0–100"),
        low=low,
        high=high,
        lines=lines,
        decimals=decimals,
        cut=ranked.shortlist_size if len(lines) > ranked.shortlist_size else None,
    )


def _columns(ranked: ClassRanking, placed: Sequence[RankedEntry]) -> list[tuple[Column, str]]:
    """Give the columns that say something of this class, each with what stands in it."""
    has_intervals = any(entry.low is not None for entry in placed)
    score = Text("Score (90 % interval)") if has_intervals else Text("Score")
    columns = [
        (Column(Text("Entry"), is_sortable=True, width=3.3), "name"),
        (Column(Text("Place"), is_number=True, is_sortable=True, width=1.15), "place"),
        (Column(score, is_number=True, is_sortable=True, width=1.85), "score"),
        (Column(Text("The team proposes"), is_sortable=True, width=2.0), "proposal"),
        (Column(Text("Status"), is_sortable=True, width=1.65), "status"),
    ]
    has_chances = any(entry.p_shortlist is not None for entry in placed)
    if has_chances and len(placed) > ranked.shortlist_size:
        among = Text("Among the {n} best", n=ranked.shortlist_size)
        columns.insert(
            3, (Column(among, is_number=True, is_sortable=True, width=1.1), "p_shortlist")
        )
    return columns


def _row(
    entry: RankedEntry, dossiers: Mapping[str, str], decimals: int, names: Sequence[str]
) -> tuple[Cell, ...]:
    link = f"{dossiers[entry.id]}.html" if entry.id in dossiers else None
    chance = "" if entry.p_shortlist is None else percent_text(entry.p_shortlist)
    cells = {
        "name": Cell(_name(entry), link=link),
        "place": Cell(shown_place(entry), entry.rank),
        "score": Cell(_score(entry, decimals), entry.score),
        "p_shortlist": Cell(chance, entry.p_shortlist),
        "proposal": Cell(PROPOSAL_WORDS[entry.proposal] if entry.proposal else Text("none filed")),
        "status": Cell(STATUS_WORDS[entry.status]),
    }
    return tuple(cells[name] for name in names)


def _name(entry: RankedEntry) -> str:
    """Give id and name, or the code alone that stands for both."""
    return entry.name if entry.id == entry.name else f"{entry.id} {entry.name}"


def _score(entry: RankedEntry, decimals: int) -> Text | str:
    if entry.score is None:
        return ""
    score = number_text(entry.score, decimals)
    if entry.low is None or entry.high is None:
        return score
    return Text(
        "{score} ({low}–{high})",
        score=score,
        low=number_text(entry.low, decimals),
        high=number_text(entry.high, decimals),
    )


def _by_status(placed: Sequence[RankedEntry]) -> Iterator[Block]:
    clear = [entry for entry in placed if entry.status is Status.SHORTLISTED]
    discussed = [entry for entry in placed if entry.status is Status.DISCUSS]
    if clear:
        yield Heading(Text("Stand clear"))
        yield Bullets(tuple(_name(entry) for entry in clear))
    if discussed:
        yield Heading(Text("To be discussed, and why"))
        yield Bullets(tuple(_why(entry) for entry in discussed))


def _why(entry: RankedEntry) -> Text | str:
    if not entry.reasons:
        return _name(entry)
    return Text(
        "{name}: {reasons}",
        name=_name(entry),
        reasons=joined([reason_text(reason) for reason in entry.reasons]),
    )


def joined(texts: Sequence[Text]) -> Text:
    """Join texts with semicolons, each in the reader's language."""
    parts = list(texts)
    template = "; ".join(f"{{part{number}}}" for number in range(len(parts)))
    return Text(template, sv=template, **{f"part{n}": part for n, part in enumerate(parts)})


def _uncertain_pairs(placed: Sequence[RankedEntry]) -> Iterator[Block]:
    pairs = [text for first, second in pairwise(placed) if (text := _uncertain(first, second))]
    if pairs:
        yield Heading(Text("Neighbours whose order is uncertain"))
        yield Bullets(tuple(pairs))
    elif len(placed) > 1 and all(entry.p_above_next is None for entry in placed):
        yield Heading(Text("Neighbours whose order is uncertain"))
        yield Paragraph(
            Text("The uncertainty cannot be estimated, so no order in this list is certain.")
        )


def _uncertain(first: RankedEntry, second: RankedEntry) -> Text | None:
    """Say that the order of neighbours is uncertain, or nothing where it is not."""
    if first.rank == second.rank:
        return Text(
            "{first} and {second} share place {rank}",
            first=_name(first),
            second=_name(second),
            rank=first.rank,
        )
    if first.p_above_next is None or first.p_above_next >= _SURE:
        return None
    return Text(
        "{first} lies above {second} with a probability of {share}",
        first=_name(first),
        second=_name(second),
        share=percent_text(first.p_above_next),
    )


def _proposals(edition: Edition, ranked: ClassRanking) -> Iterator[Block]:
    """List what the teams propose, with their reasons; the mentions among them can be given."""
    names = {entry.id: _name(entry) for entry in ranked.entries}
    awards = [entry.id for entry in ranked.entries if entry.proposal is ProposalKind.AWARD]
    for title, entries in (
        (Text("Proposed for the award by their teams"), awards),
        (Text("Proposed for an honourable mention"), ranked.mentions),
    ):
        if entries:
            yield Heading(title)
            yield Bullets(
                tuple(
                    _with_reason(names[entry], edition.proposals[entry].reason) for entry in entries
                )
            )


def _nominations(edition: Edition, ranked: ClassRanking) -> Iterator[Block]:
    """List what the beredningsgrupp sends on, drops or adds."""
    told = [
        Text(
            "{name}: {kind}. {reason}",
            name=_name(entry),
            kind=PROPOSAL_WORDS[edition.nominations[entry.id].nominated_for],
            reason=edition.nominations[entry.id].reason,
        )
        for entry in ranked.entries
        if entry.id in edition.nominations
    ]
    if told:
        yield Heading(Text("What the drafting group sends on"))
        yield Bullets(tuple(told))


def _with_reason(name: str, reason: str) -> Text | str:
    return Text("{name}: {reason}", name=name, reason=reason) if reason else name


def _apart(ranked: ClassRanking) -> Iterator[Block]:
    apart = [entry for entry in ranked.entries if entry.rank is None]
    if not apart:
        return
    yield Heading(Text("Outside the ranking"))
    yield Bullets(
        tuple(
            Text(
                "{name}: {status}. {reasons}",
                name=_name(entry),
                status=STATUS_WORDS[entry.status],
                reasons=joined(entry_remarks(entry)),
            )
            for entry in apart
        )
    )
