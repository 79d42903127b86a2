"""The words that cells may hold, in English and Swedish, to what they mean."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Generic, TypeVar

import attrs

from kvaljury.core.model import BasicControl, Operator, ProposalKind, State

T = TypeVar("T")

_JOINTS = re.compile(r"(?<=\w)[\s_-]+(?=\w)")


@attrs.frozen
class Words(Generic[T]):
    """A closed set of words.

    Attributes:
        by_word: meaning by folded word; those that a fault names stand first.
        shown: how many of them a fault names.
        by_stem: meaning by how a folded word begins, for words that are often misspelt.
    """

    by_word: Mapping[str, T] = attrs.field(hash=False)
    shown: int
    by_stem: Mapping[str, T] = attrs.field(factory=dict, hash=False)

    def meaning(self, text: str) -> T | None:
        """Give what a word means, whatever its case and joints, or None for another word.

        >>> STATES.meaning("Calibration-Case")
        <State.CALIBRATION_CASE: 'calibration_case'>
        >>> PROPOSALS.meaning("hedersomnämmande")
        <ProposalKind.MENTION: 'mention'>
        """
        word = _JOINTS.sub(" ", text.casefold())
        stems = (meaning for stem, meaning in self.by_stem.items() if word.startswith(stem))
        return self.by_word.get(word, next(stems, None))

    def allowed(self) -> str:
        """Name the words for a message."""
        return ", ".join(list(self.by_word)[: self.shown])


YES_NO: Words[bool] = Words(
    {
        "ja": True,
        "nej": False,
        "true": True,
        "false": False,
        "1": True,
        "0": False,
        "yes": True,
        "no": False,
        "sant": True,
        "falskt": False,
    },
    shown=6,
)
OPERATORS: Words[Operator] = Words(
    {
        "city": Operator.CITY,
        "contractor": Operator.CONTRACTOR,
        "independent": Operator.INDEPENDENT,
        "stad": Operator.CITY,
        "entreprenad": Operator.CONTRACTOR,
        "fristående": Operator.INDEPENDENT,
        "staden": Operator.CITY,
        "kommunal": Operator.CITY,
        "kommunalt": Operator.CITY,
        "entreprenör": Operator.CONTRACTOR,
        "enskild": Operator.INDEPENDENT,
        "enskilt": Operator.INDEPENDENT,
        "privat": Operator.INDEPENDENT,
    },
    shown=6,
)
STATES: Words[State] = Words(
    {
        "competing": State.COMPETING,
        "withdrawn": State.WITHDRAWN,
        "calibration case": State.CALIBRATION_CASE,
        "tävlar": State.COMPETING,
        "återkallat": State.WITHDRAWN,
        "kalibreringsfall": State.CALIBRATION_CASE,
        "tävlande": State.COMPETING,
        "återkallad": State.WITHDRAWN,
    },
    shown=6,
)
BASIC_CONTROLS: Words[BasicControl] = Words(
    {
        "cleared": BasicControl.CLEARED,
        "not cleared": BasicControl.NOT_CLEARED,
        "klar": BasicControl.CLEARED,
        "ej klar": BasicControl.NOT_CLEARED,
        "inte klar": BasicControl.NOT_CLEARED,
    },
    shown=4,
)
PROPOSALS: Words[ProposalKind] = Words(
    {
        "award": ProposalKind.AWARD,
        "mention": ProposalKind.MENTION,
        "none": ProposalKind.NONE,
        "utmärkelse": ProposalKind.AWARD,
        "hedersomnämnande": ProposalKind.MENTION,
        "inget": ProposalKind.NONE,
        "ingen": ProposalKind.NONE,
        "kvalitetsutmärkelse": ProposalKind.AWARD,
    },
    shown=6,
    by_stem={"hedersomn": ProposalKind.MENTION},
)
