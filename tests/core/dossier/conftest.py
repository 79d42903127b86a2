"""A small year, read and ranked, whose dossiers are made."""

import pytest

from kvaljury.core.model import Scheme
from kvaljury.core.pipeline import rank_edition
from kvaljury.files import InputLog, read_edition, read_marks
from kvaljury.registry import load_plugins
from tests.cli.small_year import write_year


def ranked(folder):
    """Give edition, marks and ranking of an edition folder."""
    edition = read_edition(folder, InputLog())
    toolkit = load_plugins(entry_points=False).resolve(edition.rules)
    scheme = Scheme({leaf.id: toolkit.rubrics[leaf.rubric] for leaf in edition.rules.leaves()})
    marks = read_marks(folder, scheme, edition, InputLog())
    return edition, marks, rank_edition(edition, marks, toolkit)


@pytest.fixture(scope="session")
def linked(tmp_path_factory):
    return ranked(write_year(tmp_path_factory.mktemp("linked") / "year"))


@pytest.fixture(scope="session")
def split(tmp_path_factory):
    return ranked(write_year(tmp_path_factory.mktemp("split") / "year", linked=False))
