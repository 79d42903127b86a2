"""bids/<entry>/ to what a bid brings to the jury: its presentation text and its image."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path

from kvaljury.core.model import BidFormat
from kvaljury.core.model.blocks import Picture
from kvaljury.core.model.dossier import Bid
from kvaljury.errors import DiskFault, Source, Text
from kvaljury.files.input_files import read_input
from kvaljury.files.log import InputLog
from kvaljury.files.nearest import nearest_hint
from kvaljury.files.pictures import media_type, picture_flaw, picture_size
from kvaljury.files.presentations import (
    PLAIN_TEXT,
    is_called_presentation,
    presentation_files,
    read_presentation,
)

BIDS = "bids"
_PICTURES = ("bild.jpg", "bild.jpeg", "bild.png", "image.jpg", "image.jpeg", "image.png")
_PICTURE_ENDINGS = (".jpg", ".jpeg", ".png", ".gif", ".webp", ".heic", ".tif", ".tiff", ".bmp")
_MEGABYTES = 20
_MOST_PIXELS = 50_000_000

_Named = dict[str, Path]


def read_bids(
    folder: Path,
    entries: Iterable[str],
    known: Iterable[str],
    bid: BidFormat,
    log: InputLog,
) -> dict[str, Bid]:
    """Read the presentation texts and images that are there.

    Args:
        folder: the edition folder.
        entries: ids of the entries to read for.
        known: ids of all entries.
        bid: what the edition asks of presentation texts and images.
        log: gets a fault for every file that is there and cannot be used, and a warning for
            what departs from the instructions or is not read.

    Returns:
        What was found, by entry id.

    Raises:
        DiskFault: if a folder or file is there but cannot be read.
    """
    if not (folder / BIDS).is_dir():
        return {entry: Bid() for entry in entries}
    folders = _named(folder / BIDS, BIDS)
    warn_unknown(folders, list(known), log)
    return {entry: _read_bid(folders.get(entry.casefold()), bid, log) for entry in entries}


def warn_unknown(folders: Mapping[str, Path], known: list[str], log: InputLog) -> None:
    """Warn of folders that no entry is called by.

    Args:
        folders: by name regardless of case; files among them are passed over.
        known: ids of all entries.
        log: gets the warnings.
    """
    ids = {entry.casefold() for entry in known}
    for name, path in folders.items():
        if name not in ids and path.is_dir():
            message = Text("no entry is called {name}, so the folder is not read", name=path.name)
            where = Source(f"{BIDS}/{path.name}")
            hint = nearest_hint(path.name, known)
            log.warn("unknown-bid", where, message, hint)  # noqa: PLE1205


def _read_bid(own: Path | None, bid: BidFormat, log: InputLog) -> Bid:
    if own is None:
        return Bid()
    file = f"{BIDS}/{own.name}"
    if not own.is_dir():
        log.fault("no-folder", Source(file), Text("this is a file; a folder was expected"))
        return Bid()
    named = _named(own, file)
    _warn_unread(named, file, log)
    return Bid(
        read_presentation(presentation_files(named), file, bid, log),
        _read_only_picture([named[name] for name in _PICTURES if name in named], file, bid, log),
    )


def _named(folder: Path, file: str) -> _Named:
    """Give what lies in a folder by name, whatever its case: Windows makes no difference."""
    try:
        return {path.name.casefold(): path for path in sorted(folder.iterdir(), reverse=True)}
    except OSError as error:
        reason = error.strerror or type(error).__name__
        message = Text("the folder cannot be read: {reason}", reason=reason)
        raise DiskFault(message, Source(file)) from error


def _warn_unread(named: _Named, file: str, log: InputLog) -> None:
    """Point out what looks like a text or an image and has another name."""
    texts = [path for name, path in named.items() if is_called_presentation(name)]
    pictures = [path for name, path in named.items() if name.endswith(_PICTURE_ENDINGS)]
    if texts and not presentation_files(named):
        _warn_name(texts[0], file, Text("save the text as {name}", name=PLAIN_TEXT), log)
    if pictures and named.keys().isdisjoint(_PICTURES):
        hint = Text("save the image as {name}", name=_PICTURES[0])
        _warn_name(pictures[0], file, hint, log)


def _warn_name(path: Path, file: str, hint: Text, log: InputLog) -> None:
    message = Text("the file is not read under this name")
    log.warn("other-name", Source(f"{file}/{path.name}"), message, hint)  # noqa: PLE1205


def _read_only_picture(
    paths: list[Path], file: str, bid: BidFormat, log: InputLog
) -> Picture | None:
    if len(paths) > 1:
        names = ", ".join(path.name for path in paths)
        message = Text("there are several images: {names}", names=names)
        log.fault("several-pictures", Source(file), message, Text("keep one"))
        return None
    return _read_picture(paths[0], f"{file}/{paths[0].name}", bid, log) if paths else None


def _read_picture(path: Path, file: str, bid: BidFormat, log: InputLog) -> Picture | None:
    data = read_input(path, file, _MEGABYTES, log)
    if data is None:
        return None
    log.hashes[file] = hashlib.sha256(data).hexdigest()
    kind, size = media_type(data), picture_size(data)
    if kind is None or size is None or size[0] * size[1] > _MOST_PIXELS:
        _refuse_picture(Text("this is no JPEG or PNG image that can be shown"), file, log)
        return None
    if flaw := picture_flaw(data):
        _refuse_picture(flaw, file, log)
        return None
    _warn_small(size, file, bid, log)
    return Picture(data, kind, Text("The unit's image"), *size)


def _refuse_picture(message: Text, file: str, log: InputLog) -> None:
    hint = Text("save it anew as JPEG, 1920 by 1200 pixels")
    log.fault("no-picture", Source(file), message, hint)


def _warn_small(size: tuple[int, int], file: str, bid: BidFormat, log: InputLog) -> None:
    if bid.image_size is None:
        return
    (width, height), (least_width, least_height) = size, bid.image_size
    if width < least_width or height < least_height or width <= height:
        message = Text(
            "the image is {width} by {height} pixels; {rule} asks for landscape, {least_width} by"
            " {least_height}",
            width=width,
            height=height,
            rule=bid.rules.get("image_size") or Text("the edition"),
            least_width=least_width,
            least_height=least_height,
        )
        log.warn("small-picture", Source(file), message)  # noqa: PLE1205
