"""Images of text are told from photographs, drawings and diagrams."""

import io
import math
from importlib.resources import files

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from kvaljury.files.image_signs import image_signs, image_size

FACE = next(
    path
    for path in (files("kvaljury.reports") / "fonts").iterdir()
    if path.name.endswith("Regular.ttf")
)
SENTENCE = "Vi arbetar systematiskt och följer varje månad upp hur barn och vårdnadshavare mår"
WORDS = SENTENCE.split()
FEWEST = 4


def saved(image, kind="PNG", **options):
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def face(size):
    return ImageFont.truetype(str(FACE), size)


def page(size=18, lines=10, *, ink="black", paper="white", width=700, mode="RGB"):
    image = Image.new(mode, (800, 60 + int(lines * size * 1.4)), paper)
    draw = ImageDraw.Draw(image)
    for line in range(lines):
        text = " ".join(WORDS[(line + i) % len(WORDS)] for i in range(width // (size * 4)))
        draw.text((40, 30 + line * size * 1.4), text, fill=ink, font=face(size))
    return image


def photograph(seed):
    generator = np.random.default_rng(seed)
    total = np.zeros((500, 700, 3))
    for grain in (5, 20, 80):
        small = generator.integers(0, 256, (500 // grain + 1, 700 // grain + 1, 3), dtype="uint8")
        big = Image.fromarray(small).resize((700, 500), Image.Resampling.BICUBIC)
        total += np.asarray(big, float) * grain
    image = Image.fromarray((total / 105).clip(0, 255).astype("uint8"))
    draw = ImageDraw.Draw(image)
    for x, y, size in generator.integers(20, 400, (20, 3)):
        draw.ellipse((x, y, x + size // 4, y + size // 3), fill=(int(x) % 255, int(y) % 255, 90))
    return image.filter(ImageFilter.GaussianBlur(1))


def wheel():
    image = Image.new("RGB", (600, 600), "white")
    draw = ImageDraw.Draw(image)
    draw.ellipse((30, 30, 570, 570), outline="navy", width=5)
    for month in range(12):
        angle = month * math.pi / 6
        x, y = 300 + 220 * math.cos(angle), 300 + 220 * math.sin(angle)
        draw.text((x - 20, y - 10), ["jan", "feb", "mar"][month % 3], fill="black", font=face(20))
    return image


def bars():
    image = Image.new("RGB", (600, 400), "white")
    draw = ImageDraw.Draw(image)
    for step in range(6):
        draw.text((10, 340 - step * 60), f"{step * 20} %", fill="black", font=face(18))
        draw.rectangle((100 + step * 80, 350 - step * 50, 150 + step * 80, 350), fill="steelblue")
    return image


def stripes():
    rows = np.zeros((400, 400), "uint8")
    rows[::20] = 255
    return Image.fromarray(rows)


@pytest.mark.parametrize(
    "data",
    [
        saved(page(12)),
        saved(page(18, 5)),
        saved(page(30)),
        saved(page(18), "JPEG", quality=60),
        saved(page(18, ink="white", paper="navy")),
        saved(page(18, mode="RGBA", paper=(0, 0, 0, 0))),
        saved(page(18).convert("P")),
        saved(page(18).resize((2400, 936))),
        saved(page(14, 20, width=200)),
    ],
)
def test_passages_of_text_are_suspected(data):
    assert image_signs(data).lines >= FEWEST


@pytest.mark.parametrize(
    "image",
    [
        *(photograph(seed) for seed in range(4)),
        wheel(),
        bars(),
        stripes(),
        page(40, 2),
        page(18, 3),
    ],
)
def test_photographs_drawings_and_captions_are_not(image):
    assert image_signs(saved(image)).lines < FEWEST
    assert image_signs(saved(image.convert("RGB"), "JPEG", quality=80)).lines < FEWEST


def test_plain_and_tiny_images_have_no_lines():
    signs = image_signs(saved(Image.new("RGB", (300, 200), "white")))
    assert (signs.width, signs.height, signs.lines, signs.background) == (300, 200, 0, 1.0)
    assert image_signs(saved(Image.new("RGB", (4, 300)))).lines == 0
    assert image_signs(saved(Image.new("L", (300, 3)))).lines == 0


def test_an_even_pitch_is_asked_for():
    image = Image.new("RGB", (500, 700), "white")
    draw = ImageDraw.Draw(image)
    for top in (20, 60, 290, 330, 600):
        draw.text((20, top), " ".join(WORDS[:4]), fill="black", font=face(20))
    assert image_signs(saved(image)).lines == 2


@pytest.mark.parametrize("data", [b"", b"GIF89a", b"\x01\x00\x09\x00 wmf", saved(page())[:400]])
def test_what_cannot_be_looked_at_is_none(data):
    assert image_signs(data) is None
    assert image_size(data[:20]) is None


def test_an_image_larger_than_any_camera_takes_is_not_opened(monkeypatch):
    monkeypatch.setattr("kvaljury.files.image_signs._MOST_PIXELS", 100)
    assert image_signs(saved(Image.new("1", (20, 20)))) is None


def test_the_size_is_that_in_which_a_picture_is_shown():
    exif = Image.Exif()
    exif[0x0112] = 6
    assert image_size(saved(Image.new("RGB", (1200, 1920)), "JPEG", exif=exif)) == (1920, 1200)
    assert image_size(saved(Image.new("RGB", (1920, 1200)))) == (1920, 1200)
