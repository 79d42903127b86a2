"""An edition and its jury's files to the papers that the jury's day rests on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import attrs

from kvaljury.cli.edition_inputs import EditionInputs, read_inputs
from kvaljury.cli.jury_files import jury_files_of, read_answers, resolve_jury
from kvaljury.core.eligibility import judge_entries
from kvaljury.core.model import PluginUse
from kvaljury.core.model.jury import Motivation
from kvaljury.core.model.jury_day import Leave, Papers
from kvaljury.core.model.record import DecisionRecord
from kvaljury.core.pipeline import naming_provider
from kvaljury.core.recording import jav_on_record, with_jav_on_record
from kvaljury.core.recusal import jav_of_jurors
from kvaljury.errors import RulesFault, Source, Text
from kvaljury.files.jury import FILE


@attrs.frozen
class JuryDesk:
    """All that the jury's commands start from.

    Attributes:
        inputs: the edition.
        papers: what the day rests on.
        motivations: by entry id.
        plugins: in use for eligibility, jäv and ballots, sorted.
    """

    inputs: EditionInputs
    papers: Papers
    motivations: Mapping[str, Motivation]
    plugins: tuple[PluginUse, ...]


def gather_desk(folder: Path, plugin_folders: Sequence[Path]) -> JuryDesk:
    """Read everything that the jury has before it; no mark is needed for it.

    Args:
        folder: the edition folder.
        plugin_folders: folders of one-file plugins.

    Raises:
        KvaljuryError: if the input or a plugin is at fault, or there is no jury or no nomination.
    """
    inputs = read_inputs(folder, plugin_folders)
    files = jury_files_of(inputs)
    answers = read_answers(inputs, files)
    inputs.log.raise_faults()
    jury, edition, toolkit = files.require_jury(), inputs.edition, resolve_jury(inputs, files)
    if not edition.nominations:
        message = Text("nothing is nominated, so there is nothing for the jury to decide")
        hint = Text("make a first list with: kvaljury nominate --by NAME")
        raise RulesFault(message, hint=hint, code="no-nominations")
    rules = (use for use in inputs.toolkit.plugins if use.kind == "eligibility-rule")
    plugins = tuple(sorted({*rules, *toolkit.plugins}, key=attrs.astuple))
    with naming_provider(plugins):
        jav = jav_of_jurors(jury.jurors, edition.entries, files.organisation, toolkit.jav_rules)
        verdicts = judge_entries(edition, inputs.toolkit.rules)
    papers = Papers(
        jury=jury,
        classes=edition.rules.classes,
        entries={entry.id: entry for entry in edition.entries},
        nominations=edition.nominations,
        eligibility={verdict.entry: verdict for verdict in verdicts},
        jav=jav,
        ballots=answers.ballots,
        votes=answers.votes,
        method=toolkit.method,
    )
    return JuryDesk(inputs, papers, answers.motivations, plugins)


def with_recorded_jav(desk: JuryDesk, record: DecisionRecord, *, settled: bool = False) -> JuryDesk:
    """Give the desk with the jäv that made something void and that jury.toml has no line for.

    Args:
        desk: of the files.
        record: of the edition.
        settled: only what came before the decision that counts for its class.
    """
    found = jav_on_record(record, desk.papers, settled=settled)
    for one in found:
        message = Text(
            "the jäv of {juror} for {entry} stands in the record of decisions and not in jury.toml;"
            " it stays in force",
            juror=one.person,
            entry=one.entry,
        )
        hint = Text("write the line in jury.toml again")
        desk.inputs.log.warn("recorded-jav", Source(FILE), message, hint)  # noqa: PLE1205  # no logger
    return attrs.evolve(desk, papers=with_jav_on_record(desk.papers, found))


def with_leaves(desk: JuryDesk, leaves: Sequence[Leave]) -> JuryDesk:
    """Give the desk with awards and mentions let through."""
    return attrs.evolve(desk, papers=attrs.evolve(desk.papers, leaves=tuple(leaves)))
