"""Files to one archive: a zip with a list of what lies in it, the same bytes for the same files."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Sequence

import attrs

from kvaljury.errors import Source, Text, VerificationFault
from kvaljury.files.archive_tables import plain_csv

MANIFEST = "manifest.csv"
_EARLIEST = (1980, 1, 1, 0, 0, 0)
_PLAIN_FILE = 0o100644 << 16
_UNIX = 3


@attrs.frozen
class Both:
    """A text in Swedish and English."""

    sv: str
    en: str = ""


@attrs.frozen
class ArchivedFile:
    """A file of the archive.

    Attributes:
        path: within the archive, with forward slashes.
        media_type: as registered with IANA.
        title: what it is.
        source: paths in the edition folder that it was made of or copied from.
        personal: which personal data it holds.
    """

    path: str
    content: bytes = attrs.field(repr=False)
    media_type: str
    title: Both
    source: tuple[str, ...] = ()
    personal: Both = attrs.field(factory=lambda: Both("nej", "no"))

    @property
    def digest(self) -> str:
        """SHA-256 in hexadecimal."""
        return hashlib.sha256(self.content).hexdigest()


def manifest_csv(files: Sequence[ArchivedFile]) -> bytes:
    """List files by path: hash, size in bytes, media type, source, title, personal data."""
    head = (
        "path",
        "sha256",
        "size",
        "media_type",
        "source",
        "title_sv",
        "title_en",
        "personal_data_sv",
        "personal_data_en",
    )
    rows = (
        (
            file.path,
            file.digest,
            len(file.content),
            file.media_type,
            " | ".join(file.source),
            file.title.sv,
            file.title.en,
            file.personal.sv,
            file.personal.en,
        )
        for file in sorted(files, key=lambda file: file.path)
    )
    return plain_csv(head, rows)


def archive_bytes(files: Sequence[ArchivedFile]) -> bytes:
    """Pack files with their manifest, and try that each comes out as it went in.

    Args:
        files: in any order, no two of one path.

    Returns:
        A zip without compression, so that no library's version shows in its bytes and a damaged
        bit harms one file alone; members sorted by path, without times.

    Raises:
        VerificationFault: if a file does not come out as it went in.
    """
    by_path = {file.path: file.content for file in files}
    by_path[MANIFEST] = manifest_csv(files)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for path in sorted(by_path):
            member = zipfile.ZipInfo(path, _EARLIEST)
            member.external_attr, member.create_system = _PLAIN_FILE, _UNIX
            archive.writestr(member, by_path[path])
    content = packed.getvalue()
    check_archive(content, files)
    return content


def check_archive(content: bytes, files: Sequence[ArchivedFile]) -> None:
    """Open an archive anew and hold every member against the file that went into it.

    Args:
        content: the zip.
        files: what should lie in it, besides the manifest.

    Raises:
        VerificationFault: with the path of the first member that is not what it should be.
    """
    wanted = {file.path: file.digest for file in files}
    wanted[MANIFEST] = hashlib.sha256(manifest_csv(files)).hexdigest()
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
            found = {name: hashlib.sha256(archive.read(name)).hexdigest() for name in names}
    except (zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError) as error:
        raise _fault("") from error
    for path in sorted({*wanted, *found}):
        if found.get(path) != wanted.get(path) or names.count(path) != 1:
            raise _fault(path)


def _fault(path: str) -> VerificationFault:
    message = Text("a file did not come out of the archive as it went in")
    return VerificationFault(message, Source(path) if path else None)
