"""Automatic numbers are those that Word prints."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvaljury.files.word.numbering import Level, formatted


def numbers(document):
    return [p.number for p in document.paragraphs]


@pytest.fixture
def many(read, xml):
    """Read paragraphs at levels of lists."""

    def done(*places, numbering=xml.NUMBERING, **how):
        body = "".join(xml.numbered("x", at, listed) for at, listed in places)
        return numbers(read(body, numbering=numbering, **how))

    return done


def pattern(levels, inner="", identity=5):
    return f'<w:abstractNum w:abstractNumId="{identity}">{inner}{levels}</w:abstractNum>'


def listed(identity=1, inner="", of=5):
    return f'<w:num w:numId="{identity}"><w:abstractNumId w:val="{of}"/>{inner}</w:num>'


def test_levels_count_and_start_anew_under_each_number(many):
    assert many((0, 1), (1, 1), (1, 1), (0, 1), (1, 1), (2, 1), (2, 1)) == [
        "1.",
        "a)",
        "b)",
        "2.",
        "a)",
        "2.a.I",
        "2.a.II",
    ]


def test_a_level_above_that_has_not_come_counts_as_begun(many):
    assert many((2, 1)) == ["1.a.I"]


def test_lists_of_one_pattern_count_on_unless_one_starts_anew(many):
    assert many((0, 1), (0, 3), (0, 3), (0, 1)) == ["1.", "7.", "8.", "9."]


def test_bullets_are_shown_as_such(many):
    assert many((0, 2), (0, 2)) == ["•", "•"]


@pytest.mark.parametrize("place", [(0, 0), (0, 99), (5, 1), (-1, 1)])
def test_a_list_or_level_that_is_not_there_prints_nothing(many, place):
    assert many(place) == [""]


def test_a_list_of_a_pattern_that_is_not_there_prints_nothing(many):
    broken = listed(1, of=8) + '<w:num><w:abstractNumId w:val="5"/></w:num>'
    assert many((0, 1), numbering=broken) == [""]


def test_a_file_without_numbering_prints_nothing(read, xml):
    assert numbers(read(xml.numbered("x"))) == [""]


def test_a_level_may_be_replaced_for_one_list(many, xml):
    own = xml.level(0, "upperLetter", "Bilaga %1")
    override = f'<w:lvlOverride w:ilvl="0">{own}</w:lvlOverride><w:lvlOverride/>'
    found = many((0, 1), numbering=pattern(xml.level(0, "decimal", "%1")) + listed(1, override))
    assert found == ["Bilaga A"]


@pytest.mark.parametrize(
    ("restart", "expected"),
    [(None, ["1", "1", "2", "1"]), (0, ["1", "1", "2", "2"]), (1, ["1", "1", "2", "1"])],
)
def test_a_level_says_what_starts_it_anew(many, xml, restart, expected):
    inner = "" if restart is None else f'<w:lvlRestart w:val="{restart}"/>'
    levels = xml.level(0, "decimal", "%1") + xml.level(1, "decimal", "%2", inner)
    places = ((0, 1), (1, 1), (0, 1), (1, 1))
    assert many(*places, numbering=pattern(levels) + listed()) == expected


def test_a_deep_level_may_go_on_over_one_in_between():
    assert Level(restart=1).starts_anew(2, 0)
    assert not Level(restart=1).starts_anew(2, 1)
    assert Level(restart=9).starts_anew(2, 1)
    assert not Level(restart=9).starts_anew(2, 2)


def test_legal_numbers_are_digits_and_a_missing_place_is_left_open(many, xml):
    levels = xml.level(0, "upperRoman", "%1.") + xml.level(1, "decimal", "%1.%2.%3", "<w:isLgl/>")
    found = many((0, 1), (1, 1), numbering=pattern(levels) + listed())
    assert found == ["I.", "1.1."]


def test_a_level_without_a_start_begins_at_nought_and_without_a_text_prints_none(many):
    levels = '<w:lvl w:ilvl="0"><w:lvlText w:val="%1"/></w:lvl><w:lvl w:ilvl="1"/>'
    found = many((0, 1), (0, 1), (1, 1), numbering=pattern(levels) + listed())
    assert found == ["0", "1", ""]


def test_a_pattern_may_refer_to_that_of_a_numbering_style(many, xml):
    linked = pattern("", '<w:numStyleLink w:val="Lista"/>')
    defining = pattern(xml.level(0, "decimal", "%1)"), '<w:styleLink w:val="Lista"/>', 6)
    assert many((0, 1), numbering=linked + defining + listed()) == ["1)"]
    assert many((0, 1), numbering=linked + listed()) == [""]


STYLES = (
    '<w:style w:type="paragraph" w:styleId="Fråga"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr>'
    '</w:pPr></w:style><w:style w:type="paragraph" w:styleId="Del"><w:basedOn w:val="Fråga"/>'
    '<w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Ärvd"><w:basedOn w:val="Del"/></w:style>'
)


def test_a_style_numbers_its_paragraphs(read, xml):
    numbering = pattern(xml.level(0, "decimal", "%1.") + xml.level(1, "lowerLetter", "%2."))
    body = "".join(
        xml.paragraph(xml.run("x"), f'<w:pStyle w:val="{style}"/>{more}')
        for style, more in (
            ("Fråga", ""),
            ("Del", ""),
            ("Ärvd", ""),
            ("Fråga", ""),
            ("Fråga", '<w:numPr><w:ilvl w:val="1"/></w:numPr>'),
            ("Fråga", '<w:numPr><w:numId w:val="0"/></w:numPr>'),
            ("Okänd", ""),
        )
    )
    document = read(body, styles=STYLES, numbering=numbering + listed())
    assert numbers(document) == ["1.", "a.", "b.", "2.", "a.", "", ""]


def test_the_level_of_a_style_may_stand_with_the_list(read, xml):
    linked = xml.level(1, "lowerLetter", "%2)", '<w:pStyle w:val="Fråga"/>')
    numbering = pattern(xml.level(0, "decimal", "%1.") + linked) + listed()
    body = xml.paragraph(xml.run("x"), '<w:pStyle w:val="Fråga"/>')
    assert numbers(read(body, styles=STYLES, numbering=numbering)) == ["a)"]
    assert numbers(read(body, styles=STYLES)) == [""]


def test_each_story_counts_by_itself(read, xml):
    box = xml.paragraph(xml.old_box(xml.numbered("x")))
    document = read(xml.numbered("x") + box + xml.numbered("x"), numbering=xml.NUMBERING)
    assert numbers(document) == ["1.", "", "1.", "2."]


@pytest.mark.parametrize(
    ("form", "number", "written"),
    [
        ("decimal", 12, "12"),
        ("decimalZero", 7, "07"),
        ("lowerLetter", 26, "z"),
        ("upperLetter", 27, "AA"),
        ("lowerLetter", 781, "781"),
        ("lowerRoman", 1994, "mcmxciv"),
        ("upperRoman", 4, "IV"),
        ("upperRoman", 0, "0"),
        ("lowerLetter", 0, "0"),
        ("none", 3, ""),
        ("bullet", 3, ""),
        ("chineseCounting", 3, "3"),
    ],
)
def test_numbers_are_written_as_their_format_says(form, number, written):
    assert formatted(number, form) == written


VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}


@given(st.integers(1, 4999))
def test_roman_numbers_can_be_read_back(number):
    values = [VALUES[letter] for letter in formatted(number, "lowerRoman")]
    after = [*values[1:], 0]
    assert sum(-v if v < n else v for v, n in zip(values, after, strict=True)) == number
