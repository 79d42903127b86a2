"""Documents split at line breaks."""

import attrs
from hypothesis import given
from hypothesis import strategies as st

from kvaljury.core.intake.counting import count_characters
from kvaljury.core.intake.lines import by_lines
from kvaljury.core.model.word_document import (
    Origin,
    Paragraph,
    Part,
    PlacedImage,
    Stretch,
    WordDocument,
)


def test_every_line_is_a_paragraph_and_only_the_first_is_numbered():
    paragraph = Paragraph(
        (Stretch("ett\ntv"), Stretch("å\n", Origin.INSERTED), Stretch("tre")),
        number="1.",
        heading=2,
    )
    lines = by_lines(WordDocument("f", (Paragraph((Stretch("noll"),)), paragraph)))
    made = lines.document.paragraphs
    assert [(p.text, p.number, p.heading) for p in made] == [
        ("noll", "", 0),
        ("ett", "1.", 2),
        ("två", "", 2),
        ("tre", "", 2),
    ]
    assert lines.origins == (0, 1, 1, 1)
    assert lines.of_paragraph(1) == range(1, 4)
    assert made[2].stretches == (Stretch("tv"), Stretch("å", Origin.INSERTED))


def test_a_break_that_was_deleted_splits_nothing():
    paragraph = Paragraph((Stretch("ett"), Stretch("\n", Origin.DELETED), Stretch("två\ntre")))
    made = by_lines(WordDocument("f", (paragraph,))).document.paragraphs
    assert [p.text for p in made] == ["etttvå", "tre"]


def test_notes_and_images_refer_to_the_first_line():
    image = PlacedImage("a.png", 1, "image/png", b"")
    document = WordDocument(
        "f",
        (
            Paragraph((Stretch("a\nb"),)),
            Paragraph((Stretch("c\nd"),)),
            Paragraph((Stretch("not"),), Part.FOOTNOTE, anchor=1),
        ),
        (image, attrs.evolve(image, paragraph=None)),
    )
    made = by_lines(document).document
    assert made.paragraphs[4].anchor == 2
    assert [each.paragraph for each in made.images] == [2, None]


_STRETCHES = st.lists(
    st.builds(Stretch, st.text("ab\n \u00ad", max_size=6), st.sampled_from(Origin)), max_size=4
)
_PARAGRAPHS = st.lists(
    st.builds(
        Paragraph, _STRETCHES.map(tuple), st.sampled_from(Part), number=st.sampled_from(["", "1."])
    ),
    max_size=5,
)


@given(_PARAGRAPHS)
def test_splitting_never_changes_the_count(paragraphs):
    document = WordDocument("f", tuple(paragraphs))
    assert count_characters(by_lines(document).document) == count_characters(document)
