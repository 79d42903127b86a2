"""Headers of tables, English or Swedish, to the fields that they name."""

from __future__ import annotations

from collections.abc import Mapping
from unicodedata import normalize

import attrs

from kvaljury.files.nearest import nearest_word


def fold_header(text: str) -> str:
    """Fold a header so that case, spaces, underscores, hyphens and signs do not matter.

    >>> fold_header("Förvaltning / bolag") == fold_header("FÖRVALTNING_BOLAG")
    True
    """
    return "".join(sign for sign in normalize("NFC", text.casefold()) if sign.isalnum())


@attrs.frozen
class Column:
    """One column that a table may have.

    Attributes:
        field: the contract's name of it, which is accepted too.
        swedish: Swedish headers, the best first.
        english: further English headers.
        is_required: whether the table cannot be read without it.
    """

    field: str
    swedish: tuple[str, ...]
    english: tuple[str, ...] = ()
    is_required: bool = False

    @property
    def headers(self) -> tuple[str, ...]:
        """Every accepted header, the contract's name first."""
        return (self.field, *self.english, *self.swedish)


@attrs.frozen
class Columns:
    """The columns of one kind of table, in the order in which they are documented.

    >>> MARKS.field_of("Poäng"), MARKS.field_of("Väder")
    ('mark', None)
    """

    columns: tuple[Column, ...]
    _field_by_header: Mapping[str, str] = attrs.field(init=False, repr=False, eq=False)

    def __attrs_post_init__(self) -> None:
        by_header = {fold_header(h): c.field for c in self.columns for h in c.headers}
        object.__setattr__(self, "_field_by_header", by_header)

    def field_of(self, header: str) -> str | None:
        """Give the field that a header names, or None."""
        return self._field_by_header.get(fold_header(header))

    def nearest(self, header: str) -> str | None:
        """Give the known header most like an unknown one, or None."""
        return nearest_word(header, [h for column in self.columns for h in column.headers])


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
            ("förvaltning/bolag", "förvaltning", "bolag", "förvaltning eller bolag"),
        ),
        Column("state", ("läge", "status", "tillstånd")),
        Column("operator", ("driftsform", "drift", "utförare", "regi")),
        Column(
            "financed_by_city",
            ("finansierad av staden", "finansieras av staden", "stadsfinansierad"),
        ),
        Column(
            "manager_operations",
            ("chef med verksamhetsansvar", "chefen har verksamhetsansvar", "verksamhetsansvar"),
        ),
        Column(
            "manager_budget", ("chef med budgetansvar", "chefen har budgetansvar", "budgetansvar")
        ),
        Column(
            "manager_staff",
            ("chef med personalansvar", "chefen har personalansvar", "personalansvar"),
        ),
        Column(
            "plan_with_goals",
            ("verksamhetsplan med mål", "har verksamhetsplan med mål", "plan med mål"),
        ),
        Column(
            "sells_single_places",
            ("säljer enstaka platser", "staden köper enstaka platser", "enstaka platser"),
        ),
        Column(
            "employees_excluding_manager",
            (
                "medarbetare exklusive chef",
                "antal medarbetare exklusive chef",
                "medarbetare exkl. chef",
                "antal medarbetare exkl. chef",
            ),
        ),
        Column("stockholm_share", ("andel från Stockholm", "andel Stockholm", "Stockholmsandel")),
        Column("result_previous_year", ("resultat föregående år", "föregående års resultat")),
        Column("forecast_current_year", ("prognos innevarande år", "innevarande års prognos")),
        Column(
            "last_award_year",
            ("senaste utmärkelse", "år för senaste utmärkelse", "senaste utmärkelse (år)"),
        ),
        Column(
            "last_mention_year",
            (
                "senaste hedersomnämnande",
                "år för senaste hedersomnämnande",
                "senaste hedersomnämnande (år)",
            ),
        ),
        Column("predecessors", ("föregångare", "tidigare verksamheter", "tidigare namn")),
        Column("board_notice_date", ("protokollsutdrag inkom", "protokollsutdrag")),
        Column("bid_received", ("bidrag inkom", "bidraget inkom")),
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
