"""What examiners wrote to strengths, development areas and other remarks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import attrs

from kvaljury.core.model import Remark, RemarkKind

_STRENGTHS = ("styrka", "styrkor", "strength", "strengths")
_DEVELOPMENT = (
    "utvecklingsområde",
    "utvecklingsområden",
    "utveckling",
    "att utveckla",
    "förbättringsområde",
    "förbättringsområden",
    "development",
    "development area",
    "development areas",
)
_KIND_OF = dict.fromkeys(_STRENGTHS, "strengths") | dict.fromkeys(_DEVELOPMENT, "development")
_KIND_OF_SIGN = {"+": "strengths", "-": "development", "–": "development", "−": "development"}
_BULLET = re.compile(r"^[\s•*·]+")
_LISTED = re.compile(r"^[-–−+]\s+")
_SIGNED = re.compile(r"^([-–−+])\s+(.+)$")
_HEADED = re.compile(
    rf"^({'|'.join(sorted(_KIND_OF, key=len, reverse=True))})\s*(?::|\s[-–]\s)\s*(.*)$",
    re.IGNORECASE,
)


@attrs.frozen
class Comments:
    """Comments by what they say; each once, in order.

    Attributes:
        strengths: without the word that said so.
        development: likewise.
        remarks: neither, as written.
    """

    strengths: tuple[str, ...] = ()
    development: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


def sort_comments(comments: Iterable[str]) -> Comments:
    r"""Sort lines by the word or sign that they begin with: ``Styrka:``, ``Utvecklingsområde:``.

    A word that stands alone on its line holds for the lines below it, to the next such word, an
    empty line or the end of the comment. Nothing is guessed: a line without a beginning is a
    remark.

    Args:
        comments: as written; one may have several lines.

    >>> sort_comments(["Styrka: lugnt\n- mät oftare", "Se bilden."])
    Comments(strengths=('lugnt',), development=('mät oftare',), remarks=('Se bilden.',))
    """
    found: dict[str, dict[str, None]] = {"strengths": {}, "development": {}, "remarks": {}}
    for comment in comments:
        for kind, said in _sorted_lines(comment):
            found[kind][said] = None
    return Comments(*(tuple(found[kind]) for kind in ("strengths", "development", "remarks")))


def with_remarks(said: Comments, remarks: Iterable[Remark]) -> Comments:
    """Put what examiners wrote about an area as a whole before what their comments say.

    Args:
        said: by comments on the area's questions.
        remarks: about the area; what is to be verified at the visit is not for the jury.

    Returns:
        Each line once, without the sign that it begins with; no examiner is named.
    """
    heard = tuple(remarks)
    return Comments(
        _each_once((*_points(heard, RemarkKind.STRENGTH), *said.strengths)),
        _each_once((*_points(heard, RemarkKind.DEVELOPMENT), *said.development)),
        said.remarks,
    )


def _points(remarks: Iterable[Remark], kind: RemarkKind) -> Iterator[str]:
    for remark in remarks:
        for line in remark.text.splitlines() if remark.kind is kind else ():
            point = " ".join(_LISTED.sub("", _BULLET.sub("", line)).split())
            if point:
                yield point


def _each_once(points: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(points))


def _sorted_lines(comment: str) -> Iterator[tuple[str, str]]:
    under: str | None = None
    for line in comment.splitlines():
        text = " ".join(_BULLET.sub("", line).split())
        headed = _HEADED.match(_LISTED.sub("", text))
        if headed:
            kind = _KIND_OF[headed[1].casefold()]
            under = None if headed[2] else kind
            if headed[2]:
                yield kind, headed[2]
        elif not text:
            under = None
        elif under:
            # Below a word a sign only begins a point of a list.
            yield under, _LISTED.sub("", text)
        elif signed := _SIGNED.match(text):
            yield _KIND_OF_SIGN[signed[1]], signed[2]
        else:
            yield "remarks", text
