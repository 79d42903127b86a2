"""The demo edition's documents, made once in each test process."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kvaljury.cli import run
from kvaljury.core.sensitivity import assess_sensitivity

DEMO = Path(__file__).parents[2] / "examples" / "demo-2025"


@pytest.fixture(scope="session")
def make_demo(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Run ``kvaljury dossier`` on a copy of the demo edition; gives the folder of its files.

    How firmly the lists stand is the same in every language and takes most of the time: it is
    computed once.
    """

    found: list[Any] = []

    def assess_once(*given: Any, **named: Any) -> Any:
        found[:] = found or [assess_sensitivity(*given, **named)]
        return found[0]

    def make(*options: str) -> Path:
        folder = tmp_path_factory.mktemp("demo") / "demo-2025"
        shutil.copytree(DEMO, folder, ignore=shutil.ignore_patterns("out"))
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("kvaljury.core.sensitivity.assess_sensitivity", assess_once)
            assert run(["dossier", str(folder), *options]) == 0
        return folder / "out" / ("dossier-blind" if "--blind" in options else "dossier")

    return make


@pytest.fixture(scope="session")
def demo_dossiers(make_demo: Callable[..., Path]) -> Path:
    """The folder with all HTML and PDF of the demo edition, in Swedish."""
    return make_demo()
