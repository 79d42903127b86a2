"""The jury's files of an edition to values: who sits in it, who leads what, what was answered."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

import attrs

from kvaljury.cli.edition_inputs import EditionInputs, note_hashes
from kvaljury.cli.plugin_names import at_the_jury_line
from kvaljury.core.model import JuryRules, JuryToolkit, Organisation
from kvaljury.core.model.jury import Ballot, Jury, Motivation, Vote
from kvaljury.core.pipeline import naming_provider
from kvaljury.errors import RulesFault, Source, Text

if TYPE_CHECKING:
    from kvaljury.files.log import InputLog


@attrs.frozen
class JuryFiles:
    """Who decides and by which rules.

    Attributes:
        organisation: who leads what; nobody where organisation.toml is absent.
        jury: None where jury.toml is absent, or at fault, which the log then says.
        rules: the jury's, or the edition's where there is none.
    """

    organisation: Organisation
    jury: Jury | None
    rules: JuryRules

    def require_jury(self) -> Jury:
        """Give the jury.

        Raises:
            RulesFault: if there is none.
        """
        if self.jury is None:
            message = Text("the edition has no jury, so nothing can be decided in it")
            raise RulesFault(message, hint=Text("write jury.toml with its members"), code="no-jury")
        return self.jury


@attrs.frozen
class Answers:
    """What jurors have handed in, and what is said of those who receive something."""

    ballots: tuple[Ballot, ...]
    votes: tuple[Vote, ...]
    motivations: Mapping[str, Motivation]


def jury_files_of(inputs: EditionInputs) -> JuryFiles:
    """Read jury.toml and organisation.toml, or give what reading the edition has read.

    Args:
        inputs: the edition; faults go to its log.
    """
    if inputs.jury_files:
        return inputs.jury_files
    from kvaljury.files.jury import read_jury
    from kvaljury.files.organisation import FILE, read_organisation

    edition, log, folder = inputs.edition, inputs.log, inputs.folder
    rules = edition.rules
    organisation = read_organisation(folder, edition.entries, log)
    known = organisation if FILE in log.hashes else None
    jury = read_jury(
        folder, edition.entries, rules.classes, rules.settings.jury, log, organisation=known
    )
    if jury:
        _check_days(jury, log)
    return JuryFiles(organisation, jury, jury.rules if jury else rules.settings.jury)


def _check_days(jury: Jury, log: InputLog) -> None:
    """Refuse jäv that is said to be found on a day that has not come."""
    today = datetime.now().astimezone().date()
    for jav in (jav for juror in jury.jurors for jav in juror.declared):
        if jav.on and jav.on > today:
            message = Text("the day {date} has not come yet", date=jav.on)
            hint = Text("give the day on which the jäv was found")
            log.fault("day-ahead", jav.source or Source("jury.toml"), message, hint)


def resolve_jury(inputs: EditionInputs, files: JuryFiles) -> JuryToolkit:
    """Look up what the jury's rules name; the files of plugins in use count as inputs.

    Args:
        inputs: the edition.
        files: its jury.

    Raises:
        PluginFault: if nobody offers one of the names, with the line that gives it.
    """
    with at_the_jury_line(inputs.folder, files.rules, inputs.registry):
        toolkit = inputs.registry.resolve_jury(files.rules)
    note_hashes(inputs.registry, toolkit.plugins, inputs.folder, inputs.log)
    return toolkit


def derive_jav(inputs: EditionInputs) -> EditionInputs:
    """Add the examiners' jäv that follows from who leads what, before any mark is read.

    Args:
        inputs: an edition with organisation.toml.

    Returns:
        The inputs with jäv; the rules by which it is derived stand among the plugins in use.

    Raises:
        PluginFault: if a rule is missing or fails: that never means that there is no jäv.
    """
    from kvaljury.core.recusal import with_derived_jav

    files = jury_files_of(inputs)
    toolkit = resolve_jury(inputs, files)
    used = tuple(use for use in toolkit.plugins if use.kind == "jav-rule")
    with naming_provider(used):
        edition, _ = with_derived_jav(inputs.edition, files.organisation, toolkit.jav_rules)
    plugins = tuple(sorted((*inputs.toolkit.plugins, *used), key=attrs.astuple))
    return attrs.evolve(
        inputs,
        edition=edition,
        toolkit=attrs.evolve(inputs.toolkit, plugins=plugins),
        jury_files=files,
    )


def read_answers(inputs: EditionInputs, files: JuryFiles) -> Answers:
    """Read ballots, votes and motivations; faults go to the log.

    Args:
        inputs: the edition.
        files: its jury.
    """
    from kvaljury.core.dossier.blinding import blinding_of
    from kvaljury.files.ballots import read_ballots
    from kvaljury.files.votes import read_motivations, read_votes

    edition, log, folder, jury = inputs.edition, inputs.log, inputs.folder, files.jury
    entries, classes = edition.entries, edition.rules.classes
    codes = blinding_of(edition).codes if (folder / "ballots").exists() else {}
    return Answers(
        read_ballots(folder, entries, jury, log, codes, edition=edition),
        read_votes(folder, entries, classes, jury, log, edition=edition),
        read_motivations(folder, entries, log, edition),
    )
