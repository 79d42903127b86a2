"""Which files of an edition folder go into its archive as they are, and why others do not."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath

import attrs

from kvaljury.errors import DiskFault, Source, Text
from kvaljury.files.archive_tables import plain_csv
from kvaljury.files.archives import ArchivedFile, Both

_NAMES = Both("namn på personer", "names of persons")
_PERHAPS = Both("kan nämna personer i löpande text", "may name persons in running text")
_IDS = Both("id för examinatorer", "ids of examiners")
_NO = Both("nej", "no")

WEED = Both("gallras", "weed out")
ELSEWHERE = Both("bevaras i diariet", "keep with the registry")
JUDGE = Both("bedöms för hand", "judge by hand")


@attrs.frozen
class _Kept:
    """Files that go into the archive as they are; the first pattern that fits holds."""

    pattern: str
    folder: str
    media_type: str
    title: Both
    personal: Both = _NO


@attrs.frozen
class _Left:
    """Files that stay outside; the first pattern that fits holds."""

    pattern: str
    proposal: Both
    reason: Both


@attrs.frozen
class LeftOut:
    """A file that is not in the archive.

    Attributes:
        size: bytes.
        proposal: what is proposed to do with it; no decision of weeding is known here.
    """

    path: str
    digest: str
    size: int
    proposal: Both
    reason: Both


_PDF = "application/pdf"
_TOML = "application/toml"
_KEPT = (
    _Kept(
        "decisions/record.jsonl",
        "json",
        "application/jsonl",
        Both("Beslutsloggen", "Record of decisions"),
        _NAMES,
    ),
    _Kept("out/ranking.json", "json", "application/json", Both("Rankningen", "Ranking"), _IDS),
    _Kept("out/protokoll*.pdf", "pdf", _PDF, Both("Protokoll", "Minutes"), _NAMES),
    _Kept(
        "out/dossier/*.pdf",
        "pdf/underlag",
        _PDF,
        Both("Beslutsunderlag", "Basis for decision"),
        _PERHAPS,
    ),
    _Kept("out/**/*.pdf", "pdf/utskickat", _PDF, Both("Upprättat dokument", "Document"), _PERHAPS),
    _Kept("edition.toml", "regler", _TOML, Both("Omgångens regler", "Rules of the edition")),
    _Kept("teams.toml", "regler", _TOML, Both("Examinatorslagen", "Teams of examiners"), _NAMES),
    _Kept("jury.toml", "regler", _TOML, Both("Domarkommittén", "The jury"), _NAMES),
    _Kept("organisation.toml", "regler", _TOML, Both("Organisationen", "The organisation"), _NAMES),
)
_IN_TABLES = Both(
    "innehållet ligger i arkivets tabeller; filen behövs bara för att räkna om beslutet",
    "its content stands in the tables; the file is only needed to make the decision anew",
)
_BLANK = Both("tom blankett", "an empty form")
_SAME = Both("samma uppgifter finns i arkivet i annan form", "the same stands in another form")
_LEFT = (
    _Left(
        "bids/*",
        ELSEWHERE,
        Both(
            "inkommen handling; kvaljury gör inte om den till arkivformat",
            "came in from outside; kvaljury does not convert it to a format for archives",
        ),
    ),
    *(
        _Left(pattern, WEED, _IN_TABLES)
        for pattern in (
            "entries.*",
            "marks/*",
            "consensus/*",
            "proposals.*",
            "nominations.*",
            "ballots/*",
            "votes.*",
            "motivations.*",
        )
    ),
    _Left("out/dossier-blind/*", WEED, _SAME),
    _Left("out/dossier/*", WEED, _SAME),
    _Left("out/ranking.*", WEED, _SAME),
    _Left("out/forms/*", WEED, _BLANK),
    _Left("out/ballots/*", WEED, _BLANK),
    _Left("out/*.docx", WEED, _SAME),
    _Left(
        "out/*",
        WEED,
        Both("arbetsmaterial som kan göras på nytt", "working material that can be made anew"),
    ),
    _Left("*", JUDGE, Both("ingen fil som kvaljury arkiverar", "no file that kvaljury archives")),
)


def kept_files(folder: Path, inputs: Sequence[str]) -> list[ArchivedFile]:
    """Give the files that go into the archive as they are.

    Args:
        folder: the edition folder.
        inputs: paths of files of rules and plugins that the edition uses besides.

    Raises:
        DiskFault: if a file cannot be read.
    """
    kept: list[ArchivedFile] = []
    for path, where in _paths(folder):
        found = next((each for each in _KEPT if _fits(path, each.pattern)), None)
        if found and not _fits(path, "out/dossier-blind/*"):
            content = _read(where, path)
            place = f"{found.folder}/{PurePosixPath(path).name}"
            if any(other.path == place for other in kept):
                place = f"{found.folder}/{path.removeprefix('out/')}"
            title = _with_level(found.title, content) if found.media_type == _PDF else found.title
            file = ArchivedFile(place, content, found.media_type, title, (path,), found.personal)
            kept.append(file)
        elif path in inputs and path.endswith((".toml", ".py")):
            media = _TOML if path.endswith(".toml") else "text/x-python"
            title = Both("Regler eller tillägg", "Rules or plugin")
            kept.append(ArchivedFile(f"regler/{path}", _read(where, path), media, title, (path,)))
    return kept


def left_files(folder: Path, kept: Sequence[ArchivedFile]) -> list[LeftOut]:
    """Give every other file with what is proposed to do with it, and why it stays outside.

    Raises:
        DiskFault: if a file cannot be read.
    """
    inside = {path for file in kept for path in file.source}
    left = []
    for path, where in _paths(folder):
        if path in inside:
            continue
        why = next(each for each in _LEFT if _fits(path, each.pattern))
        content = _read(where, path)
        digest = hashlib.sha256(content).hexdigest()
        left.append(LeftOut(path, digest, len(content), why.proposal, why.reason))
    return left


def left_csv(left: Sequence[LeftOut]) -> bytes:
    """List files that are not in the archive, as a proposal of what to weed out."""
    head = (
        "path",
        "sha256",
        "size",
        "proposal_sv",
        "proposal_en",
        "reason_sv",
        "reason_en",
    )
    rows = (
        (
            file.path,
            file.digest,
            file.size,
            file.proposal.sv,
            file.proposal.en,
            file.reason.sv,
            file.reason.en,
        )
        for file in left
    )
    return plain_csv(head, rows)


def _paths(folder: Path) -> Iterator[tuple[str, Path]]:
    """Give every file, sorted; hidden ones, locks of Office and archives made before are none."""
    found = []
    for path in folder.rglob("*"):
        parts = path.relative_to(folder).parts
        if not path.is_file() or any(part.startswith((".", "~$", "__")) for part in parts):
            continue
        name = "/".join(parts)
        if not _fits(name, "out/arkiv-*.zip"):
            found.append((name.encode("utf-8", "backslashreplace").decode(), path))
    yield from sorted(found)


def _fits(path: str, pattern: str) -> bool:
    """Tell whether a path fits; a star stands for anything within the folder and below it."""
    start, _, rest = pattern.replace("**/", "").partition("*")
    if "*" not in pattern:
        return path == pattern
    return path.startswith(start) and path.endswith(rest) and len(path) >= len(start + rest)


def _read(where: Path, path: str) -> bytes:
    try:
        return where.read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        message = Text("the file cannot be read: {reason}", reason=reason)
        raise DiskFault(message, Source(path)) from error


def _with_level(title: Both, content: bytes) -> Both:
    """Say of a PDF whether it calls itself PDF/A."""
    is_lasting = b"pdfaid:part>" in content
    return Both(
        f"{title.sv} ({'PDF/A' if is_lasting else 'PDF, inte PDF/A'})",
        f"{title.en} ({'PDF/A' if is_lasting else 'PDF, not PDF/A'})",
    )
