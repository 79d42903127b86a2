"""The words that cells may hold, in English and Swedish, to what they mean."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from typing import Generic, TypeVar

import attrs

from kvaljury.core.model import BasicControl, Operator, ProposalKind, State
from kvaljury.core.model.jury import Answer, Grade
from kvaljury.errors import Text

T = TypeVar("T")

_JOINTS = re.compile(r"(?<=\w)[\s_-]+(?=\w)")


@attrs.frozen
class Words(Generic[T]):
    """A closed set of words.

    Attributes:
        by_word: meaning by word, spelt as in the contract; those that a fault names stand first.
        shown: how many of them a fault names.
        by_stem: meaning by how a folded word begins, for words that are often misspelt.
        undecided: folded words that say that nothing is known yet, as a blank cell does.
        hint_by_word: what to write instead of a folded word that can be taken in two ways.
    """

    by_word: Mapping[str, T] = attrs.field(hash=False)
    shown: int
    by_stem: Mapping[str, T] = attrs.field(factory=dict, hash=False)
    undecided: frozenset[str] = frozenset()
    hint_by_word: Mapping[str, Text] = attrs.field(factory=dict, hash=False)

    @cached_property
    def _by_folded(self) -> Mapping[str, T]:
        return {_folded(word): meaning for word, meaning in self.by_word.items()}

    def meaning(self, text: str) -> T | None:
        """Give what a word means, whatever its case and joints, or None for another word.

        >>> STATES.meaning("Calibration-Case")
        <State.CALIBRATION_CASE: 'calibration_case'>
        >>> PROPOSALS.meaning("hedersomnämmande")
        <ProposalKind.MENTION: 'mention'>
        """
        word = _folded(text)
        stems = (meaning for stem, meaning in self.by_stem.items() if word.startswith(stem))
        return self._by_folded.get(word, next(stems, None))

    def leaves_open(self, text: str) -> bool:
        """Tell whether a word says that nothing is known yet.

        >>> BASIC_CONTROLS.leaves_open("Ej klar")
        True
        """
        return _folded(text) in self.undecided

    def hint(self, text: str) -> Text:
        """Say what to write instead of a word that has no meaning here."""
        one_of = Text("write one of: {words}", words=self.allowed())
        return self.hint_by_word.get(_folded(text), one_of)

    def allowed(self) -> str:
        """Name the words for a message."""
        return ", ".join(list(self.by_word)[: self.shown])


def _folded(text: str) -> str:
    return _JOINTS.sub(" ", text.casefold())


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
    # A list with crosses means no by what it leaves empty, and empty is unknown here.
    hint_by_word={"x": Text('write "ja" for a cross, and "nej" where there is none')},
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
        "calibration_case": State.CALIBRATION_CASE,
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
        "not_cleared": BasicControl.NOT_CLEARED,
        "godkänd": BasicControl.CLEARED,
        "ej godkänd": BasicControl.NOT_CLEARED,
        "inte godkänd": BasicControl.NOT_CLEARED,
        "utan anmärkning": BasicControl.CLEARED,
    },
    shown=4,
    undecided=frozenset({"ej klar", "inte klar", "pågår"}),
    # A control that is finished need not have gone well.
    hint_by_word={"klar": Text('write "godkänd" or "ej godkänd", or leave it empty')},
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

_STATES_OF_JURORS = {
    "abstains": Answer.ABSTAINS,
    "jav": Answer.JAV,
    "absent": Answer.ABSENT,
    "avstår": Answer.ABSTAINS,
    "jäv": Answer.JAV,
    "frånvarande": Answer.ABSENT,
}
_ANSWERS = {
    "yes": Answer.YES,
    "no": Answer.NO,
    "ja": Answer.YES,
    "nej": Answer.NO,
    **_STATES_OF_JURORS,
}
GRADES: Words[Grade | Answer] = Words(
    {
        "worthy_now": Grade.WORTHY_NOW,
        "could_receive": Grade.COULD_RECEIVE,
        "not_now": Grade.NOT_NOW,
        "värdig nu": Grade.WORTHY_NOW,
        "kan få": Grade.COULD_RECEIVE,
        "inte nu": Grade.NOT_NOW,
        **_STATES_OF_JURORS,
        "kan få den": Grade.COULD_RECEIVE,
        "ej nu": Grade.NOT_NOW,
        "avstår från att rösta": Answer.ABSTAINS,
        "ej närvarande": Answer.ABSENT,
    },
    shown=12,
)
ANSWERS: Words[Answer] = Words(
    {
        **_ANSWERS,
        "bifall": Answer.YES,
        "avslag": Answer.NO,
        "avstår från att rösta": Answer.ABSTAINS,
        "ej närvarande": Answer.ABSENT,
    },
    shown=10,
    hint_by_word={"x": Text('write "ja" for a cross, and "nej" where there is none')},
)
