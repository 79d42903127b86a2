"""``kvaljury rank``: the calibrated ranking and the proposed shortlist of each class."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from kvaljury.cli.language import Language
from kvaljury.cli.options import (
    command,
    edition_argument,
    json_option,
    plugins_option,
    sensitivity_option,
)
from kvaljury.errors import Text

OUT = "out"


def build(language: Language) -> click.Command:
    """Make the command in a language."""

    def callback(
        folder: Path, plugin_folders: Sequence[Path], sensitivity: bool, as_json: bool
    ) -> None:
        rank(language, folder, plugin_folders, as_json=as_json, sensitivity=sensitivity)

    return command(
        language,
        "rank",
        Text(
            "Rank the entries of each class and propose a shortlist, with intervals and"
            " probabilities. Writes ranking.json, ranking.csv and ranking.xlsx to the folder out"
            " of the edition. It is a basis for decision; the jury decides."
        ),
        callback,
        [
            edition_argument(language),
            plugins_option(language),
            sensitivity_option(language),
            json_option(language),
        ],
    )


def rank(
    language: Language,
    folder: Path,
    plugin_folders: Sequence[Path],
    *,
    as_json: bool,
    sensitivity: bool = False,
) -> None:
    """Rank an edition, write its documents and show it.

    Args:
        language: of everything written and shown.
        folder: the edition folder.
        plugin_folders: folders of one-file plugins.
        as_json: print the very bytes of ranking.json instead of tables.
        sensitivity: also tell how firmly the lists stand.

    Raises:
        KvaljuryError: if the input, a plugin, the rules or the disk is at fault; then nothing
            has been written.
    """
    from kvaljury.cli.boundary import tell_warnings
    from kvaljury.cli.edition_inputs import read_inputs
    from kvaljury.cli.output import Output
    from kvaljury.core.pipeline import rank_edition
    from kvaljury.files.ranking_documents import RankingDocument, ranking_csv, ranking_json
    from kvaljury.files.spreadsheets import ranking_xlsx
    from kvaljury.files.writing import write_outputs

    output = Output(language)
    inputs = read_inputs(folder, plugin_folders)
    marks = inputs.marks()
    inputs.log.raise_faults()
    tell_warnings(inputs.log.warnings, output)
    ranking = rank_edition(inputs.edition, marks, inputs.toolkit)
    found = None
    if sensitivity:
        from kvaljury.cli.sensitivity_view import try_lists

        found = try_lists(inputs, ranking, output)
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
    contents = {
        "ranking.json": ranking_json(document),
        "ranking.csv": ranking_csv(document),
        "ranking.xlsx": ranking_xlsx(document),
    }
    write_outputs(folder / OUT, contents)
    if as_json:
        output.document(contents["ranking.json"])
    else:
        from kvaljury.cli.ranking_view import show_ranking

        show_ranking(document, output)
