"""The examples for authors of plugins work: the dropped file and the installed project."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kvaljury.registry import load_plugins
from kvaljury.testing import check_dossier_section, check_rubric

EXAMPLES = Path(__file__).parents[2] / "plugins" / "examples"


def test_a_dropped_file_offers_its_rubric():
    registry = load_plugins([EXAMPLES / "local"], entry_points=False)
    (offer,) = [offer for offer in registry.offers if offer.provider == "halves.py"]
    assert (offer.hook, offer.name) == ("kvaljury_rubrics", "halves")
    check_rubric(registry.values["kvaljury_rubrics", "halves"])


def test_a_dropped_file_offers_its_section():
    registry = load_plugins([EXAMPLES / "local"], entry_points=False)
    (offer,) = [offer for offer in registry.offers if offer.provider == "widest_area.py"]
    assert (offer.hook, offer.name) == ("kvaljury_dossier_sections", "widest-area")
    check_dossier_section(registry.values["kvaljury_dossier_sections", "widest-area"])


def test_a_rubric_is_at_most_thirty_lines():
    assert len((EXAMPLES / "local" / "halves.py").read_text("utf-8").splitlines()) <= 30


def run(*arguments, cwd, path):
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, path))}
    environment["PYTHONDONTWRITEBYTECODE"] = "1"
    done = subprocess.run(
        [sys.executable, *map(str, arguments)],
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """Install the example project into a folder of its own; give its copy and that folder."""
    pytest.importorskip("pip", reason="this environment has no pip to install the example with")
    pytest.importorskip("hatchling", reason="this environment has no hatchling to build with")
    place = tmp_path_factory.mktemp("project")
    copy = Path(shutil.copytree(EXAMPLES / "kvaljury-example", place / "kvaljury-example"))
    site = place / "site"
    options = ["--no-build-isolation", "--no-deps", "--no-index", "--disable-pip-version-check"]
    run("-m", "pip", "install", "--quiet", *options, "--target", site, copy, cwd=place, path=[])
    return copy, site


LISTING = """
from kvaljury.registry import load_plugins
for offer in load_plugins().offers:
    if offer.name == "employees-at-most":
        print(offer.hook, offer.provider, offer.version, offer.origin)
"""


def test_an_installed_project_is_found_by_its_entry_point(project):
    copy, site = project
    listed = run("-c", LISTING, cwd=copy.parent, path=[site, *sys.path])
    assert listed.split() == [
        "kvaljury_eligibility_rules",
        "kvaljury-example",
        "1.0.0",
        "kvaljury_example",
    ]


def test_the_projects_own_test_passes(project):
    copy, site = project
    options = ["-q", "-p", "no:cacheprovider", "--import-mode=importlib"]
    assert "4 passed" in run("-m", "pytest", *options, cwd=copy, path=[site, *sys.path])
