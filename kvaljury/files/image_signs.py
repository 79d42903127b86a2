"""Bytes of an image to figures that tell whether text may stand in it; nothing is read.

Running text is rows of small sharp signs with clear rows between them, at an even pitch.
Photographs have sharp edges too, but no clear rows; drawings and diagrams have clear rows, but
seldom several lines on end in one place.
"""

from __future__ import annotations

import io
import warnings

import numpy as np
from numpy.typing import NDArray

from kvaljury.core.model.bid_folder import ImageSigns

_MOST_PIXELS = 60_000_000  # a camera's; more would be a bomb
_WIDEST = 1600  # signs of 10 points on a page of this width are 20 pixels high
_WINDOW = 240  # a column of text, about 20 signs
_SHARP = 48  # of 256: a step that no lens or compression makes
_FEWEST_STEPS = 10  # five signs in a window
_CLEAR = 1
_LOWEST, _HIGHEST = 5, 60
_UNEVEN = 0.5
_WIDEST_LEADING = 3  # heights of a line from one to the next; labels of an axis stand wider

# Of Exif: cameras store an upright picture lying, and say so.
_ORIENTATION, _TURNED = 0x0112, (5, 6, 7, 8)

_Grey = NDArray[np.int16]


def image_signs(data: bytes) -> ImageSigns | None:
    """Measure an image.

    Args:
        data: of a file of any kind that Pillow reads.

    Returns:
        The figures, or None for one that cannot be looked at: drawings as WMF and EMF, and what
        is damaged or too large.
    """
    grey = _grey(data)
    if grey is None:
        return None
    (height, width), pixels = grey[1], grey[0]
    levels = np.bincount((pixels >> 3).ravel(), minlength=32)
    return ImageSigns(width, height, _lines(pixels), float(levels.max() / pixels.size))


def image_size(data: bytes) -> tuple[int, int] | None:
    """Give width and height in pixels as shown, or None for what is no image that can be read."""
    from PIL import Image  # noqa: PLC0415  # 50 ms to import

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(data)) as image:
                width, height = image.size
                is_turned = image.getexif().get(_ORIENTATION, 1) in _TURNED
    except Exception:  # decoders raise whatever a damaged file leads them to
        return None
    return (height, width) if is_turned else (width, height)


def _grey(data: bytes) -> tuple[_Grey, tuple[int, int]] | None:
    from PIL import Image  # noqa: PLC0415  # 50 ms to import

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of odd metadata; what cannot be read raises
            with Image.open(io.BytesIO(data)) as image:
                width, height = image.size
                if not 0 < width * height <= _MOST_PIXELS:
                    return None
                image.draft("L", (_WIDEST, _WIDEST))
                shown = image.convert("RGBA")
                page = Image.new("RGBA", shown.size, "white")
                page.alpha_composite(shown)
                grey = page.convert("L")
                grey.thumbnail((_WIDEST, _WIDEST))
                return np.asarray(grey, dtype=np.int16), (height, width)
    except Exception:  # decoders raise whatever a damaged file leads them to
        return None


def _lines(pixels: _Grey) -> int:
    """Count the lines of text in the window that has most."""
    steps = np.abs(np.diff(pixels, axis=1)) >= _SHARP
    height, width = steps.shape
    if height < _LOWEST or width < _FEWEST_STEPS:
        return 0
    summed = np.concatenate([np.zeros((height, 1), int), np.cumsum(steps, axis=1)], axis=1)
    size = min(_WINDOW, width)
    starts = range(0, width - size + 1, max(1, size // 2))
    return max(_lines_in(summed[:, at + size] - summed[:, at]) for at in starts)


def _lines_in(steps: NDArray[np.int64]) -> int:
    """Count bands of rows with many sharp steps that follow each other at an even pitch.

    Args:
        steps: in each row of a window.
    """
    inked = np.concatenate([[False], steps > _CLEAR, [False]])
    edges = np.flatnonzero(inked[1:] != inked[:-1]).reshape(-1, 2)
    longest = run = 0
    before, pitch = -_HIGHEST * _WIDEST_LEADING, 0
    for top, bottom in edges:
        size = bottom - top
        if not (_LOWEST <= size <= _HIGHEST and steps[top:bottom].max() >= _FEWEST_STEPS):
            run = 0
            continue
        step = top - before
        follows = run > 0 and step <= _WIDEST_LEADING * size
        # The first step sets the pitch.
        is_even = run == 1 or abs(step - pitch) <= _UNEVEN * pitch
        run = run + 1 if follows and is_even else 1
        before, pitch = top, step
        longest = max(longest, run)
    return longest
