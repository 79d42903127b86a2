"""Every key and list item of a TOML text has its line."""

import pytest

from kvaljury.files.toml_lines import line_by_path

TEXT = '''\
# a comment = 1
a = 1 # [x]
b.c = { d = [1, 2], "e f" = 'g' }
list = [
  "],}", # ]
  { k = """
  three
  lines"""" },
  [[], {}],
]
[t]
'q.q' = 2025-05-07 10:00:00
[t.u]
v = \'\'\'
[not]
\'\'\'
[[r]]
id = 1
[r.s]
x = 1
[[r.n]]
y = 1
[[r.n]]
y = "\\""
[[r]]
id = 2
'''


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("a",), 2),
        (("b",), 3),
        (("b", "c", "d", 1), 3),
        (("b", "c", "e f"), 3),
        (("list",), 4),
        (("list", 0), 5),
        (("list", 1, "k"), 6),
        (("list", 2), 9),
        (("list", 2, 0), 9),
        (("list", 2, 1), 9),
        (("t",), 11),
        (("t", "q.q"), 12),
        (("t", "u"), 13),
        (("t", "u", "v"), 14),
        (("r",), 17),
        (("r", 0, "id"), 18),
        (("r", 0, "s", "x"), 20),
        (("r", 0, "n", 0, "y"), 22),
        (("r", 0, "n", 1, "y"), 24),
        (("r", 1), 25),
        (("r", 1, "id"), 26),
    ],
)
def test_a_key_has_the_line_on_which_it_stands(path: tuple[str | int, ...], line: int) -> None:
    assert line_by_path(TEXT)[path] == line


def test_what_is_inside_a_text_is_no_key() -> None:
    assert ("not",) not in line_by_path(TEXT)


def test_an_empty_document_has_no_keys() -> None:
    assert line_by_path("\n# nothing\n") == {}


def test_keys_are_composed() -> None:
    assert line_by_path('"a\u030a" = 1') == {("å",): 1}
