"""Who may import whom, what the public face shows, and what every module keeps to."""

import ast
import copy
import importlib
import json
import pickle
import re
import subprocess
import sys
from pathlib import Path

import attrs
import pytest

import kvaljury
from kvaljury import errors
from kvaljury.errors import InputFault, InputFaults, KvaljuryError, Source, Text

# The package as it is imported: the source tree's, or the installed wheel's.
PACKAGES = Path(kvaljury.__file__).parent
PLUGINS = Path(importlib.import_module("kvaljury_plugins").__file__).parent
ROOT = Path(__file__).parents[1]

STDLIB_OF_CORE = {
    "contextlib",
    "__future__",
    "bisect",
    "collections",
    "decimal",
    "difflib",
    "enum",
    "fractions",
    "functools",
    "hashlib",
    "heapq",
    "itertools",
    "math",
    "operator",
    "re",
    "string",
    "types",
    "typing",
    "unicodedata",
}
STDLIB_WITHOUT_CLOCK = {"datetime"}
NUMBERS = {"attrs", "numpy", "scipy"}
DATA_LIBRARIES = {
    "PIL",
    "attrs",
    "cattrs",
    "filelock",
    "holidays",
    "lxml",
    "openpyxl",
    "rfc8785",
    "tomli_w",
    "xlsxwriter",
}

# Innermost first: the first prefix that fits a module is its rule.
# None for the standard library means all of it.
RULES = (
    ("kvaljury.errors", (), {"attrs"}, None),
    ("kvaljury.core", ("kvaljury.core", "kvaljury.errors"), NUMBERS, STDLIB_OF_CORE),
    ("kvaljury.hookspecs", ("kvaljury.core.model",), {"pluggy"}, {"collections"}),
    (
        "kvaljury.registry",
        ("kvaljury.registry", "kvaljury.hookspecs", "kvaljury.core.model", "kvaljury.errors"),
        {"attrs", "pluggy"},
        None,
    ),
    (
        "kvaljury.testing",
        (
            "kvaljury.testing",
            "kvaljury.registry",
            "kvaljury.core.dossier",
            "kvaljury.core.recusal",
            "kvaljury.core.tallying",
            "kvaljury.core.model",
            "kvaljury.errors",
        ),
        {"attrs", "numpy", "hypothesis"},
        None,
    ),
    (
        "kvaljury.files",
        ("kvaljury.files", "kvaljury.core.model", "kvaljury.errors", "kvaljury_rubrics"),
        DATA_LIBRARIES | {"numpy"},
        None,
    ),
    (
        "kvaljury.reports",
        ("kvaljury.reports", "kvaljury.core.model", "kvaljury.errors"),
        {"attrs", "docx", "jinja2", "lxml", "typst", "markupsafe"},
        None,
    ),
    ("kvaljury.cli", ("kvaljury",), DATA_LIBRARIES | {"click", "rich"}, None),
    ("kvaljury.__main__", ("kvaljury.cli",), set(), {"gc", "sys"}),
    ("kvaljury_plugins", ("kvaljury_plugins",), {"numpy", "scipy"}, None),
    # The face shows the core, the errors and the hooks, each when it is asked for.
    ("kvaljury", ("kvaljury.core", "kvaljury.errors", "kvaljury.hookspecs"), set(), None),
)

CLOCKS = {"now", "today", "utcnow", "time_ns", "perf_counter", "monotonic"}
SEEDED = {"default_rng", "Generator", "SeedSequence", "PCG64", "Philox", "SFC64"}


def modules():
    """Give every module of the project with its dotted name."""
    for folder in (PACKAGES, PLUGINS):
        for path in sorted(folder.rglob("*.py")):
            parts = path.relative_to(folder.parent).with_suffix("").parts
            name = ".".join(parts).removesuffix(".__init__")
            yield pytest.param(path, name, id=name)


every_module = pytest.mark.parametrize(("path", "name"), list(modules()))


def imports_of(path, name):
    """Give the dotted names that a module imports, relative ones made absolute."""
    package = name if path.name == "__init__.py" else name.rpartition(".")[0]
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) - node.level + 1]
            module = ".".join(
                [*(above if node.level else []), *([node.module] * bool(node.module))]
            )
            yield from (f"{module}.{alias.name}" for alias in node.names)


def within(name, prefixes):
    return any(name == prefix or name.startswith(f"{prefix}.") for prefix in prefixes)


def forbidden_imports(path, name):
    _, own, libraries, stdlib = next(rule for rule in RULES if within(name, [rule[0]]))
    for imported in imports_of(path, name):
        top = imported.split(".")[0]
        if top in {"kvaljury", "kvaljury_plugins", "kvaljury_rubrics"}:
            if not within(imported, own) and imported not in free_names(name):
                yield imported
        elif top in sys.stdlib_module_names:
            if stdlib is not None and top not in stdlib | STDLIB_WITHOUT_CLOCK:
                yield imported
        elif top not in libraries:
            yield imported


def free_names(name):
    """Give what everybody may import from the root: the version, and for plugins the face."""
    if within(name, ["kvaljury_plugins"]):
        return {f"kvaljury.{public}" for public in kvaljury.__all__}
    if within(name, ["kvaljury.registry"]):
        return {"kvaljury.__version__", "kvaljury.hookspecs"}
    if within(name, ["kvaljury.files"]):
        return {"kvaljury.__version__"}
    return set()


@every_module
def test_a_module_imports_only_what_its_place_in_the_house_allows(path, name):
    assert list(forbidden_imports(path, name)) == []


@pytest.mark.parametrize(
    ("place", "source", "refused"),
    [
        ("kvaljury.core.ranking", "import os", ["os"]),
        ("kvaljury.core.ranking", "from pathlib import Path", ["pathlib.Path"]),
        ("kvaljury.core.ranking", "import random", ["random"]),
        ("kvaljury.core.ranking", "from ..files import log", ["kvaljury.files.log"]),
        ("kvaljury.core.ranking", "from kvaljury import Entry", ["kvaljury.Entry"]),
        ("kvaljury.core.ranking", "def f():\n    import click", ["click"]),
        ("kvaljury.core.ranking", "from .model import Entry", []),
        ("kvaljury.core.ranking", "import numpy.linalg", []),
        ("kvaljury.errors", "from kvaljury.core import model", ["kvaljury.core.model"]),
        ("kvaljury.files.log", "from kvaljury.registry import Offer", ["kvaljury.registry.Offer"]),
        ("kvaljury.files.log", "from kvaljury.core import trace", ["kvaljury.core.trace"]),
        ("kvaljury.files.log", "import kvaljury.cli", ["kvaljury.cli"]),
        ("kvaljury.registry.finding", "from kvaljury.files import log", ["kvaljury.files.log"]),
        (
            "kvaljury_plugins.raw",
            "from kvaljury.core.model import Panel",
            ["kvaljury.core.model.Panel"],
        ),
        ("kvaljury_plugins.raw", "from kvaljury import Panel", []),
        ("kvaljury_plugins.raw", "import pandas", ["pandas"]),
        ("kvaljury.cli.rank", "from kvaljury.core import trace", []),
    ],
)
def test_the_rule_of_imports_would_notice(tmp_path, place, source, refused):
    path = tmp_path / "module.py"
    path.write_text(source, "utf-8")
    assert list(forbidden_imports(path, place)) == refused


def calls_in(source):
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func), node


def impure_calls(source):
    for called, node in calls_in(source):
        last = called.rpartition(".")[2]
        unseeded = last == "default_rng" and not node.args and not node.keywords
        legacy = re.fullmatch(r"(np|numpy)\.random\.\w+", called) and last not in SEEDED
        if called in {"open", "print", "input"} or last in CLOCKS or unseeded or legacy:
            yield called


@every_module
def test_the_core_opens_no_file_asks_no_clock_and_draws_no_unseeded_number(path, name):
    if within(name, ["kvaljury.core", "kvaljury_plugins"]):
        assert list(impure_calls(path.read_text("utf-8"))) == []


@pytest.mark.parametrize(
    ("source", "impure"),
    [
        ("open('x')", True),
        ("datetime.now()", True),
        ("datetime.date.today()", True),
        ("np.random.default_rng()", True),
        ("np.random.normal()", True),
        ("np.random.seed(1)", True),
        ("np.random.default_rng(seed)", False),
        ("generator.normal()", False),
        ("np.random.default_rng(seed).normal()", False),
        ("datetime(2025, 1, 1)", False),
    ],
)
def test_the_rule_of_purity_would_notice(source, impure):
    assert bool(list(impure_calls(source))) is impure


def imported_at_once(path, name):
    tree = ast.parse(path.read_text("utf-8"))
    tree.body = [node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)]
    for node in tree.body:
        names = (
            [alias.name for alias in node.names] if isinstance(node, ast.Import) else [node.module]
        )
        yield from (imported.split(".")[0] for imported in names if imported)


@every_module
def test_no_module_loads_a_heavy_library_before_it_is_needed(path, name):
    heavy = {"scipy", "rich", "xlsxwriter", "openpyxl", "hypothesis", "lxml", "docx"}
    if name.endswith("spreadsheets"):
        heavy.remove("xlsxwriter")
    if within(name, ["kvaljury.files.word"]):  # is itself imported where a Word file is read
        heavy.remove("lxml")
    if name in {"kvaljury.reports.word", "kvaljury.reports.word_styles"}:  # likewise, written
        heavy.remove("docx")
    assert heavy.isdisjoint(imported_at_once(path, name))


@every_module
def test_a_module_says_what_it_is_and_stays_readable(path, name):
    source = path.read_text("utf-8")
    assert ast.get_docstring(ast.parse(source)), f"{name} has no docstring"
    assert len(source.splitlines()) <= 400, f"{name} is longer than 400 lines"


@every_module
def test_no_module_is_named_for_a_drawer(path, name):
    assert name.rpartition(".")[2] not in {"utils", "util", "helpers", "common", "base", "misc"}


def test_only_main_imports_the_command_line():
    users = {
        name
        for path, name in (param.values for param in modules())
        if any(within(imported, ["kvaljury.cli"]) for imported in imports_of(path, name))
    }
    assert {name for name in users if not within(name, ["kvaljury.cli"])} <= {"kvaljury.__main__"}


def test_the_face_is_alphabetical_and_lists_what_it_can_give():
    assert kvaljury.__all__ == sorted(kvaljury.__all__)
    assert list(kvaljury._HOME) == kvaljury.__all__
    assert set(dir(kvaljury)) >= {*kvaljury.__all__, "__version__"}


@pytest.mark.parametrize("name", kvaljury.__all__)
def test_every_name_of_the_face_resolves(name):
    assert getattr(kvaljury, name) is not None


def test_type_checkers_see_the_same_face():
    tree = ast.parse((PACKAGES / "__init__.py").read_text("utf-8"))
    (block,) = [node for node in tree.body if isinstance(node, ast.If)]
    shown = {(alias.asname, f"{node.module}") for node in block.body for alias in node.names}
    assert shown == set(kvaljury._HOME.items())


def test_a_name_that_the_face_lacks_is_an_attribute_error():
    with pytest.raises(AttributeError, match="has no attribute 'Rubrik'"):
        _ = kvaljury.Rubrik


def fresh(code):
    """Run code in a Python of its own and give the modules that it loaded."""
    report = f"import sys, json\n{code}\nprint(json.dumps(sorted(sys.modules)))"
    path = json.dumps(sys.path)
    done = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path[:] = {path}\n{report}"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    return set(json.loads(done.stdout))


def test_importing_the_package_loads_nothing_heavy():
    loaded = fresh("import kvaljury; kvaljury.__version__")
    assert loaded.isdisjoint({"numpy", "scipy", "pluggy", "attrs", "click", "kvaljury.core"})


def test_loading_every_plugin_leaves_scipy_and_the_shell_alone():
    loaded = fresh("from kvaljury.registry import load_plugins; load_plugins()")
    assert "kvaljury_plugins.mixed_model" in loaded
    assert loaded.isdisjoint({"scipy", "click", "rich", "kvaljury.files", "kvaljury.cli"})


def error_classes(root=KvaljuryError):
    return [root, *(leaf for child in root.__subclasses__() for leaf in error_classes(child))]


def made(kind):
    return kind(Text("{n} is off", n=3), Source("marks/E07.csv", 2, "mark"), Text("mend it"), "odd")


@pytest.mark.parametrize("kind", error_classes(), ids=lambda kind: kind.__name__)
@pytest.mark.parametrize(
    "again", [copy.copy, copy.deepcopy, lambda error: pickle.loads(pickle.dumps(error))]
)
def test_every_error_can_be_copied_and_pickled(kind, again):
    error = made(kind)
    other = again(error)
    assert type(other) is kind
    assert str(other) == str(error)
    assert [getattr(other, f.name) for f in attrs.fields(kind)] == [
        getattr(error, f.name) for f in attrs.fields(kind)
    ]


def test_faults_that_were_collected_can_be_pickled():
    error = InputFaults.of([made(InputFault), made(InputFault)])
    assert str(pickle.loads(pickle.dumps(error))) == str(error)


def test_every_error_has_its_own_exit_code_and_a_kebab_case_code():
    assert {kind.exit_code for kind in error_classes()} <= {1, 2, 3, 4, 5, 6, 7}
    for kind in error_classes():
        code = attrs.fields(kind).code.default
        assert code == code.lower()
        assert code.replace("-", "").isalpha()


def test_every_error_of_the_house_stands_in_one_module():
    assert {kind.__module__ for kind in error_classes()} == {errors.__name__}


@pytest.fixture
def tree():
    if not (ROOT / "kvaljury" / "__init__.py").is_file():
        pytest.skip("the source tree is out of the way: the tests run against the wheel")
    return ROOT


def test_the_top_level_holds_what_the_house_fixes(tree):
    for name in (
        "pyproject.toml",
        "README.md",
        "Makefile",
        "CHANGELOG.md",
        "LICENSE",
        ".gitignore",
        ".ci/run",
        "examples",
        "benchmarks",
        "kvaljury",
        "plugins",
        "rubrics",
        "tests",
    ):
        assert (tree / name).exists(), name


def test_the_changelog_knows_the_version(tree):
    assert f"## {kvaljury.__version__}" in (tree / "CHANGELOG.md").read_text("utf-8")


def test_the_wheel_leaves_no_file_of_the_packages_out(tree):
    """Hatchling obeys .gitignore, so a careless pattern would empty the wheel without a word."""
    done = subprocess.run(
        [
            "git",
            "ls-files",
            "--others",
            "--ignored",
            "--exclude-standard",
            "kvaljury",
            "plugins",
            "rubrics",
            "examples",
        ],
        cwd=tree,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        pytest.skip("no git, or no repository")
    ignored = [
        line
        for line in done.stdout.splitlines()
        if "__pycache__" not in line and not line.startswith("examples/")
    ]
    assert ignored == []
