"""An entry to try rules on, and the way to the parts of a text."""

import string
from collections.abc import Callable, Iterator

import pytest

from kvaljury.core.model import Entry, Kind
from kvaljury.errors import Text


@pytest.fixture(scope="session")
def make_entry() -> Callable[..., Entry]:
    """A maker of entries of which nothing is known but what is given."""

    def make(**fields: object) -> Entry:
        known = {"id": "F01", "name": "Exempel", "entry_class": "andra", "kind": Kind.OTHER}
        return Entry(**(known | fields))

    return make


def _texts(text: Text) -> Iterator[Text]:
    yield text
    for _, value in text.parameters:
        if isinstance(value, Text):
            yield from _texts(value)


def _fields(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name is not None}


@pytest.fixture(scope="session")
def check_bilingual() -> Callable[[Text], None]:
    """A check that a text and all texts in it can be shown in Swedish and in English."""

    def check(text: Text) -> None:
        for part in _texts(text):
            assert part.sv is not None
            assert part.en
            assert part.sv
            given = {name for name, _ in part.parameters}
            assert _fields(part.en) == _fields(part.sv) == given

    return check


@pytest.fixture(scope="session")
def in_swedish() -> Callable[[Text], str]:
    """A plain rendering of a plugin's Swedish text."""

    def render(text: Text) -> str:
        values = {k: render(v) if isinstance(v, Text) else v for k, v in text.parameters}
        assert text.sv is not None
        return text.sv.format_map(values)

    return render
