"""An edition folder to everything that its archive holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import attrs

from kvaljury.cli.edition_inputs import EditionInputs, read_inputs
from kvaljury.cli.jury_files import jury_files_of, read_answers, resolve_jury
from kvaljury.cli.language import LANGUAGES, Language
from kvaljury.core.decision_data import last_decisions
from kvaljury.core.model import Edition
from kvaljury.core.model.record import DecisionRecord
from kvaljury.errors import Text
from kvaljury.files.archive_choice import LeftOut, kept_files, left_csv, left_files
from kvaljury.files.archive_fields import field_rows
from kvaljury.files.archive_readme import readme_bytes
from kvaljury.files.archive_tables import ArchivedValues, archive_tables, plain_csv
from kvaljury.files.archives import MANIFEST, ArchivedFile, Both
from kvaljury.files.decision_record import RECORD

_MINUTES = "out/protokoll.pdf"
_CSV = "text/csv; charset=utf-8"
_TABLES: Mapping[str, tuple[Both, Both, tuple[str, ...]]] = {
    "entries": (
        Both("Bidragen", "Entries"),
        Both("nej", "no"),
        ("entries.",),
    ),
    "marks": (
        Both("Examinatorernas poäng", "Marks of the examiners"),
        Both(
            "id för examinatorer; kommentarer kan nämna personer",
            "ids of examiners; comments may name persons",
        ),
        ("marks/",),
    ),
    "consensus": (
        Both("Lagens gemensamma poäng", "Marks on which teams agreed"),
        Both("skäl kan nämna personer", "reasons may name persons"),
        ("consensus/",),
    ),
    "remarks": (
        Both("Examinatorernas anmärkningar", "Remarks of the examiners"),
        Both("id för examinatorer; kan nämna personer", "ids of examiners; may name persons"),
        ("marks/",),
    ),
    "document_checks": (
        Both("Dokument som lagen såg vid platsbesök", "Documents that teams saw at visits"),
        Both("anmärkningar kan nämna personer", "remarks may name persons"),
        ("consensus/",),
    ),
    "proposals": (
        Both("Lagens förslag", "Proposals of the teams"),
        Both("skäl kan nämna personer", "reasons may name persons"),
        ("proposals.",),
    ),
    "nominations": (
        Both("Nomineringar", "Nominations"),
        Both("namn på den som nominerar", "names of who nominates"),
        ("nominations.",),
    ),
    "ballots": (
        Both("Röstsedlar", "Ballots"),
        Both(
            "id för ledamöter och vad de tyckte; namnen står i regler/jury.toml",
            "ids of jurors and what they said; names stand in regler/jury.toml",
        ),
        ("ballots/",),
    ),
    "votes": (
        Both("Röster", "Votes"),
        Both(
            "id för ledamöter och hur de röstade; namnen står i regler/jury.toml",
            "ids of jurors and how they voted; names stand in regler/jury.toml",
        ),
        ("votes.",),
    ),
    "motivations": (
        Both("Motiveringar", "Motivations"),
        Both("namn på den som har skrivit", "names of who wrote"),
        ("motivations.",),
    ),
}


@attrs.frozen
class ArchiveContents:
    """What goes into an archive, and what does not.

    Attributes:
        files: all but the manifest.
        warnings: what people should know.
    """

    year: int
    files: tuple[ArchivedFile, ...]
    left: tuple[LeftOut, ...]
    warnings: tuple[Text, ...]


def gather_archive(
    folder: Path, plugin_folders: Sequence[Path], record: DecisionRecord | None
) -> ArchiveContents:
    """Read an edition again and make everything that its archive holds.

    Args:
        folder: the edition folder.
        plugin_folders: folders of one-file plugins.
        record: of its decisions, verified.

    Raises:
        KvaljuryError: if the input, a plugin or the disk is at fault.
    """
    inputs = read_inputs(folder, plugin_folders)
    tables = archive_tables(_values(inputs))
    hashes = inputs.log.hashes
    files = [_table(name, content, hashes) for name, content in tables.items()]
    kept = kept_files(folder, tuple(hashes))
    kept, is_older = _with_minutes_of(record, inputs.edition, kept)
    files += kept
    left = left_files(folder, kept)
    files.append(_made("gallringsforslag.csv", left_csv(left), "Förslag till gallring", "Weeding"))
    paths = [*sorted(file.path for file in files), "faltbeskrivning.csv", MANIFEST]
    fields = plain_csv(("file", "field", "description_sv", "description_en"), field_rows(paths))
    files.append(_made("faltbeskrivning.csv", fields, "Fältens betydelse", "Meaning of fields"))
    head = record.head if record and record.events else None
    title = inputs.edition.title
    titles = (title.sv or title.en, title.en) if isinstance(title, Text) else (title, title)
    readme = readme_bytes(titles, inputs.edition.year, head, files)
    files.append(_made("LASMIG.txt", readme, "Läs detta först", "Read this first"))
    return ArchiveContents(
        inputs.edition.year, tuple(files), tuple(left), (*is_older, *_warnings(files, record))
    )


def _with_minutes_of(
    record: DecisionRecord | None, edition: Edition, kept: Sequence[ArchivedFile]
) -> tuple[list[ArchivedFile], tuple[Text, ...]]:
    """Put minutes of the record itself in the place of those that are of another one."""
    from kvaljury.cli.protocol import minutes_files

    made = [
        minutes_files(record, edition, Language(code)).get("protokoll.pdf") if record else None
        for code in LANGUAGES
    ]
    old = next((file for file in kept if file.source == (_MINUTES,)), None)
    if old and old.content in made:
        return list(kept), ()
    others = [file for file in kept if file is not old]
    told = (Text("{path} is not of the record as it stands, and is left out", path=_MINUTES),)
    if made[0] is not None:
        title = Both("Protokoll (PDF/A)", "Minutes (PDF/A)")
        names = Both("namn på personer", "names of persons")
        others.append(
            ArchivedFile("pdf/protokoll.pdf", made[0], "application/pdf", title, (RECORD,), names)
        )
    return others, told if old else ()


def _values(inputs: EditionInputs) -> ArchivedValues:
    marks = inputs.marks()
    jury = jury_files_of(inputs)
    if jury.jury:
        resolve_jury(inputs, jury)
    answers = read_answers(inputs, jury)
    inputs.log.raise_faults()
    return ArchivedValues(
        edition=inputs.edition,
        marks=marks,
        ballots=answers.ballots,
        votes=answers.votes,
        motivations=answers.motivations,
    )


def _table(name: str, content: bytes, hashes: Mapping[str, str]) -> ArchivedFile:
    title, personal, starts = _TABLES[name]
    source = tuple(sorted(path for path in hashes if path.startswith(starts)))
    return ArchivedFile(f"data/{name}.csv", content, _CSV, title, source, personal)


def _made(path: str, content: bytes, swedish: str, english: str) -> ArchivedFile:
    media = _CSV if path.endswith(".csv") else "text/plain; charset=utf-8"
    return ArchivedFile(path, content, media, Both(swedish, english))


def _warnings(files: Sequence[ArchivedFile], record: DecisionRecord | None) -> list[Text]:
    said = []
    if record is None or not last_decisions(record):
        said.append(Text("nothing has been decided in the edition"))
    lacking = (file.path for file in files if "inte PDF/A" in file.title.sv)
    return [*said, *(Text("{path} is no PDF/A", path=path) for path in lacking)]
