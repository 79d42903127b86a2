"""Headers of tables, English or Swedish, to the fields that they name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from unicodedata import normalize

import attrs

from kvaljury.errors import Text
from kvaljury.files.nearest import nearest_word


def fold_header(text: str) -> str:
    """Fold a header so that case, spaces, underscores, hyphens and signs do not matter.

    >>> fold_header("Förvaltning / bolag") == fold_header("FÖRVALTNING_BOLAG")
    True
    """
    return "".join(sign for sign in normalize("NFC", text.casefold()) if sign.isalnum())


class Holds(StrEnum):
    """What the cells of a column hold besides text and numbers, where a file can tell."""

    TEXT = "text"
    TRUTH = "truth"
    MOMENT = "moment"
    PERCENT = "percent"


@attrs.frozen
class Column:
    """One column that a table may have.

    Attributes:
        field: the contract's name of it, which is accepted too.
        swedish: Swedish headers, the best first.
        english: further English headers.
        is_required: whether the table cannot be read without it.
        units: what may stand after a header, as a rule in parentheses, and changes nothing.
        holds: whether a workbook may have truth values, dates or percentages in it.
    """

    field: str
    swedish: tuple[str, ...]
    english: tuple[str, ...] = ()
    is_required: bool = False
    units: tuple[str, ...] = ()
    holds: Holds = Holds.TEXT

    @property
    def headers(self) -> tuple[str, ...]:
        """Every accepted header, the contract's name first."""
        return (self.field, *self.english, *self.swedish)


@attrs.frozen
class Columns:
    """The columns of one kind of table, in the order in which they are documented.

    Attributes:
        required: the fields without which a table cannot be read.

    >>> MARKS.field_of("Poäng"), MARKS.field_of("Väder")
    ('mark', None)
    """

    columns: tuple[Column, ...]
    required: frozenset[str] = attrs.field(init=False, repr=False, eq=False)
    _field_by_header: Mapping[str, str] = attrs.field(init=False, repr=False, eq=False)

    def __attrs_post_init__(self) -> None:
        by_header = {
            fold_header(header + unit): column.field
            for column in self.columns
            for unit in ("", *column.units)
            for header in column.headers
        }
        required = frozenset(column.field for column in self.columns if column.is_required)
        object.__setattr__(self, "_field_by_header", by_header)
        object.__setattr__(self, "required", required)

    def field_of(self, header: str) -> str | None:
        """Give the field that a header names, or None."""
        return self._field_by_header.get(fold_header(header))

    def holds(self, field: str) -> Holds:
        """Tell what the cells of a known field hold."""
        return next(column.holds for column in self.columns if column.field == field)

    def are_required_in(self, headers: Iterable[str]) -> bool:
        """Tell whether no column is missing without which the table cannot be read."""
        return self.required <= {self.field_of(header) for header in headers}

    def nearest(self, header: str) -> str | None:
        """Give the known header most like an unknown one, or None."""
        return nearest_word(header, [h for column in self.columns for h in column.headers])

    def in_thousands(self, header: str) -> str | None:
        """Give the known header of an amount that is said to be in thousands, or None.

        >>> ENTRIES.in_thousands("Resultat föregående år (tkr)")
        'Resultat föregående år'
        """
        found = _THOUSANDS.search(header)
        known = header[: found.start()].strip() if found else ""
        return known if self.field_of(known) else None


_THOUSANDS = re.compile(
    r"[\s(,]+(?:i )?(?:tkr|ksek|tusental.*|mkr|mnkr|msek)[.)\s]*$", re.IGNORECASE
)
_AMOUNT = ("kr", "sek", "kronor", "i kr", "i kronor")
_PERSONS = ("antal", "st", "personer")
_YEAR = ("år", "årtal", "åååå")
_YES_OR_NO = ("ja/nej", "ja eller nej")
_DAY = ("datum", "dag", "åååå-mm-dd", "datum och tid", "datum och klockslag")

_ENTRY = Column(
    "entry",
    ("bidrag", "bidrags-id", "bidragsnummer", "verksamhet", "enhet"),
    ("entry id", "unit"),
    is_required=True,
)
_QUESTION = Column("question", ("fråga", "delfråga", "frågenummer"), is_required=True)
_CRITERION = Column("criterion", ("kriterium", "delkriterium"))
_REASONS = ("skäl", "motivering", "orsak")

ENTRIES = Columns(
    (
        Column(
            "id",
            ("bidrag", "bidrags-id", "bidragsnummer", "nummer", "nr"),
            ("entry", "entry id"),
            is_required=True,
        ),
        Column(
            "name",
            ("verksamhet", "verksamhetens namn", "enhet", "enhetens namn", "namn"),
            ("unit", "unit name"),
            is_required=True,
        ),
        Column("class", ("tävlingsklass", "klass"), ("entry class",), is_required=True),
        Column(
            "administration",
            (
                "förvaltning/bolag",
                "förvaltning",
                "bolag",
                "förvaltning eller bolag",
                "stadsdelsförvaltning",
            ),
        ),
        Column("state", ("läge", "status", "tillstånd")),
        Column("operator", ("driftsform", "driftform", "drift", "utförare", "regi", "regiform")),
        Column(
            "financed_by_city",
            ("finansierad av staden", "finansieras av staden", "stadsfinansierad"),
            units=_YES_OR_NO,
            holds=Holds.TRUTH,
        ),
        Column(
            "manager_operations",
            ("chef med verksamhetsansvar", "chefen har verksamhetsansvar", "verksamhetsansvar"),
            units=_YES_OR_NO,
            holds=Holds.TRUTH,
        ),
        Column(
            "manager_budget",
            ("chef med budgetansvar", "chefen har budgetansvar", "budgetansvar"),
            units=_YES_OR_NO,
            holds=Holds.TRUTH,
        ),
        Column(
            "manager_staff",
            ("chef med personalansvar", "chefen har personalansvar", "personalansvar"),
            units=_YES_OR_NO,
            holds=Holds.TRUTH,
        ),
        Column(
            "plan_with_goals",
            ("verksamhetsplan med mål", "har verksamhetsplan med mål", "plan med mål"),
            units=_YES_OR_NO,
            holds=Holds.TRUTH,
        ),
        Column(
            "sells_single_places",
            ("säljer enstaka platser", "staden köper enstaka platser", "enstaka platser"),
            units=_YES_OR_NO,
            holds=Holds.TRUTH,
        ),
        Column(
            "employees_excluding_manager",
            (
                "medarbetare exklusive chef",
                "antal medarbetare exklusive chef",
                "medarbetare exkl. chef",
                "antal medarbetare exkl. chef",
            ),
            units=_PERSONS,
        ),
        Column(
            "stockholm_share",
            ("andel från Stockholm", "andel Stockholm", "Stockholmsandel"),
            units=("procent", "i procent"),
            holds=Holds.PERCENT,
        ),
        Column(
            "result_previous_year",
            ("resultat föregående år", "föregående års resultat"),
            units=_AMOUNT,
        ),
        Column(
            "forecast_current_year",
            ("prognos innevarande år", "innevarande års prognos"),
            units=_AMOUNT,
        ),
        Column(
            "last_award_year",
            ("senaste utmärkelse", "år för senaste utmärkelse", "senaste utmärkelse (år)"),
            units=_YEAR,
        ),
        Column(
            "last_mention_year",
            (
                "senaste hedersomnämnande",
                "år för senaste hedersomnämnande",
                "senaste hedersomnämnande (år)",
            ),
            units=_YEAR,
        ),
        Column("predecessors", ("föregångare", "tidigare verksamheter", "tidigare namn")),
        Column(
            "board_notice_date",
            ("protokollsutdrag inkom", "protokollsutdrag", "protokollsutdrag inkommet"),
            units=_DAY,
            holds=Holds.MOMENT,
        ),
        Column(
            "bid_received",
            ("bidrag inkom", "bidraget inkom", "bidrag inkommet", "bidraget inkommet"),
            units=_DAY,
            holds=Holds.MOMENT,
        ),
        Column("basic_control", ("grundläggande kontroll",)),
    )
)
"""The columns of entries.csv, and the keys of ``[[entries]]`` in entries.toml."""

MARKS = Columns(
    (
        _ENTRY,
        Column("examiner", ("examinator", "examinators-id"), ("examiner id",), is_required=True),
        _QUESTION,
        _CRITERION,
        Column("mark", ("poäng", "betyg"), ("points",), is_required=True),
        Column("comment", ("kommentar", "anmärkning")),
    )
)
"""The columns of marks/*.csv."""

CONSENSUS = Columns(
    (
        _ENTRY,
        _QUESTION,
        _CRITERION,
        Column(
            "mark",
            ("poäng", "enad poäng", "gemensam poäng", "betyg", "enat betyg"),
            ("consensus", "points"),
            is_required=True,
        ),
        Column("reason", _REASONS, is_required=True),
    )
)
"""The columns of consensus/*.csv."""

PROPOSALS = Columns(
    (
        _ENTRY,
        Column("proposal", ("förslag", "lagets förslag"), is_required=True),
        Column("reason", _REASONS),
    )
)
"""The columns of proposals.csv."""

NOMINATIONS = Columns(
    (
        _ENTRY,
        Column(
            "for",
            ("nomineras till", "nominering", "förs vidare till", "till"),
            ("nominated for",),
            is_required=True,
        ),
        Column("reason", _REASONS, is_required=True),
        Column("by", ("av", "beslutat av", "beslutad av"), ("decided by",), is_required=True),
    )
)
"""The columns of nominations.csv."""

BALLOTS = Columns(
    (
        Column("juror", ("ledamot", "ledamots-id"), ("juror id", "member"), is_required=True),
        Column("entry", (*_ENTRY.swedish, "kod"), (*_ENTRY.english, "code"), is_required=True),
        Column("grade", ("omdöme", "bedömning"), ("judgment",), is_required=True),
        Column("mention", ("hedersomnämnande", "till hedersomnämnande"), ("honourable mention",)),
    )
)
"""The columns of ballots/*.csv."""

VOTES = Columns(
    (
        Column("class", ("tävlingsklass", "klass"), ("entry class",), is_required=True),
        _ENTRY,
        Column("for", ("förslag", "gäller", "till"), ("proposal",), is_required=True),
        Column("juror", ("ledamot", "ledamots-id"), ("juror id", "member"), is_required=True),
        Column("vote", ("röst", "svar"), ("answer",), is_required=True),
        Column("reservation", ("reservation mot beslutet",)),
    )
)
"""The columns of votes.csv."""

MOTIVATIONS = Columns(
    (
        _ENTRY,
        Column("motivation", ("motivering", "text"), ("words",), is_required=True),
        Column("by", ("av", "skriven av"), ("written by",), is_required=True),
    )
)
"""The columns of motivations.csv."""

CHANGE_REQUESTS = Columns(
    (
        _ENTRY,
        Column("sent", ("skickad", "skickades", "skickad den"), ("sent on",)),
        Column(
            "matter",
            ("ärende", "gäller", "avser", "att ändra", "ändring"),
            ("to be changed",),
            is_required=True,
        ),
        Column("answered", ("besvarad", "svar inkom", "åtgärdad", "svarade"), ("answered on",)),
        Column("by", ("av", "skickad av", "handläggare"), ("sent by",)),
    )
)
"""The columns of change_requests.csv."""

_PLACES = ((MARKS, "marks"), (CONSENSUS, "consensus"))


def place_of(headers: Sequence[str], columns: Columns) -> str | None:
    """Tell to which folder of marks a table belongs that lies in the other one.

    Args:
        headers: of the table.
        columns: those that tables have where it lies.

    Returns:
        The other folder, where the table lacks what is expected here and has all of there.
    """
    if not any(columns is kind for kind, _ in _PLACES) or columns.are_required_in(headers):
        return None
    fitting = (place for kind, place in _PLACES if kind.are_required_in(headers))
    return next(fitting, None)


_SWEDISH = {
    "seen": "sett",
    "note": "anmärkning",
    **{
        column.field: column.swedish[0]
        for columns in (
            CHANGE_REQUESTS,
            MOTIVATIONS,
            VOTES,
            BALLOTS,
            NOMINATIONS,
            PROPOSALS,
            CONSENSUS,
            MARKS,
            ENTRIES,
        )
        for column in columns.columns
        if column.swedish
    },
}


def field_name(field: str) -> Text | str:
    """Give a field as people who read the message would head its column.

    >>> str(field_name("reason")), field_name("reason").sv
    ('reason', 'skäl')
    """
    swedish = _SWEDISH.get(field)
    return Text(field, sv=swedish) if swedish else field
