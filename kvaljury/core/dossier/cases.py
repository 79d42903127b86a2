"""A ranking to the cases that dossiers are made from, each with its own entry's data only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import attrs

from kvaljury.core.aggregation import by_entry
from kvaljury.core.dossier.agreed import asked_documents, team_consensus
from kvaljury.core.dossier.codes import reader_codes
from kvaljury.core.dossier.comments import sort_comments, with_remarks
from kvaljury.core.model import (
    Area,
    ClassRanking,
    DocumentCheck,
    Edition,
    LoneComment,
    Mark,
    Marks,
    MarksUsed,
    ProposalKind,
    RankedEntry,
    Ranking,
    Reading,
    Remark,
    Status,
    Text,
)
from kvaljury.core.model.dossier import AreaStanding, Bid, DossierCase, Reader, Rival
from kvaljury.core.model.drift import Drift, EntryDrift
from kvaljury.core.model.wording import PROPOSAL_WORDS, STATUS_WORDS

_NO_DRIFT = Drift()
_FOR_JURY = (Status.SHORTLISTED, Status.DISCUSS)
_PROPOSED = (ProposalKind.AWARD, ProposalKind.MENTION)


def entries_for_jury(edition: Edition, ranking: Ranking) -> tuple[str, ...]:
    """Name the entries that the jury reads about.

    Args:
        edition: with the beredningsgrupp's nominations.
        ranking: of the edition.

    Returns:
        Ids of the entries that are shortlisted, to be discussed, proposed by their team or
        nominated, in the order of classes and places.
    """
    return tuple(
        entry.id
        for ranked in ranking.classes
        for entry in ranked.entries
        if entry.status in _FOR_JURY or entry.proposal in _PROPOSED or _nominated(edition, entry.id)
    )


def _nominated(edition: Edition, entry: str) -> bool:
    nomination = edition.nominations.get(entry)
    return nomination is not None and nomination.nominated_for in _PROPOSED


def build_cases(
    edition: Edition,
    marks: Marks,
    ranking: Ranking,
    *,
    bids: Mapping[str, Bid],
    sensitivity: Mapping[str, tuple[Text, ...]],
    how: Sequence[Text],
    digest: str,
    drift: Drift = _NO_DRIFT,
) -> tuple[DossierCase, ...]:
    """Gather what the dossier of each entry for the jury may say.

    Args:
        edition: that was ranked.
        marks: for what the examiners wrote.
        ranking: of the edition.
        bids: presentation texts and pictures by entry id.
        sensitivity: two sentences by entry id.
        how: sentences that say how the numbers were made.
        digest: SHA-256 of all that they were made from.
        drift: of agreed marks, for what teams agreed on.

    Returns:
        The cases in the order of classes and places.
    """
    wanted = set(entries_for_jury(edition, ranking))
    readings = by_entry(ranking.readings)
    comments = by_entry(marks.commented)
    remarks = by_entry(marks.remarks)
    agreed = {mark.entry for mark in marks.consensus}
    drifts = {found.entry: found for found in drift.entries}
    checks = by_entry(marks.document_checks)
    return tuple(
        _case(
            edition,
            ranked,
            entry,
            readings=readings,
            comments=comments.get(entry.id, []),
            remarks=remarks.get(entry.id, []),
            agreed=entry.id in agreed,
            drift=drifts.get(entry.id),
            checks=checks.get(entry.id, []),
            bid=bids.get(entry.id, Bid()),
            sensitivity=sensitivity.get(entry.id, ()),
            how=tuple(how),
            digest=digest,
        )
        for ranked in ranking.classes
        for entry in ranked.entries
        if entry.id in wanted
    )


def _case(
    edition: Edition,
    ranked: ClassRanking,
    entry: RankedEntry,
    *,
    readings: Mapping[str, Sequence[Reading]],
    comments: Sequence[Mark | LoneComment],
    remarks: Sequence[Remark],
    agreed: bool,
    drift: EntryDrift | None,
    checks: Sequence[DocumentCheck],
    bid: Bid,
    sensitivity: tuple[Text, ...],
    how: tuple[Text, ...],
    digest: str,
) -> DossierCase:
    own = readings.get(entry.id, [])
    nomination = edition.nominations.get(entry.id)
    codes = reader_codes(entry.id, (reading.examiner for reading in own))
    others = [each for each in ranked.entries if each.rank is not None and each.id != entry.id]
    unit = next(each for each in edition.entries if each.id == entry.id)
    return DossierCase(
        edition=edition.title,
        entry=entry,
        administration=unit.administration,
        class_title=ranked.title,
        shortlist_size=ranked.shortlist_size,
        comparable=ranked.comparable,
        notes=ranked.notes,
        rivals=tuple(_rivals(ranked, entry.id)),
        areas=tuple(
            _standing(
                area,
                own,
                codes,
                others=[readings.get(each.id, []) for each in others],
                comments=comments,
                remarks=remarks,
            )
            for area in edition.rules.areas
        ),
        readers=tuple(
            sorted(
                (
                    Reader(codes[each.examiner], _is_guest(each, entry), float(each.total))
                    for each in own
                ),
                key=lambda reader: _in_order(reader.code),
            )
        ),
        has_consensus=edition.rules.settings.scoring.marks is MarksUsed.CONSENSUS and agreed,
        proposal=edition.proposals.get(entry.id),
        nomination=nomination,
        sensitivity=sensitivity,
        bid=bid,
        decimals=edition.rules.settings.rounding.decimals,
        how=how,
        digest=digest,
        status_word=STATUS_WORDS[entry.status],
        proposal_word=PROPOSAL_WORDS[entry.proposal] if entry.proposal else None,
        nomination_word=None if nomination is None else PROPOSAL_WORDS[nomination.nominated_for],
        consensus=None if drift is None else team_consensus(drift, edition.rules, codes),
        documents=asked_documents(edition.rules, checks),
    )


def _is_guest(reading: Reading, entry: RankedEntry) -> bool:
    return entry.team is not None and reading.team != entry.team


def _in_order(code: str) -> tuple[int, str]:
    """Give what codes are sorted by: Z stands before AA."""
    return len(code), code


def _rivals(ranked: ClassRanking, entry: str) -> Iterator[Rival]:
    for each in ranked.entries:
        if each.rank is not None and each.score is not None and each.id != entry:
            yield Rival(each.rank, each.score, each.low, each.high)


def _standing(
    area: Area,
    own: Sequence[Reading],
    codes: Mapping[str, str],
    *,
    others: Iterable[Sequence[Reading]],
    comments: Sequence[Mark | LoneComment],
    remarks: Sequence[Remark],
) -> AreaStanding:
    leaves = {leaf.id for leaf in area.leaves()}
    said = with_remarks(
        sort_comments(each.comment for each in comments if each.question in leaves),
        (remark for remark in remarks if remark.area == area.id),
    )
    means = [_mean(area.id, readings) for readings in others]
    return AreaStanding(
        id=area.id,
        label=area.label,
        weight=float(area.weight),
        score=_mean(area.id, own),
        others=tuple(sorted(mean for mean in means if mean is not None)),
        by_reader={
            codes[reading.examiner]: float(reading.areas[area.id])
            for reading in sorted(own, key=lambda each: _in_order(codes[each.examiner]))
            if area.id in reading.areas
        },
        **attrs.asdict(said),
    )


def _mean(area: str, readings: Sequence[Reading]) -> float | None:
    scores = [reading.areas[area] for reading in readings if area in reading.areas]
    return float(sum(scores) / len(scores)) if scores else None
