"""bids/<entry>/ to all that lies there: what cannot be read is told of the bid, not of the year."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import attrs

from kvaljury.core.model import BidFormat
from kvaljury.core.model.bid_folder import BidFile, BidFolder, FileRole, ImageSigns, Trouble
from kvaljury.core.model.word_document import WordDocument
from kvaljury.errors import DiskFault, Source, Text
from kvaljury.files.bids import BIDS, warn_unknown
from kvaljury.files.data_files import shown_name
from kvaljury.files.input_files import read_input
from kvaljury.files.log import InputLog
from kvaljury.files.presentations import (
    Presentation,
    is_called_presentation,
    parse_presentation,
    presentation_megabytes,
)

_MEGABYTES = 200
_WORD = ".docx"
_DOCUMENTS = (
    *(".doc", ".docm", ".dot", ".dotm", ".dotx", ".odt", ".pages", ".pdf", ".rtf"),
    *(".txt", ".html", ".htm"),
)
_IMAGES = (".jpg", ".jpeg", ".png", ".gif", ".webp", ".heic", ".tif", ".tiff", ".bmp")
_MINUTES = ("protokoll", "minutes")
_CONTRIBUTION = ("bidrag", "contribution")
_IGNORED = ("thumbs.db", "desktop.ini", "ehthumbs.db")


def role_of(name: str) -> FileRole:
    """Tell what a file of a bid is taken for by its name.

    Args:
        name: without its folder.

    Returns:
        Documents are the contribution unless they are called after presentation or minutes.

    >>> [role_of(name).value for name in ("Protokollsutdrag.pdf", "Bidrag.docx", "budget.xlsx")]
    ['minutes', 'contribution', 'other']
    """
    folded = name.casefold()
    ending = Path(folded).suffix
    if is_called_presentation(name) and ending in (_WORD, *_DOCUMENTS):
        return FileRole.PRESENTATION
    is_document = ending == _WORD or (ending in _DOCUMENTS and ending != ".txt")
    if is_document and folded.startswith(_CONTRIBUTION):
        return FileRole.CONTRIBUTION
    if any(word in folded for word in _MINUTES):
        return FileRole.MINUTES
    if ending in _IMAGES:
        return FileRole.IMAGE
    return FileRole.CONTRIBUTION if is_document else FileRole.OTHER


def roles_of(names: Sequence[str]) -> list[FileRole]:
    """Tell what the files of one bid are taken for.

    Args:
        names: without their folders.

    Returns:
        In their order. Where nothing else is the contribution, a document that is not called
        minutes from its first word is it, a Word document before others.

    >>> [role.value for role in roles_of(["Vår Protokollgrupp.docx", "Protokoll.pdf"])]
    ['contribution', 'minutes']
    """
    roles = [role_of(name) for name in names]
    if FileRole.CONTRIBUTION not in roles:
        loose = [index for index, name in enumerate(names) if _may_be_contribution(name)]
        if loose:
            chosen = min(loose, key=lambda index: not names[index].casefold().endswith(_WORD))
            roles[chosen] = FileRole.CONTRIBUTION
    return roles


def _may_be_contribution(name: str) -> bool:
    folded = name.casefold()
    is_minutes = role_of(name) is FileRole.MINUTES and not folded.startswith(_MINUTES)
    return is_minutes and Path(folded).suffix in (_WORD, *_DOCUMENTS)


def warn_of_other_formats(
    folder: Path, known: Sequence[str], bid: BidFormat, log: InputLog
) -> None:
    """Point out bids that hold a document but none in Word format; no file is opened.

    Args:
        folder: the edition folder.
        known: ids of all entries.
        bid: what the edition asks for; where it asks for no answers in Word, nothing is said.
        log: gets a warning for each such bid.

    Raises:
        DiskFault: if a folder is there but cannot be read.
    """
    if "answers" not in bid.rules:
        return
    ids = {entry.casefold() for entry in known}
    for own in _inside(folder / BIDS, BIDS):
        if own.name.casefold() in ids and own.is_dir():
            _warn_of_format([path.name for path in _inside(own, f"{BIDS}/{own.name}")], own, log)


def _warn_of_format(names: Sequence[str], own: Path, log: InputLog) -> None:
    roles = zip(names, roles_of(names), strict=True)
    documents = [name for name, role in roles if role is FileRole.CONTRIBUTION]
    if documents and not any(name.casefold().endswith(_WORD) for name in documents):
        named = ", ".join(documents)
        message = Text("the contribution is not in Word format: {names}", names=named)
        hint = Text("Send it as a Word document (.docx).")
        log.warn("not-word", Source(f"{BIDS}/{own.name}"), message, hint)  # noqa: PLE1205


def read_bid_folders(
    folder: Path, entries: Sequence[str], known: Iterable[str], log: InputLog
) -> dict[str, BidFolder]:
    """Read the folders of bids.

    Args:
        folder: the edition folder.
        entries: ids of the entries to read for.
        known: ids of all entries.
        log: gets the hash of every file, and a warning for each folder that no entry has.

    Returns:
        By entry id; an entry without a folder has an empty one.

    Raises:
        DiskFault: if a folder or file is there but cannot be read.
    """
    own = {path.name.casefold(): path for path in _inside(folder / BIDS, BIDS)}
    warn_unknown(own, list(known), log)
    return {entry: _read(own.get(entry.casefold()), log) for entry in entries}


def _inside(folder: Path, file: str) -> list[Path]:
    """List a folder by name; hidden files and the lock files of Office are passed over."""
    try:
        found = sorted(folder.iterdir(), key=lambda path: path.name)
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        reason = error.strerror or type(error).__name__
        message = Text("the folder cannot be read: {reason}", reason=reason)
        raise DiskFault(message, Source(file)) from error
    passed = (".", "~$", "._")
    return [p for p in found if not p.name.startswith(passed) and p.name.casefold() not in _IGNORED]


def _read(own: Path | None, log: InputLog) -> BidFolder:
    if own is None:
        return BidFolder()
    reading = _Reading(log)
    found = list(_files(own, f"{BIDS}/{own.name}"))
    roles = roles_of([path.name for path, _ in found])
    for (path, file), role in zip(found, roles, strict=True):
        reading.read(path, file, role)
    return reading.folder()


def _files(folder: Path, file: str) -> Iterator[tuple[Path, str]]:
    """Give every file below a folder with its address, links to folders not followed."""
    for path in _inside(folder, file):
        address = f"{file}/{shown_name(path.name)}"
        if path.is_dir() and not path.is_symlink():
            yield from _files(path, address)
        else:
            yield path, address


@attrs.define
class _Reading:
    """What has been read of one folder."""

    log: InputLog
    files: list[BidFile] = attrs.field(factory=list)
    documents: list[WordDocument] = attrs.field(factory=list)
    presentation: Presentation | None = None
    images: list[tuple[str, tuple[int, int] | None]] = attrs.field(factory=list)
    placed: list[tuple[str, str, ImageSigns | None]] = attrs.field(factory=list)
    troubles: list[Trouble] = attrs.field(factory=list)

    def folder(self) -> BidFolder:
        """Give the whole."""
        return BidFolder(
            tuple(self.files),
            tuple(self.documents),
            self.presentation.written if self.presentation else None,
            tuple(self.images),
            tuple(self.placed),
            tuple(self.troubles),
            self.presentation.document if self.presentation else None,
        )

    def read(self, path: Path, file: str, role: FileRole) -> None:
        """Hash a file, and read it where its role asks for that."""
        own = InputLog()
        is_text = role is FileRole.PRESENTATION
        most = presentation_megabytes(path.name) if is_text else _MEGABYTES
        data = read_input(path, file, most, own)
        if data is None:
            self.files.append(BidFile(file, role))
            self._note(file, own)
            return
        digest = hashlib.sha256(data).hexdigest()
        self.log.hashes[file] = digest
        self.files.append(BidFile(file, role, digest, len(data)))
        if role is FileRole.IMAGE:
            self._read_image(file, data)
        elif path.suffix.lower() == _WORD and role is FileRole.CONTRIBUTION:
            self._read_contribution(file, data, own)
        elif role is FileRole.PRESENTATION:
            self._read_presentation(file, data, own)
        self._note(file, own)

    def _note(self, file: str, own: InputLog) -> None:
        self.troubles += [Trouble(file, fault.message, fault.hint) for fault in own.faults]

    def _read_contribution(self, file: str, data: bytes, own: InputLog) -> None:
        from kvaljury.files.image_signs import image_signs  # noqa: PLC0415  # with numpy
        from kvaljury.files.word.reading import read_word  # noqa: PLC0415  # with lxml

        document = read_word(data, file, own)
        if document is None:
            return
        self.placed += [(file, image.name, image_signs(image.data)) for image in document.images]
        # The bytes of its images are not needed again, and may be many.
        bare = tuple(attrs.evolve(image, data=b"") for image in document.images)
        self.documents.append(attrs.evolve(document, images=bare))

    def _read_presentation(self, file: str, data: bytes, own: InputLog) -> None:
        text = parse_presentation(data, file, own)
        if text is None:
            return
        if self.presentation is not None:
            message = Text("there are several presentation texts; the first is read")
            own.fault("several-presentations", Source(file), message, Text("keep one"))
            return
        self.presentation = text

    def _read_image(self, file: str, data: bytes) -> None:
        from kvaljury.files.image_signs import image_size  # noqa: PLC0415  # with numpy

        self.images.append((file, image_size(data)))
