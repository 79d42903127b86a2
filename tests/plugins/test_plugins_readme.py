"""plugins/README.md says what the code does: headings, signatures, fields, examples, errors."""

import ast
import inspect
import re
from pathlib import Path
from typing import get_args

import attrs
import pytest

import kvaljury
from kvaljury import hookspecs, testing
from kvaljury.core import model
from kvaljury.core.model import DossierSettings, blocks
from kvaljury.registry import load_plugins

README = Path(__file__).parents[2] / "plugins" / "README.md"
HOOKS = {
    name: function
    for name, function in vars(hookspecs).items()
    if name.startswith("kvaljury_") and callable(function)
}
CHECKS = {
    "kvaljury_rubrics": testing.check_rubric,
    "kvaljury_eligibility_rules": lambda rule: testing.check_eligibility_rule(
        rule, {"year": 2025, "run_by": ("city", "contractor")}
    ),
    "kvaljury_aggregations": testing.check_aggregation,
    "kvaljury_normalisations": testing.check_normalisation,
    "kvaljury_shortlist_rules": testing.check_shortlist_rule,
    "kvaljury_dossier_sections": testing.check_dossier_section,
    "kvaljury_jav_rules": testing.check_jav_rule,
    "kvaljury_voting_methods": testing.check_voting_method,
}


def sections():
    headed = re.split(
        r"^### `(\w+)`$", README.read_text("utf-8").split("\n## Errors")[0], flags=re.MULTILINE
    )
    return dict(zip(headed[1::2], headed[2::2], strict=True))


def test_every_hook_has_its_heading_and_every_heading_its_hook():
    assert list(sections()) == list(HOOKS)


@pytest.mark.parametrize("hook", HOOKS)
def test_the_signature_of_a_hook_is_that_of_the_code(hook):
    (shown,) = re.findall(r"```text\n(.*?)\n```", sections()[hook], flags=re.DOTALL)
    function = HOOKS[hook]
    (given,) = function.__annotations__["return"].__args__
    assert shown == f"def {hook}() -> Iterable[{given.__name__}]"
    assert not inspect.signature(function).parameters


@pytest.mark.parametrize("hook", HOOKS)
def test_the_example_of_a_hook_runs_and_keeps_its_contract(hook, tmp_path):
    (example,) = re.findall(r"```python\n(.*?)```", sections()[hook], flags=re.DOTALL)
    (tmp_path / "example.py").write_text(example, "utf-8")
    registry = load_plugins([tmp_path], entry_points=False)
    (offer,) = [offer for offer in registry.offers if offer.provider == "example.py"]
    assert offer.hook == hook
    CHECKS[hook](registry.values[hook, offer.name])


def tables():
    table = r"^\| field of `(\w+)` \|.*\n\|[-|]+\n((?:\|.*\n)+)"
    return [
        (name, re.findall(r"^\| `(\w+)` \|", rows, flags=re.MULTILINE))
        for name, rows in re.findall(table, README.read_text("utf-8"), flags=re.MULTILINE)
    ]


@pytest.mark.parametrize(("name", "documented"), tables())
def test_the_fields_of_a_type_are_those_of_the_code(name, documented):
    assert documented == [field.name for field in attrs.fields(getattr(model, name))]


def test_every_block_is_shown_with_its_fields_and_what_may_be_left_out():
    shown = dict(
        re.findall(r"`blocks\.([A-Z]\w+)\(([^)]*(?:\(\))?[^)]*)\)`", README.read_text("utf-8"))
    )
    kinds = (*get_args(blocks.Block), blocks.Column, blocks.Cell, blocks.Interval, blocks.Strip)
    assert shown == {
        kind.__name__: ", ".join(
            field.name
            if field.default is attrs.NOTHING
            else f"{field.name}={field.default!r}".replace("'", '"')
            for field in attrs.fields(kind)
        )
        for kind in kinds
    }


def test_the_sections_that_come_with_kvaljury_are_those_that_it_offers_and_uses():
    (sentence,) = re.findall(r"those of kvaljury are (.*?)\. Try", README.read_text("utf-8"))
    offers = load_plugins(entry_points=False).offers
    named = re.findall(r"`([a-z-]+)`", sentence)
    assert tuple(named) == DossierSettings().sections
    assert sorted(named) == [o.name for o in offers if o.hook == "kvaljury_dossier_sections"]


def test_every_type_that_a_plugin_makes_has_its_table():
    shown = {name for name, _ in tables()}
    offered = {f.__annotations__["return"].__args__[0].__name__ for f in HOOKS.values()}
    assert offered | {"Criterion", "Scale", "Level", "Verdict", "Calibration"} <= shown
    assert shown <= set(kvaljury.__all__)


def test_every_example_imports_from_the_public_face_alone():
    for example in re.findall(r"```python\n(.*?)```", README.read_text("utf-8"), flags=re.DOTALL):
        for node in ast.walk(ast.parse(example)):
            if isinstance(node, ast.ImportFrom) and node.module.startswith("kvaljury"):
                assert node.module == "kvaljury"


def codes_in_code():
    for path in Path(kvaljury.__file__).parent.rglob("*.py"):
        text = path.read_text("utf-8")
        yield from re.findall(r"code=\"(plugin-[a-z-]+)\"", text)
        if path.parent.name == "registry":
            for code in re.findall(r"\.fault\(\s*\"([a-z-]+)\"", text):
                yield f"plugin-{code}"


def test_the_table_of_errors_lists_every_code_of_the_code_and_no_other():
    table = README.read_text("utf-8").split("\n## Errors")[1]
    documented = re.findall(r"^\| `(plugin-[a-z-]+)` \|", table, flags=re.MULTILINE)
    assert set(documented) == set(codes_in_code())


def test_every_function_of_calibration_that_is_shown_exists_with_these_parameters():
    (rows,) = re.findall(
        r"^\| function of `kvaljury.calibration` \|.*\n\|[-|]+\n((?:\|.*\n)+)",
        README.read_text("utf-8"),
        flags=re.MULTILINE,
    )
    shown = re.findall(r"^\| `(\w+)\(([^)]*)\)` \|", rows, flags=re.MULTILINE)
    assert len(shown) == len(rows.splitlines())
    for name, parameters in shown:
        known = inspect.signature(getattr(kvaljury.calibration, name)).parameters
        assert parameters.split(", ") == list(known)[: len(parameters.split(", "))]
        assert all(
            p.default is not p.empty for p in list(known.values())[parameters.count(",") + 1 :]
        )


def test_the_methods_that_come_with_kvaljury_are_those_that_it_offers():
    table = re.search(
        r"^\| method \|.*\n\|[-|]+\n((?:\|.*\n)+)", README.read_text("utf-8"), re.MULTILINE
    )
    shown = re.findall(r"^\| `([a-z-]+)` \|", table[1], flags=re.MULTILINE)
    offers = load_plugins(entry_points=False).offers
    assert sorted(shown) == sorted(o.name for o in offers if o.hook == "kvaljury_normalisations")


@pytest.mark.parametrize(
    ("column", "hook"),
    [("rule", "kvaljury_jav_rules"), ("voting method", "kvaljury_voting_methods")],
)
def test_what_comes_with_kvaljury_for_the_jury_is_what_it_offers(column, hook):
    (rows,) = re.findall(
        rf"^\| {column} \|.*\n\|[-|]+\n((?:\|.*\n)+)", README.read_text("utf-8"), re.MULTILINE
    )
    shown = re.findall(r"^\| `([a-z-]+)` \|", rows, flags=re.MULTILINE)
    offers = load_plugins(entry_points=False).offers
    assert sorted(shown) == sorted(o.name for o in offers if o.hook == hook)


def test_every_file_that_is_linked_to_is_there():
    for link in re.findall(r"\]\(([^)#]+)\)", README.read_text("utf-8")):
        assert (README.parent / link).exists(), link


def test_every_check_that_is_named_exists():
    named = set(re.findall(r"`(check_\w+)\(", README.read_text("utf-8")))
    assert named == {name for name in testing.__all__ if name.startswith("check_")}
