"""What was recorded or written, made anew from the files of an edition."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from kvaljury.cli.language import LANGUAGES, Language
from kvaljury.cli.output import Output
from kvaljury.core.jury_day import hold_day
from kvaljury.core.model.record import Event
from kvaljury.core.recorded_decisions import read_decision
from kvaljury.core.recording import leaves_of
from kvaljury.core.verification import Check, check_decision, check_ranking


def recounted_decisions(
    folder: Path, plugin_folders: Sequence[Path], events: Mapping[str, Event]
) -> list[Check]:
    """Hold the last decision of each class against the files of the edition.

    Args:
        folder: the edition folder.
        plugin_folders: folders of one-file plugins.
        events: of the kind ``decided`` by class.

    Raises:
        KvaljuryError: if the files as they are now, or a plugin, are at fault.
    """
    from kvaljury.cli.decide import decided_by_class
    from kvaljury.cli.jury_papers import gather_desk, with_leaves, with_recorded_jav
    from kvaljury.files.decision_record import read_record

    desk = gather_desk(folder, plugin_folders)
    desk = with_recorded_jav(desk, read_record(folder), settled=True)
    dates = {name: read_decision(event).date for name, event in events.items()}
    desk = with_leaves(desk, [leave for event in events.values() for leave in leaves_of(event)])
    days = {day.class_id: day for day in hold_day(desk.papers)}
    checks = []
    for class_id, event in events.items():
        day = days.get(class_id)
        made = {}
        if day:
            made = decided_by_class(desk, [day], date.fromisoformat(dates[class_id]))
        refusals = [refusal.message for refusal in day.refusals] if day else []
        hashes = desk.inputs.log.hashes
        checks.append(check_decision(event, hashes, made.get(class_id), refusals))
    return checks


def recounted_ranking(
    folder: Path,
    plugin_folders: Sequence[Path],
    file: str,
    written: Mapping[str, Any],
    output: Output,
) -> Check:
    """Hold a ranking that was written against the files of the edition.

    Args:
        folder: the edition folder.
        plugin_folders: folders of one-file plugins.
        file: where the ranking stands.
        written: the document.
        output: whose language a progress bar speaks.

    Raises:
        KvaljuryError: if the files as they are now, a plugin or the rules are at fault.
    """
    from kvaljury.cli.edition_inputs import read_inputs
    from kvaljury.core.pipeline import rank_edition
    from kvaljury.files.ranking_documents import RankingDocument, ranking_json

    inputs = read_inputs(folder, plugin_folders)
    marks = inputs.marks()
    inputs.log.raise_faults()
    ranking = rank_edition(inputs.edition, marks, inputs.toolkit)
    found = None
    if written.get("sensitivity") is not None:
        from kvaljury.cli.sensitivity_view import try_lists

        found = try_lists(inputs, ranking, output)
    code = written.get("language")
    language = Language(code) if code in LANGUAGES else output.language
    document = RankingDocument(
        edition=inputs.edition,
        ranking=ranking,
        inputs=inputs.log.hashes,
        plugins=inputs.toolkit.plugins,
        render=language.render,
        decimal_mark=language.decimal_mark,
        language=language.code,
        sensitivity=found,
    )
    return check_ranking(file, written, json.loads(ranking_json(document)))
