"""What somebody should read before feedback is sent: points that tell a score or another unit."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kvaljury.core.aggregation import by_entry
from kvaljury.core.dossier import hiding_others, sort_comments
from kvaljury.core.dossier.blinding import OMITTED
from kvaljury.core.dossier.comments import with_remarks
from kvaljury.core.model import Area, Edition, LoneComment, Mark, Marks, Ranking, Remark
from kvaljury.errors import Text

_NUMBER = r"(?:\d+(?:[.,]\d+)?|första|andra|tredje|first|second|third)"
_MEASURE = r"(?:poäng|rang\w*|plats(?:en)?|placering\w*|points?|rank\w*|place|score\w*)"
_TELLS = re.compile(
    rf"(?<!\w)(?:{_NUMBER}(?:[:.]?\w{{0,2}})?\s+{_MEASURE}|{_MEASURE}\s+\W*(?:\w+\s+)?{_NUMBER})(?!\w)",
    re.IGNORECASE,
)


def points_to_read(edition: Edition, marks: Marks, ranking: Ranking) -> Iterator[Text]:
    """Name every entry and area whose points should be read before they are sent.

    Args:
        edition: that was ranked.
        marks: for what the examiners wrote.
        ranking: whose entries get feedback.

    Returns:
        A sentence an entry and area: that a point seems to tell a score or a place, or how many
        have had a name left out.
    """
    comments, remarks = by_entry(marks.commented), by_entry(marks.remarks)
    for entry in sorted(entry.id for ranked in ranking.classes for entry in ranked.entries):
        hide = hiding_others(edition, entry)
        for area in edition.rules.areas:
            points = _points(area, comments.get(entry, ()), remarks.get(entry, ()))
            if any(_TELLS.search(point) for point in points):
                yield Text(
                    "{entry}, {area}: a comment seems to tell a score or a place. Read it before"
                    " you send it.",
                    entry=entry,
                    area=area.label,
                )
            masked = sum(OMITTED in hide(point) for point in points)
            if masked:
                yield Text(
                    "{entry}, {area}: comments in which a name was left out: {n}. Read them before"
                    " you send them.",
                    entry=entry,
                    area=area.label,
                    n=masked,
                )


def _points(
    area: Area, comments: Sequence[Mark | LoneComment], remarks: Sequence[Remark]
) -> tuple[str, ...]:
    leaves = {leaf.id for leaf in area.leaves()}
    said = with_remarks(
        sort_comments(mark.comment for mark in comments if mark.question in leaves),
        (remark for remark in remarks if remark.area == area.id),
    )
    return (*said.strengths, *said.development)
