"""Where plugins come from: built-in modules, installed distributions, single files."""

from __future__ import annotations

import hashlib
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from importlib import import_module, metadata
from pathlib import Path
from types import ModuleType

import attrs

from kvaljury import __version__
from kvaljury.errors import PluginFault, Source, Text

GROUP = "kvaljury"
_PLUGIN_FILE = re.compile(r"[A-Za-z].*\.py")

BUILT_IN = (
    "approach",
    "results",
    "pdca",
    "radar",
    "financed_by_city",
    "manager_responsibilities",
    "plan_with_goals",
    "employees",
    "share_of_places",
    "share_of_pupils",
    "no_deficit",
    "quarantine",
    "bid_in_time",
    "board_notice_in_time",
    "basic_control",
    "mean",
    "median",
    "trimmed_mean",
    "raw",
    "mixed_model",
    "z_score",
    "centred",
    "least_squares",
    "probability",
    "section_summary",
    "section_class_chart",
    "section_certainty",
    "section_areas",
    "section_examiners",
    "section_consensus",
    "section_comments",
    "section_presentation",
    "section_eligibility",
    "section_method",
    "jav_head_of_administration",
    "jav_own_unit",
    "jav_basic_control",
    "jav_same_administration",
    "approval",
    "majority_judgment",
    "schulze",
    "borda",
    "plurality",
)


@attrs.frozen
class Provider:
    """A plugin that was found, not yet run.

    Attributes:
        plugin: the name it goes by: of the module, the entry point or the file.
        distribution: name of the distribution, or the file's name.
        version: of the distribution; of a file, the first 12 hexadecimal digits of its SHA-256.
        origin: the module, the entry point's value, or the file's path.
        load: run the plugin and give the object that carries its hooks.
        where: the file, for plugins that are one file.
        sha256: of that file, in hexadecimal; empty for other plugins.
    """

    plugin: str
    distribution: str
    version: str
    origin: str
    load: Callable[[], object] = attrs.field(eq=False, repr=False)
    where: Source | None = None
    sha256: str = ""

    def __str__(self) -> str:
        distribution = self.where.file if self.where else self.distribution
        return f"{self.plugin} ({distribution}, version {self.version})"

    def fault(
        self,
        code: str,
        message: Text,
        hint: Text | None = None,
        error: BaseException | None = None,
    ) -> PluginFault:
        """Make the error that names this plugin's address.

        Args:
            code: kebab-case kind of fault, without its ``plugin-``.
            message: what is, and what was expected, naming this plugin.
            hint: what to do about it.
            error: what the plugin raised, whose line in a one-file plugin is shown.

        Returns:
            The error, not raised.
        """
        where = self.where and attrs.evolve(self.where, line=_line_of(error, self.where.file))
        return PluginFault(message, where, hint, f"plugin-{code}")


def built_in(modules: Sequence[str] = BUILT_IN) -> Iterator[Provider]:
    """Give the built-in plugins, in alphabetical order.

    Args:
        modules: names of modules of ``kvaljury_plugins``.
    """
    for name in sorted(modules):
        module = f"kvaljury_plugins.{name}"
        yield Provider(name, "kvaljury", __version__, module, partial(import_module, module))


def installed() -> Iterator[Provider]:
    """Give the plugins of installed distributions, in the order of their entry points' names.

    A scan of forty distributions takes some 6 ms.
    """
    points = metadata.entry_points(group=GROUP)
    for point in sorted(points, key=lambda point: (point.name, point.value)):
        distribution, version = _distribution_of(point)
        yield Provider(point.name, distribution, version, point.value, point.load)


def local_files(directories: Sequence[Path]) -> Iterator[Provider]:
    """Give the one-file plugins of folders, each file read once.

    Args:
        directories: folders, of which ``[A-Za-z]*.py`` is read; one given twice counts once.

    Raises:
        PluginFault: if a folder or file is missing or cannot be read.
    """
    for directory in {path.resolve(): path for path in directories}.values():
        for path in _python_files(directory):
            yield _provider_of_file(path)


def _distribution_of(point: metadata.EntryPoint) -> tuple[str, str]:
    try:
        known = (point.dist.name, point.dist.version) if point.dist else (None, None)
    except Exception:  # without metadata some versions of Python raise and others give None
        known = (None, None)
    return known[0] or "?", known[1] or "?"


def _python_files(directory: Path) -> list[Path]:
    try:
        found = list(directory.iterdir())
    except OSError as error:
        raise PluginFault(
            Text(
                "the plugin folder {folder} cannot be read: {error}",
                folder=str(directory),
                error=error.strerror or str(error),
            ),
            hint=Text("name an existing folder of Python files, or take the setting away"),
            code="plugin-folder",
        ) from error
    return sorted(path for path in found if _PLUGIN_FILE.fullmatch(path.name))


def _provider_of_file(path: Path) -> Provider:
    where = Source(path.as_posix())
    try:
        content = path.read_bytes()
    except OSError as error:
        raise PluginFault(
            Text(
                "the plugin file cannot be read: {error}",
                error=error.strerror or str(error),
            ),
            where,
            code="plugin-unreadable",
        ) from error
    sha256 = hashlib.sha256(content).hexdigest()
    version = sha256[:12]
    run = partial(_run, content, where.file, f"kvaljury_file_{version}_{path.stem}")
    return Provider(path.stem, path.name, version, where.file, run, where, sha256)


def _run(content: bytes, filename: str, name: str) -> ModuleType:
    module = ModuleType(name)
    module.__file__ = filename
    code = compile(content, filename, "exec", dont_inherit=True)
    # Dataclasses and pickle look their module up by name.
    sys.modules[name] = module
    try:
        exec(code, module.__dict__)  # noqa: S102  # the very bytes that were hashed
    except BaseException:
        del sys.modules[name]
        raise
    return module


def _line_of(error: BaseException | None, filename: str) -> int:
    if isinstance(error, SyntaxError) and error.filename == filename:
        return error.lineno or 0
    line = 0
    step = error.__traceback__ if error else None
    while step:
        if step.tb_frame.f_code.co_filename == filename:
            line = step.tb_lineno
        step = step.tb_next
    return line
