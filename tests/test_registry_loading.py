import hashlib
import sys
import textwrap
from importlib import metadata
from pathlib import Path

import pytest

from kvaljury.errors import PluginFault, Source
from kvaljury.registry import finding, load_plugins
from kvaljury.registry.finding import BUILT_IN, Provider, local_files
from kvaljury.registry.loading import registry_of

RUBRIC = """
from fractions import Fraction
from kvaljury import Aggregation, Criterion, Rubric, Scale, Text, hookimpl

SCALE = Scale(Fraction(0), Fraction(10), Fraction(1))

def score(marks):
    return 10 * marks[:, 0]

@hookimpl
def kvaljury_rubrics():
    yield Rubric("NAME", (Criterion("", Text("Mark", sv="Poäng")),), SCALE, (), score)
"""


def rubric(name="tenths"):
    return RUBRIC.replace("NAME", name)


@pytest.fixture
def folder(tmp_path):
    """Write one-file plugins and load them without any others."""

    def write(**sources):
        for stem, source in sources.items():
            (tmp_path / f"{stem}.py").write_text(textwrap.dedent(source), "utf-8")
        return tmp_path

    return write


def load(folder):
    return registry_of(local_files([folder]))


def fault_of(folder):
    with pytest.raises(PluginFault) as caught:
        load(folder)
    assert caught.value.exit_code == 4
    return caught.value


def test_a_file_in_a_folder_offers_a_rubric_named_with_its_hash(folder):
    place = folder(tenths=rubric())
    (offer,) = load(place).offers
    content = (place / "tenths.py").read_bytes()
    assert (offer.hook, offer.name, offer.provider) == ("kvaljury_rubrics", "tenths", "tenths.py")
    assert offer.sha256 == hashlib.sha256(content).hexdigest()
    assert offer.version == hashlib.sha256(content).hexdigest()[:12]
    assert offer.origin == (place / "tenths.py").as_posix()


def test_a_changed_file_has_another_version(folder):
    before = load(folder(tenths=rubric())).offers[0].version
    after = load(folder(tenths=rubric() + "# changed\n")).offers[0].version
    assert before != after


def test_loading_a_file_leaves_nothing_beside_it(folder):
    place = folder(tenths=rubric())
    load(place)
    assert [path.name for path in place.iterdir()] == ["tenths.py"]


def test_each_loading_runs_a_fresh_module(folder):
    place = folder(counts=rubric() + "\nSEEN = []\nSEEN.append(1)\nassert SEEN == [1]\n")
    assert load(place).offers == load(place).offers


def test_files_that_begin_with_no_ascii_letter_or_are_no_python_are_left_alone(folder):
    place = folder(_draft="raise SystemExit", **{"1st": "raise SystemExit", "åtta": "raise 1"})
    (place / "notes.txt").write_text("raise SystemExit", "utf-8")
    assert load(place).offers == ()


def test_a_dataclass_in_a_file_finds_its_own_module(folder):
    source = """
    from __future__ import annotations
    from dataclasses import dataclass
    from typing import ClassVar

    @dataclass
    class Bounds:
        low: int
        high: ClassVar[int] = 3
    """
    place = folder(bounds=textwrap.dedent(source) + rubric())
    assert [offer.name for offer in load(place).offers] == ["tenths"]


def test_the_same_folder_given_twice_counts_once(folder):
    place = folder(tenths=rubric())
    assert len(registry_of(local_files([place, place / "."])).offers) == 1


def test_offers_are_sorted_by_hook_and_name_whatever_the_files_are_called(folder):
    means = """
    from kvaljury import Aggregation, hookimpl

    @hookimpl
    def kvaljury_aggregations():
        return [Aggregation("zz", max), Aggregation("aa", min)]
    """
    place = folder(a=rubric("b"), b=rubric("a"), z=means)
    offers = [(offer.hook, offer.name) for offer in load(place).offers]
    assert offers == [
        ("kvaljury_aggregations", "aa"),
        ("kvaljury_aggregations", "zz"),
        ("kvaljury_rubrics", "a"),
        ("kvaljury_rubrics", "b"),
    ]


def test_a_missing_folder_is_named(tmp_path):
    with pytest.raises(PluginFault, match="nowhere") as caught:
        load_plugins([tmp_path / "nowhere"])
    assert caught.value.code == "plugin-folder"


def test_a_folder_that_is_called_like_a_plugin_is_a_fault(tmp_path):
    (tmp_path / "odd.py").mkdir()
    fault = fault_of(tmp_path)
    assert fault.code == "plugin-unreadable"
    assert fault.where == Source((tmp_path / "odd.py").as_posix())


@pytest.mark.parametrize(
    ("source", "line", "said"),
    [
        ("x = 1\nraise ValueError('gone')\n", 2, "ValueError: gone"),
        ("import kvaljury_no_such_thing\n", 1, "ModuleNotFoundError"),
        ("from kvaljury import Rubrik\n", 1, "Rubrik"),
        ("def f():\n    1 / 0\n\n\nf()\n", 2, "ZeroDivisionError"),
        ("x = (\n", 1, "SyntaxError"),
        ("raise SystemExit(0)\n", 1, "SystemExit"),
        ("raise GeneratorExit\n", 1, "GeneratorExit"),
        ("x = '\0'\n", 0, "null"),
        ("from kvaljury import hookimpl\n@hookimpl(firstresult=True)\ndef f(): ...\n", 2, "first"),
    ],
)
def test_a_file_that_cannot_be_run_is_named_with_the_line(folder, source, line, said):
    place = folder(broken=source)
    fault = fault_of(place)
    assert fault.code == "plugin-import"
    assert fault.where.file == (place / "broken.py").as_posix()
    # Python 3.11 gives no line for a null byte, later ones do.
    assert fault.where.line in ({0, 1} if "\0" in source else {line})
    assert said in str(fault.message)
    assert "broken" in str(fault.message)


def test_a_file_that_failed_leaves_no_module_behind(folder):
    before = set(sys.modules)
    fault_of(folder(broken="raise ValueError\n"))
    assert {name for name in set(sys.modules) - before if name.startswith("kvaljury_file")} == set()


def test_a_person_who_interrupts_is_obeyed(folder):
    with pytest.raises(KeyboardInterrupt):
        load(folder(slow="raise KeyboardInterrupt\n"))
    called = hook("raise KeyboardInterrupt")
    with pytest.raises(KeyboardInterrupt):
        load(folder(slow=called))


def test_a_misspelt_hook_is_refused_with_the_nearest_known_one(folder):
    fault = fault_of(folder(odd=rubric().replace("def kvaljury_rubrics", "def kvaljury_rubriks")))
    assert fault.code == "plugin-unknown-hook"
    assert "kvaljury_rubriks" in str(fault.message)
    assert "kvaljury_rubrics" in str(fault.hint)


def test_a_hook_with_a_name_like_no_other_is_refused_with_all_hooks(folder):
    fault = fault_of(folder(odd=rubric().replace("def kvaljury_rubrics", "def xyzzy")))
    assert "kvaljury_shortlist_rules" in str(fault.hint)


def test_a_hook_that_is_not_marked_is_refused(folder):
    fault = fault_of(folder(odd=rubric().replace("@hookimpl\n", "")))
    assert fault.code == "plugin-unmarked-hook"
    assert "kvaljury_rubrics" in str(fault.message)


def test_a_module_that_a_plugin_imports_is_no_unmarked_hook(folder):
    assert load(folder(fine="import kvaljury as kvaljury_module\n" + rubric())).offers


def test_a_file_without_hooks_is_refused(folder):
    fault = fault_of(folder(empty="x = 1\n"))
    assert fault.code == "plugin-empty"


@pytest.mark.parametrize(
    "option", ["tryfirst", "trylast", "wrapper", "hookwrapper", "optionalhook"]
)
def test_a_hook_may_not_put_itself_before_after_or_around_others(folder, option):
    fault = fault_of(folder(odd=rubric().replace("@hookimpl\n", f"@hookimpl({option}=True)\n")))
    assert fault.code == "plugin-refused-option"
    assert option in str(fault.message)


def test_an_optional_misspelt_hook_is_refused_all_the_same(folder):
    source = rubric() + "\n@hookimpl(optionalhook=True)\ndef kvaljury_rubriks(): return []\n"
    assert fault_of(folder(odd=source)).code == "plugin-refused-option"


def test_a_hook_that_asks_for_arguments_is_refused(folder):
    source = rubric().replace("kvaljury_rubrics()", "kvaljury_rubrics(config)")
    fault = fault_of(folder(odd=source))
    assert fault.code == "plugin-invalid"
    assert "config" in str(fault.message)


def hook(body):
    return f"from kvaljury import *\n\n@hookimpl\ndef kvaljury_aggregations():\n    {body}\n"


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("return None", "NoneType"),
        ("return 'mean'", "str"),
        ("return b'mean'", "bytes"),
        ("return Aggregation('mean', min)", "Aggregation"),
        ("return ['mean']", "str"),
        ("return [None]", "NoneType"),
        ("yield EligibilityRule('mean', min)", "EligibilityRule"),
        ("yield type('Mine', (Aggregation,), {})('mean', min)", "Mine"),
        ("return {'mean': min}", "str"),
    ],
)
def test_a_hook_that_gives_another_type_is_refused(folder, body, said):
    fault = fault_of(folder(odd=hook(body)))
    assert fault.code == "plugin-wrong-type"
    assert said in str(fault.message)
    assert "Aggregation" in str(fault.message)


@pytest.mark.parametrize(
    "body", ["raise ValueError('gone')", "raise SystemExit", "yield Aggregation('a', min); 1 / 0"]
)
def test_a_hook_that_fails_is_named_with_its_line(folder, body):
    place = folder(odd=hook(body))
    fault = fault_of(place)
    assert fault.code == "plugin-hook-failed"
    assert fault.where == Source((place / "odd.py").as_posix(), 5)
    assert "kvaljury_aggregations" in str(fault.message)


def test_an_implausible_value_is_refused_with_what_is_wrong(folder):
    fault = fault_of(folder(odd=hook("yield Aggregation('Mean', min)")))
    assert fault.code == "plugin-implausible"
    assert "'Mean'" in str(fault.message)


def test_the_same_name_twice_is_refused_naming_both_providers(folder):
    fault = fault_of(folder(first=rubric(), second=rubric()))
    assert fault.code == "plugin-duplicate"
    assert "tenths" in str(fault.message)
    assert "first.py" in str(fault.message)
    assert "second.py" in str(fault.message)


def test_one_plugin_may_not_offer_a_name_twice(folder):
    fault = fault_of(folder(odd=hook("return 2 * [Aggregation('low', min)]")))
    assert fault.code == "plugin-duplicate"


def test_the_same_name_may_stand_for_different_kinds(folder):
    place = folder(one=rubric("low"), two=hook("yield Aggregation('low', min)"))
    assert [offer.name for offer in load(place).offers] == ["low", "low"]


def test_nobody_may_take_the_name_of_a_built_in_plugin(folder):
    place = folder(mean=hook("yield Aggregation('mean', min)"))
    with pytest.raises(PluginFault, match=r"kvaljury, version .*mean\.py") as caught:
        load_plugins([place], entry_points=False)
    assert caught.value.code == "plugin-duplicate"


def test_every_built_in_plugin_is_loaded_and_offers_something():
    offers = load_plugins(entry_points=False).offers
    assert {offer.origin.removeprefix("kvaljury_plugins.") for offer in offers} == set(BUILT_IN)
    assert {offer.provider for offer in offers} == {"kvaljury"}


def test_loading_again_gives_the_same_offers():
    assert load_plugins().offers == load_plugins().offers


def provided(plugin, name="thing"):
    return Provider(name, "some-project", "1.2", f"some.{name}", lambda: plugin)


def test_an_object_with_hooks_is_a_plugin(folder):
    from kvaljury import Aggregation, hookimpl

    class Plugin:
        @hookimpl
        def kvaljury_aggregations(self):
            return (Aggregation("low", min),)

    (offer,) = registry_of([provided(Plugin())]).offers
    assert (offer.provider, offer.version, offer.origin) == ("some-project", "1.2", "some.thing")


def test_a_class_in_place_of_an_object_is_refused():
    from kvaljury import hookimpl

    class Plugin:
        @hookimpl
        def kvaljury_aggregations(self):
            return ()

    with pytest.raises(PluginFault, match=r"thing \(some-project, version 1\.2\)"):
        registry_of([provided(Plugin)])


@pytest.mark.parametrize("plugin", [None, 3, object()])
def test_an_object_without_hooks_is_refused(plugin):
    with pytest.raises(PluginFault) as caught:
        registry_of([provided(plugin)])
    assert caught.value.code == "plugin-empty"


def test_a_property_named_like_a_hook_is_refused():
    class Plugin:
        @property
        def kvaljury_rubrics(self):
            raise AssertionError("never asked")

    with pytest.raises(PluginFault) as caught:
        registry_of([provided(Plugin())])
    assert caught.value.code == "plugin-unmarked-hook"


def test_the_same_object_under_two_names_is_refused():
    from kvaljury_plugins import mean

    with pytest.raises(PluginFault) as caught:
        registry_of([provided(mean, "one"), provided(mean, "two")])
    assert caught.value.code == "plugin-invalid"


def installed_project(site, entry, metadata_text="Metadata-Version: 2.1\nName: acme\nVersion: 3\n"):
    info = site / "acme-3.dist-info"
    info.mkdir()
    (info / "entry_points.txt").write_text(f"[kvaljury]\n{entry}\n", "utf-8")
    if metadata_text:
        (info / "METADATA").write_text(metadata_text, "utf-8")


@pytest.fixture
def site(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(tmp_path)
    yield tmp_path
    for name in [name for name in sys.modules if name.startswith("acme")]:
        del sys.modules[name]


def test_an_installed_plugin_is_found_by_its_entry_point(site):
    (site / "acme_tenths.py").write_text(rubric(), "utf-8")
    installed_project(site, "tenths = acme_tenths")
    (offer,) = [offer for offer in load_plugins().offers if offer.name == "tenths"]
    assert (offer.provider, offer.version, offer.origin) == ("acme", "3", "acme_tenths")
    assert "tenths" not in {offer.name for offer in load_plugins(entry_points=False).offers}


def test_an_installed_plugin_that_cannot_be_imported_is_named_with_its_distribution(site):
    installed_project(site, "gone = acme_gone")
    with pytest.raises(PluginFault, match=r"gone \(acme, version 3\).*acme_gone") as caught:
        load_plugins()
    assert caught.value.code == "plugin-import"
    assert caught.value.where is None


def test_an_installed_plugin_without_metadata_is_still_named(site):
    (site / "acme_tenths.py").write_text(rubric(), "utf-8")
    installed_project(site, "tenths = acme_tenths", metadata_text="")
    (offer,) = [offer for offer in load_plugins().offers if offer.name == "tenths"]
    assert (offer.provider, offer.version) == ("?", "?")


def test_an_installed_plugin_whose_metadata_cannot_be_read_is_still_named(monkeypatch):
    class Point:
        name, value, load = "mine", "acme", None

        @property
        def dist(self):
            raise ValueError("unreadable")

    monkeypatch.setattr(finding.metadata, "entry_points", lambda group: [Point()])
    (provider,) = finding.installed()
    assert (provider.distribution, provider.version) == ("?", "?")


def test_an_entry_point_without_a_distribution_is_still_named(monkeypatch):
    point = metadata.EntryPoint("mine", "kvaljury_plugins.mean", "kvaljury")
    monkeypatch.setattr(finding.metadata, "entry_points", lambda group: [point])
    (provider,) = finding.installed()
    assert (provider.plugin, provider.distribution, provider.version) == ("mine", "?", "?")


def test_built_in_plugins_and_their_modules_agree():
    import kvaljury_plugins

    folder = Path(kvaljury_plugins.__file__).parent
    with_hooks = {
        path.stem for path in folder.glob("*.py") if "@hookimpl" in path.read_text("utf-8")
    }
    assert with_hooks == set(BUILT_IN)
