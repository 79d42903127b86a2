"""bids/<entry>/ to all that lies there: what cannot be read is told of the bid, not of the year."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import attrs

from kvaljury.core.model.bid_folder import BidFile, BidFolder, FileRole, ImageSigns, Trouble
from kvaljury.core.model.word_document import Part, WordDocument
from kvaljury.errors import DiskFault, Source, Text
from kvaljury.files.bids import BIDS
from kvaljury.files.input_files import read_input
from kvaljury.files.log import InputLog
from kvaljury.files.nearest import nearest_hint

_MEGABYTES = 200
_WORD = ".docx"
_DOCUMENTS = (".doc", ".docm", ".dotx", ".odt", ".pages", ".pdf", ".rtf", ".txt", ".html", ".htm")
_IMAGES = (".jpg", ".jpeg", ".png", ".gif", ".webp", ".heic", ".tif", ".tiff", ".bmp")
_MINUTES = ("protokoll", "minutes")
_PRESENTATION = ("presentation", "presentationstext")
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
    if any(word in folded for word in _MINUTES):
        return FileRole.MINUTES
    if folded.startswith(_PRESENTATION) and ending in (_WORD, *_DOCUMENTS):
        return FileRole.PRESENTATION
    if ending in _IMAGES:
        return FileRole.IMAGE
    is_document = ending == _WORD or (ending in _DOCUMENTS and ending != ".txt")
    return FileRole.CONTRIBUTION if is_document else FileRole.OTHER


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
    _warn_unknown(own, list(known), log)
    return {entry: _read(own.get(entry.casefold()), log) for entry in entries}


def _warn_unknown(own: dict[str, Path], known: list[str], log: InputLog) -> None:
    ids = {entry.casefold() for entry in known}
    for name, path in own.items():
        if name not in ids and path.is_dir():
            message = Text("no entry is called {name}, so the folder is not read", name=path.name)
            where = Source(f"{BIDS}/{path.name}")
            log.warn("unknown-bid", where, message, nearest_hint(path.name, known))  # noqa: PLE1205


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
    for path, file in _files(own, f"{BIDS}/{own.name}"):
        reading.read(path, file)
    return reading.folder()


def _files(folder: Path, file: str) -> Iterator[tuple[Path, str]]:
    """Give every file below a folder with its address, links to folders not followed."""
    for path in _inside(folder, file):
        address = f"{file}/{_shown(path.name)}"
        if path.is_dir() and not path.is_symlink():
            yield from _files(path, address)
        else:
            yield path, address


def _shown(name: str) -> str:
    return name.encode("utf-8", "backslashreplace").decode("utf-8")


@attrs.define
class _Reading:
    """What has been read of one folder."""

    log: InputLog
    files: list[BidFile] = attrs.field(factory=list)
    documents: list[WordDocument] = attrs.field(factory=list)
    presentation: str | None = None
    images: list[tuple[str, tuple[int, int] | None]] = attrs.field(factory=list)
    placed: list[tuple[str, str, ImageSigns | None]] = attrs.field(factory=list)
    troubles: list[Trouble] = attrs.field(factory=list)

    def folder(self) -> BidFolder:
        """Give the whole."""
        return BidFolder(
            tuple(self.files),
            tuple(self.documents),
            self.presentation,
            tuple(self.images),
            tuple(self.placed),
            tuple(self.troubles),
        )

    def read(self, path: Path, file: str) -> None:
        """Hash a file, and read it where its role asks for that."""
        own = InputLog()
        data = read_input(path, file, _MEGABYTES, own)
        role = role_of(path.name)
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
        text = _presentation_text(file, data, own)
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


def _presentation_text(file: str, data: bytes, own: InputLog) -> str | None:
    """Give the text of a presentation in Word or plain text, or None after a fault."""
    from kvaljury.files.word.reading import read_word  # noqa: PLC0415  # with lxml

    ending = Path(file).suffix.lower()
    if ending == _WORD:
        document = read_word(data, file, own)
        return None if document is None else _running_text(document)
    if ending != ".txt":
        message = Text("presentation texts of the kind {kind} are not read", kind=ending)
        own.fault("other-format", Source(file), message, Text("save it as Word or plain text"))
        return None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _running_text(document: WordDocument) -> str:
    shown = (p.text for p in document.paragraphs if p.part in (Part.BODY, Part.TEXT_BOX))
    return "\n".join(shown)
