"""Rule: no deficit in the figures that the rule set names; zero is none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from kvaljury import EligibilityRule, Entry, Outcome, Text, Verdict, hookimpl
from kvaljury_plugins.enumeration import enumerate_texts
from kvaljury_plugins.parameters import expect_parameters, words

LIMIT = Text("no deficit", sv="inget underskott")
LABELS = {
    "result_previous_year": Text("last year's result", sv="förra årets resultat"),
    "forecast_current_year": Text("this year's forecast", sv="årets prognos"),
}
REASONS = {
    Outcome.PASS: Text("No deficit: {value}", sv="Inget underskott: {value}"),
    Outcome.FAIL: Text("A deficit: {value}", sv="Underskott: {value}"),
    Outcome.UNKNOWN: Text("Not tried for deficit: {value}", sv="Underskott ej prövat: {value}"),
}


def check(entry: Entry, parameters: Mapping[str, object]) -> Verdict:
    """Judge by the named figures; one deficit fails whatever is unknown of the other.

    Args:
        entry: the entry.
        parameters: ``fields``, at least one of ``result_previous_year`` and
            ``forecast_current_year``.

    Raises:
        ValueError: if the fields are missing, empty or unknown.
    """
    expect_parameters(parameters, "fields")
    fields = words(parameters, "fields", frozenset(LABELS))
    if not fields:
        raise ValueError("the parameter 'fields' is empty, expected at least one figure")
    figures: dict[str, Fraction | None] = {field: getattr(entry, field) for field in fields}
    outcome = _judge(list(figures.values()))
    value = enumerate_texts([_show(LABELS[name], amount) for name, amount in figures.items()])
    reason = Text(REASONS[outcome].en, sv=REASONS[outcome].sv, value=value)
    return Verdict(outcome, reason, None if outcome is Outcome.UNKNOWN else value, LIMIT)


def _judge(amounts: list[Fraction | None]) -> Outcome:
    if any(amount is not None and amount < 0 for amount in amounts):
        return Outcome.FAIL
    return Outcome.UNKNOWN if None in amounts else Outcome.PASS


def _show(label: Text, amount: Fraction | None) -> Text:
    if amount is None:
        return Text("{label} is not known", sv="{label} är inte känt", label=label)
    return Text("{label} {amount} SEK", sv="{label} {amount} kr", label=label, amount=amount)


@hookimpl
def kvaljury_eligibility_rules() -> Iterator[EligibilityRule]:
    """Offer ``no-deficit``."""
    yield EligibilityRule("no-deficit", check)
