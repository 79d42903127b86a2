"""How firmly lists stand, computed with a progress bar and shown as people read it."""

from __future__ import annotations

from kvaljury.cli.edition_inputs import EditionInputs
from kvaljury.cli.output import Column, Output
from kvaljury.core.model import ClassRanking, Ranking
from kvaljury.core.model.sensitivity import (
    ClassSensitivity,
    EntrySensitivity,
    Family,
    ListState,
    Sensitivity,
)
from kvaljury.errors import Text
from kvaljury.files.ranking_documents import RankingDocument
from kvaljury.files.sensitivity_wording import (
    FAMILY_WORDS,
    AreaLabels,
    area_labels,
    class_sentences,
    count_text,
    method_sentences,
    scenario_text,
)

_COLUMNS = (
    Column(Text("Place")),
    Column(Text("Entry")),
    *(Column(FAMILY_WORDS[family], right=True) for family in Family),
    Column(Text("What alters its place on the list"), wraps=True),
)


def try_lists(inputs: EditionInputs, ranking: Ranking, output: Output) -> Sensitivity:
    """Hold the lists of a ranking against other examiners, areas, weights and combinations.

    Args:
        inputs: what was ranked, and with what.
        ranking: of it.
        output: whose language the progress bar speaks.

    Raises:
        PluginFault: if a plugin fails on the very readings that were ranked.
    """
    from kvaljury.cli.progress_bar import progress_bar
    from kvaljury.core.sensitivity import assess_sensitivity

    with progress_bar(Text("Trying how firmly the lists stand"), output.language) as tell:
        return assess_sensitivity(inputs.edition, ranking, inputs.toolkit, tell=tell)


def show_sensitivity(document: RankingDocument, output: Output) -> None:
    """Show how firmly each list stands; nothing where nobody asked.

    Args:
        document: the ranking with its sensitivity.
        output: where and in which language.
    """
    if document.sensitivity is None:
        return
    areas = area_labels(document.edition)
    for found, ranked in zip(document.sensitivity.classes, document.ranking.classes, strict=True):
        if found.entries:
            _show_class(found, ranked, areas, output)
    output.line()
    for sentence in method_sentences(document.sensitivity):
        output.paragraph(sentence)


def _show_class(
    found: ClassSensitivity, ranked: ClassRanking, areas: AreaLabels, output: Output
) -> None:
    output.heading(Text("{title}: how firmly the list stands", title=ranked.title))
    names = {entry.id: entry.name for entry in ranked.entries}
    near = [entry for entry in found.entries if _is_near(entry, found)]
    if near:
        rows = [_row(entry, names[entry.id], areas, output) for entry in near]
        output.table(_COLUMNS, rows)
        output.line()
    for sentence in class_sentences(found, areas):
        output.paragraph(sentence)


def _is_near(entry: EntrySensitivity, found: ClassSensitivity) -> bool:
    """Tell whether an entry stands at the cut, or a scenario moves it over."""
    if found.state is ListState.NO_CHOICE:
        return False
    listed = [other.place for other in found.entries if other.is_listed]
    others = [other.place for other in found.entries if not other.is_listed]
    at_cut = {max(listed), min(others, default=0)}
    return entry.place in at_cut or bool(entry.taken_off_by or entry.put_on_by)


def _row(entry: EntrySensitivity, name: str, areas: AreaLabels, output: Output) -> list[str]:
    say = output.language.render
    place = str(entry.place)
    if entry.best != entry.worst:
        place += f" ({entry.best}–{entry.worst})"
    codes = (*entry.taken_off_by, *entry.put_on_by)
    return [
        place,
        f"{entry.id} {name}",
        *map(count_text, entry.counts),
        ", ".join(say(scenario_text(code, areas)) for code in codes),
    ]
