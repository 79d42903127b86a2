"""How firmly lists stand, as JSON values and as records for tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import attrs

from kvaljury.core.model import RankedEntry, Ranking
from kvaljury.core.model.sensitivity import (
    ClassSensitivity,
    EntrySensitivity,
    Family,
    ReadingChange,
    Sensitivity,
    WeightChange,
)
from kvaljury.errors import Text
from kvaljury.files.sensitivity_wording import (
    FAMILY_WORDS,
    AreaLabels,
    class_sentences,
    count_text,
    method_sentences,
    scenario_text,
)

Render = Callable[[Text | str], str]
_DECIMALS = 6


def sensitivity_json(
    sensitivity: Sensitivity | None, areas: AreaLabels, render: Render
) -> dict[str, Any] | None:
    """Give how firmly lists stand with the keys of the contract, or None where nobody asked.

    Args:
        sensitivity: of a ranking.
        areas: headings by id.
        render: texts to the reader's language.
    """
    if sensitivity is None:
        return None
    return {
        "weights": {
            "draws": sensitivity.draws,
            "concentration": sensitivity.concentration,
            "seed": sensitivity.seed,
            "keeps_estimates": sensitivity.keeps_estimates,
        },
        "classes": [_class_json(found, areas, render) for found in sensitivity.classes],
        "notes": [render(text) for text in method_sentences(sensitivity)],
    }


def _class_json(found: ClassSensitivity, areas: AreaLabels, render: Render) -> dict[str, Any]:
    return {
        "class": found.class_id,
        "shortlist_size": found.shortlist_size,
        "comparable": found.comparable,
        "state": found.state.value,
        "entries": [_entry_json(entry) for entry in found.entries],
        "smallest_reading": _change_json(found.reading),
        "smallest_weight": _change_json(found.weight),
        "not_computable": [
            {"scenario": lost.code, "count": lost.count, "reason": render(lost.reason)}
            for lost in found.lost
        ],
        "sentences": [render(text) for text in class_sentences(found, areas)],
    }


def _entry_json(entry: EntrySensitivity) -> dict[str, Any]:
    return {
        "id": entry.id,
        "place": entry.place,
        "listed": entry.is_listed,
        "families": {
            count.family.value: {
                "scenarios": count.scenarios,
                "listed": count.listed,
                "share": None if count.share is None else round(count.share, _DECIMALS),
            }
            for count in entry.counts
        },
        "best_place": entry.best,
        "worst_place": entry.worst,
        "taken_off_by": list(entry.taken_off_by),
        "put_on_by": list(entry.put_on_by),
    }


def _change_json(change: ReadingChange | WeightChange | None) -> dict[str, Any] | None:
    if change is None:
        return None
    return {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in attrs.asdict(change).items()
    }


def sensitivity_heads() -> tuple[Text, ...]:
    """Give the heads of the table of all classes."""
    return (
        Text("Class"),
        Text("Id"),
        Text("Entry"),
        Text("Place"),
        Text("Best place"),
        Text("Worst place"),
        *(FAMILY_WORDS[family] for family in Family),
        Text("What alters its place on the list"),
    )


def sensitivity_rows(
    sensitivity: Sensitivity, ranking: Ranking, areas: AreaLabels, render: Render
) -> Iterable[tuple[str | int, ...]]:
    """Give a record for each entry to be ranked, in the order of the heads.

    Args:
        sensitivity: of the ranking.
        ranking: with titles and names.
        areas: headings by id.
        render: texts to the reader's language.
    """
    for found, ranked in zip(sensitivity.classes, ranking.classes, strict=True):
        named: Mapping[str, RankedEntry] = {entry.id: entry for entry in ranked.entries}
        for entry in found.entries:
            codes = (*entry.taken_off_by, *entry.put_on_by)
            yield (
                render(ranked.title),
                entry.id,
                named[entry.id].name,
                entry.place,
                entry.best,
                entry.worst,
                *map(count_text, entry.counts),
                ", ".join(render(scenario_text(code, areas)) for code in codes),
            )


def sensitivity_remarks(
    sensitivity: Sensitivity, ranking: Ranking, areas: AreaLabels, render: Render
) -> Sequence[tuple[str, list[str]]]:
    """Give headings with the sentences under them: one for each class, then the method.

    Args:
        sensitivity: of the ranking.
        ranking: with titles.
        areas: headings by id.
        render: texts to the reader's language.
    """
    classes = [
        (render(ranked.title), [render(text) for text in class_sentences(found, areas)])
        for found, ranked in zip(sensitivity.classes, ranking.classes, strict=True)
    ]
    how = render(Text("How this was computed"))
    method = (how, [render(text) for text in method_sentences(sensitivity)])
    return [item for item in (*classes, method) if item[1]]
