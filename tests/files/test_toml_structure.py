"""Documents become attrs values only where everything fits exactly."""

from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction
from typing import Literal

import attrs
import pytest

from kvaljury.files.log import InputLog
from kvaljury.files.nearest import nearest_hint, nearest_word
from kvaljury.files.strict_structure import Refused, exact_number, structure_value
from kvaljury.files.toml_documents import parse_toml


class Colour(StrEnum):
    RED = "red"
    GREEN = "green"


@attrs.frozen
class Inner:
    id: str
    class_: str = attrs.field(default="", metadata={"toml": "class"})
    colour: Colour = Colour.RED


@attrs.frozen
class Outer:
    n: int
    flag: bool = False
    weight: Fraction = Fraction(0)
    day: date | datetime | str | None = None
    label: str | Inner | tuple[str, ...] = ""
    mode: Literal["fast", "slow"] = "fast"
    inner: tuple[Inner, ...] = ()
    one: Inner | None = None
    table: dict[str, Fraction] = attrs.field(factory=dict)
    anything: dict[str, object] = attrs.field(factory=dict)
    mixed: Fraction | Colour | None = None


def structure(text: str) -> tuple[Outer | None, list[str]]:
    log = InputLog()
    document = parse_toml(text.encode(), "f.toml", log)
    assert document is not None
    made = document.structure(Outer, log)
    return made, [str(fault) for fault in log.faults]


def value_of(text: str) -> Outer:
    made, faults = structure(f"n = 1\n{text}")
    assert faults == []
    assert made is not None
    return made


def fault_of(text: str) -> str:
    _, faults = structure(f"n = 1\n{text}")
    (fault,) = faults
    return fault


def test_the_rest_is_read_so_that_all_faults_show_at_once() -> None:
    made, faults = structure('n = 1\nweight = "heavy"\nFlag = true\nlabel = "kept"')
    assert len(faults) == 2
    assert (made.label, made.weight) == ("kept", 0)


def test_without_a_key_that_must_be_there_nothing_is_read() -> None:
    assert structure('n = "one"\nlabel = "kept"')[0] is None
    assert structure('label = "kept"\nFlag = true')[0] is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("flag = true", Outer(1, flag=True)),
        ("weight = 3", Outer(1, weight=Fraction(3))),
        ("weight = 12.5", Outer(1, weight=Fraction(25, 2))),
        ('weight = "50/3"', Outer(1, weight=Fraction(50, 3))),
        ("day = 2025-05-07", Outer(1, day=date(2025, 5, 7))),
        ("day = 2025-05-07T10:00:00", Outer(1, day=datetime.fromisoformat("2025-05-07T10:00"))),
        ('day = "2025"', Outer(1, day="2025")),
        ('label = "x"', Outer(1, label="x")),
        ('label = { id = "x" }', Outer(1, label=Inner("x"))),
        ('label = ["x"]', Outer(1, label=("x",))),
        ('mode = "slow"', Outer(1, mode="slow")),
        ('one = { id = "x" }', Outer(1, one=Inner("x"))),
        ("table = { a = 1 }", Outer(1, table={"a": Fraction(1)})),
        ('[[inner]]\nid = "x"\nclass = "k"', Outer(1, inner=(Inner("x", "k"),))),
        ('mixed = "green"', Outer(1, mixed=Colour.GREEN)),
        ("mixed = 2", Outer(1, mixed=Fraction(2))),
        ("mixed = 2.5", Outer(1, mixed=Fraction(5, 2))),
    ],
)
def test_what_fits_is_read(text: str, expected: Outer) -> None:
    assert value_of(text) == expected


def test_an_allowed_word_becomes_a_member_of_its_enumeration() -> None:
    made = value_of('[[inner]]\nid = "x"\ncolour = "green"')
    assert made.inner[0].colour is Colour.GREEN


def test_anything_goes_where_anything_is_asked_for() -> None:
    made = value_of("anything = { a = [1, { b = 2025-01-01 }] }")
    assert made.anything == {"a": [1, {"b": date(2025, 1, 1)}]}


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("flag = 1", "f.toml:2: flag: the number 1 stands where true or false was expected"),
        ("weight = true", "f.toml:2: weight: true stands where a number was expected"),
        (
            'weight = "1/0"',
            'f.toml:2: weight: the text "1/0" stands where a number was expected',
        ),
        (
            'weight = "12,5"',
            'f.toml:2: weight: the text "12,5" stands where a number was expected',
        ),
        (
            "day = 5",
            "f.toml:2: day: the number 5 stands where a date or a date with a time or a text in"
            " quotes was expected",
        ),
        ("one = 10:00:00", "f.toml:2: one: a time stands where a table was expected"),
        ("inner = {}", "f.toml:2: inner: a table stands where a list was expected"),
        ("table = []", "f.toml:2: table: a list stands where a table was expected"),
        (
            'table = { "a b" = "x" }',
            'f.toml:2: table."a b": the text "x" stands where a number was expected',
        ),
        (
            'mode = "fats"',
            'f.toml:2: mode: the text "fats" stands where one of fast, slow was expected'
            " (did you mean fast?)",
        ),
        ("mode = 1", "f.toml:2: mode: the number 1 stands where one of fast, slow was expected"),
        (
            '[[inner]]\nid = "x"\n[[inner]]\nid = "y"\ncolour = "tan"',
            'f.toml:6: inner[2].colour: the text "tan" stands where one of red, green was expected',
        ),
        ("[[inner]]", "f.toml:2: inner[1].id: the key id is missing"),
        (
            '[[inner]]\nid = "x"\nclas = "k"',
            "f.toml:4: inner[1].clas: the key clas is unknown (did you mean class?)",
        ),
        (
            "[one]\nid = 5",
            "f.toml:3: one.id: the number 5 stands where a text in quotes was expected",
        ),
        ("Flag = true", "f.toml:2: Flag: the key Flag is unknown (did you mean flag?)"),
    ],
)
def test_what_does_not_fit_is_a_fault_at_its_line(text: str, shown: str) -> None:
    assert fault_of(text) == shown


def test_a_decimal_number_is_no_whole_number() -> None:
    assert structure("n = 5.0")[1] == [
        "f.toml:1: n: the decimal number 5.0 stands where a whole number was expected"
    ]


def test_true_is_no_whole_number() -> None:
    assert structure("n = true")[1] == [
        "f.toml:1: n: true stands where a whole number was expected"
    ]


def test_all_faults_come_at_once() -> None:
    text = (
        'flag = 1\nmode = "x"\ntable = { a = "b", c = "d" }\nq = 1\n[[inner]]\n[[inner]]\nid = 1\n'
    )
    made, faults = structure(text)
    assert made is None
    assert sorted(fault.split(": ")[1] for fault in faults) == [
        "flag",
        "inner[1].id",
        "inner[2].id",
        "mode",
        "n",
        "q",
        "table.a",
        "table.c",
    ]


def test_a_long_text_is_cut_in_the_message() -> None:
    assert len(fault_of(f'weight = "{"x" * 5000}"')) < 200


def test_a_single_value_is_refused_with_the_first_thing_that_is_wrong() -> None:
    with pytest.raises(Refused, match="the number 1 stands where a text in quotes was expected"):
        structure_value([1, 2], tuple[str, ...])


def test_a_single_value_that_fits_is_given() -> None:
    assert structure_value(["red"], tuple[Colour, ...]) == (Colour.RED,)


@pytest.mark.parametrize("value", [True, "50", "50/0", "1/2/3", None, "x/2"])
def test_what_is_no_number_gives_none(value: object) -> None:
    assert exact_number(value) is None


def test_the_nearest_word_ignores_case() -> None:
    assert nearest_word("METOD", ["method", "seed"]) == "method"


def test_all_known_words_are_named_where_none_is_near() -> None:
    assert str(nearest_hint("zzz", ["b", "a"])) == "known: a, b"


def test_there_is_no_hint_where_nothing_is_known() -> None:
    assert nearest_hint("a", []) is None
