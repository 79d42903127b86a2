"""How far examiners agree as JSON."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import attrs

from kvaljury.core.model import AgreementAccount, EntryAgreement, Reliability
from kvaljury.errors import Text
from kvaljury.files.rounding import six_decimals

Render = Callable[[Text | str], str]
SOURCES = ("entry", "team", "cohort", "examiner", "residual")


def agreement_json(account: AgreementAccount | None, render: Render) -> dict[str, Any] | None:
    """Give an edition's account of agreement.

    Args:
        account: the account, or None where there is none.
        render: texts to the reader's language.

    Returns:
        Numbers with 6 decimals, absent ones null; ``residuals`` is null where no reading can
        be checked against others.
    """
    if account is None:
        return None
    return {
        "limit": six_decimals(account.limit),
        "teams": [_record(team) for team in account.teams],
        "reliability": _reliability(account.reliability),
        "residuals": _records(account.residuals),
        "flat": _records(account.flat),
        "divided": _records(account.divided),
        "sentences": [render(sentence) for sentence in account.sentences],
    }


def entry_agreement_json(agreement: EntryAgreement | None) -> dict[str, Any] | None:
    """Give how far the examiners of one entry agree, as :func:`agreement_json` does."""
    if agreement is None:
        return None
    return {
        "readings": agreement.readings,
        "low": six_decimals(agreement.low),
        "high": six_decimals(agreement.high),
        "difference": six_decimals(agreement.high - agreement.low),
        "limit": six_decimals(agreement.limit),
        "divided": agreement.is_divided,
        "residuals": _records(agreement.residuals),
        "team": None if agreement.team is None else _record(agreement.team),
    }


def _reliability(reliability: Reliability | None) -> dict[str, Any] | None:
    if reliability is None:
        return None
    return {
        "shares": {name: six_decimals(reliability.shares.get(name)) for name in SOURCES},
        "now": _record(reliability.now),
        "one_more": _record(reliability.one_more),
    }


def _records(found: tuple[attrs.AttrsInstance, ...] | None) -> list[dict[str, Any]] | None:
    return None if found is None else [_record(item) for item in found]


def _record(value: attrs.AttrsInstance) -> dict[str, Any]:
    return {
        name: item if isinstance(item, str) else six_decimals(item)
        for name, item in attrs.asdict(value).items()
    }
