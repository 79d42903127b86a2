"""Commands run as users run them, in process."""

import json

import attrs
import pytest

from kvaljury.cli import run
from tests.cli.small_year import write_year


@attrs.frozen
class Said:
    """What a command returned and said."""

    code: int
    out: str
    err: str

    @property
    def json(self):
        return json.loads(self.out)


@pytest.fixture
def kvaljury(capfdbinary, monkeypatch):
    """Run a command in process; what it says is decoded as UTF-8."""
    monkeypatch.delenv("KVALJURY_LANG", raising=False)
    monkeypatch.delenv("KVALJURY_DEBUG", raising=False)

    def said(*arguments):
        code = run([str(argument) for argument in arguments])
        out, err = capfdbinary.readouterr()
        return Said(code, out.decode(), err.decode())

    return said


@pytest.fixture
def linked_year(tmp_path):
    """A year whose teams are connected by guests."""
    return write_year(tmp_path / "linked")


@pytest.fixture
def split_year(tmp_path):
    """A year whose teams share nobody."""
    return write_year(tmp_path / "split", linked=False)
