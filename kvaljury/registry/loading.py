"""Plugins that were found to everything that they offer; the first that is at fault is named."""

from __future__ import annotations

import difflib
import inspect
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from types import ModuleType

import pluggy

from kvaljury import hookspecs
from kvaljury.errors import PluginFault, Text
from kvaljury.registry.contents import HOOK_KINDS, OfferedValue, fault_in
from kvaljury.registry.finding import GROUP, Provider, built_in, installed, local_files
from kvaljury.registry.resolution import Offer, Registry

# No plugin may come before, after or around what another decides, or hide a misspelt hook.
_REFUSED_OPTIONS = ("wrapper", "hookwrapper", "tryfirst", "trylast", "optionalhook")


def load_plugins(directories: Sequence[Path] = (), entry_points: bool = True) -> Registry:
    """Load the built-in plugins, the installed ones and those of the given folders.

    Args:
        directories: folders of one-file plugins.
        entry_points: whether installed plugins are looked for.

    Returns:
        Everything that is offered. Nothing of it takes effect until an edition names it.

    Raises:
        PluginFault: if any plugin cannot be loaded, or offers what it may not.
    """
    found = installed() if entry_points else ()
    return registry_of(chain(built_in(), found, local_files(directories)))


def registry_of(providers: Iterable[Provider]) -> Registry:
    """Load plugins and collect what they offer.

    Args:
        providers: plugins that were found.

    Returns:
        Everything that they offer.

    Raises:
        PluginFault: as ``load_plugins``.
    """
    manager = pluggy.PluginManager(GROUP)
    manager.add_hookspecs(hookspecs)
    values: dict[tuple[str, str], OfferedValue] = {}
    provider_by_key: dict[tuple[str, str], Provider] = {}
    for provider in providers:
        for hook, value in _offered_by(provider, manager):
            key = (hook, value.name)
            if key in values:
                raise _duplicate(hook, value.name, provider_by_key[key], provider)
            values[key] = value
            provider_by_key[key] = provider
    offers = tuple(
        Offer(*key, provider.distribution, provider.version, provider.origin, provider.sha256)
        for key, provider in sorted(provider_by_key.items(), key=lambda item: item[0])
    )
    return Registry(offers, values)


def _offered_by(
    provider: Provider, manager: pluggy.PluginManager
) -> Iterator[tuple[str, OfferedValue]]:
    plugin = _load(provider)
    _register(provider, plugin, manager)
    callers = manager.get_hookcallers(plugin) or []
    for caller in sorted(callers, key=lambda caller: caller.name):
        for implementation in caller.get_hookimpls():
            if implementation.plugin is plugin:
                for value in _values_of(provider, caller.name, implementation):
                    yield caller.name, _checked(provider, caller.name, value)


def _load(provider: Provider) -> object:
    try:
        return provider.load()
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # a plugin that exits is as broken as one that raises
        raise provider.fault(
            "import",
            Text(
                "plugin {plugin} could not be loaded: {error}",
                plugin=str(provider),
                error=_said(error),
            ),
            Text("mend the plugin, or take it away"),
            error,
        ) from error


def _register(provider: Provider, plugin: object, manager: pluggy.PluginManager) -> None:
    try:
        manager.register(plugin, name=f"{provider.origin} as {provider}")
    except Exception as error:
        raise provider.fault(
            "invalid",
            Text("plugin {plugin} is no plugin: {error}", plugin=str(provider), error=_said(error)),
            Text("a hook takes no arguments; plugins/README.md shows each"),
            error,
        ) from error
    _refuse_unmarked_hooks(provider, plugin, manager)
    implementations = [
        implementation
        for caller in manager.get_hookcallers(plugin) or []
        for implementation in caller.get_hookimpls()
        if implementation.plugin is plugin
    ]
    if not implementations:
        raise provider.fault(
            "empty",
            Text("plugin {plugin} offers nothing", plugin=str(provider)),
            Text("mark its hooks with @hookimpl, or take it away"),
        )
    for implementation in implementations:
        _refuse_options(provider, implementation)
    _refuse_unknown_hooks(provider, plugin, manager)


def _refuse_unmarked_hooks(
    provider: Provider, plugin: object, manager: pluggy.PluginManager
) -> None:
    for name in dir(plugin):
        if (
            name.startswith("kvaljury_")
            and manager.parse_hookimpl_opts(plugin, name) is None
            and not isinstance(inspect.getattr_static(plugin, name, None), ModuleType)
        ):
            raise provider.fault(
                "unmarked-hook",
                Text(
                    "plugin {plugin} has {name}, which is named like a hook and is not marked "
                    "as one",
                    plugin=str(provider),
                    name=name,
                ),
                Text("write @hookimpl over it, or give it another name"),
            )


def _refuse_options(provider: Provider, implementation: pluggy.HookImpl) -> None:
    for option in _REFUSED_OPTIONS:
        if getattr(implementation, option):
            raise provider.fault(
                "refused-option",
                Text(
                    "plugin {plugin} marks {hook} with {option}, and a hook that decides takes "
                    "no options",
                    plugin=str(provider),
                    hook=implementation.function.__name__,
                    option=option,
                ),
                Text("write @hookimpl alone"),
            )


def _refuse_unknown_hooks(
    provider: Provider, plugin: object, manager: pluggy.PluginManager
) -> None:
    try:
        manager.check_pending()
    except pluggy.PluginValidationError as error:
        callers = manager.get_hookcallers(plugin) or []
        unknown = sorted(caller.name for caller in callers if not caller.has_spec())
        nearest = difflib.get_close_matches(unknown[0], HOOK_KINDS) or sorted(HOOK_KINDS)
        raise provider.fault(
            "unknown-hook",
            Text(
                "plugin {plugin} has the hook {names}, which kvaljury does not know",
                plugin=str(provider),
                names=", ".join(unknown),
            ),
            Text("nearest to {name}: {names}", name=unknown[0], names=", ".join(nearest)),
        ) from error


def _values_of(
    provider: Provider, hook: str, implementation: pluggy.HookImpl
) -> tuple[object, ...]:
    expected = HOOK_KINDS[hook].type.__name__
    try:
        given = implementation.function()
        if isinstance(given, Iterable) and not isinstance(given, str | bytes):
            return tuple(given)
    except KeyboardInterrupt:
        raise
    except BaseException as error:
        raise provider.fault(
            "hook-failed",
            Text(
                "plugin {plugin} failed in {hook}: {error}",
                plugin=str(provider),
                hook=hook,
                error=_said(error),
            ),
            Text("mend the plugin, or take it away"),
            error,
        ) from error
    raise provider.fault(
        "wrong-type",
        Text(
            "plugin {plugin} gives {given} from {hook}; expected was an iterable of {expected}",
            plugin=str(provider),
            given=type(given).__name__,
            hook=hook,
            expected=expected,
        ),
        Text("give a list, or use yield"),
    )


def _checked(provider: Provider, hook: str, value: object) -> OfferedValue:
    kind = HOOK_KINDS[hook]
    if type(value) is not kind.type:
        raise provider.fault(
            "wrong-type",
            Text(
                "plugin {plugin} gives {given} among what {hook} offers; expected was {expected}, "
                "and no subclass of it",
                plugin=str(provider),
                given=type(value).__name__,
                hook=hook,
                expected=kind.type.__name__,
            ),
        )
    fault = fault_in(value)
    if fault:
        raise provider.fault(
            "implausible",
            Text(
                "plugin {plugin} offers {offer} with a fault: {fault}",
                plugin=str(provider),
                offer=kind.called(str(value.name)),
                fault=fault,
            ),
        )
    return value


def _duplicate(hook: str, name: str, first: Provider, second: Provider) -> PluginFault:
    return second.fault(
        "duplicate",
        Text(
            "{offer} is offered by both {first} and {second}",
            offer=HOOK_KINDS[hook].called(name),
            first=str(first),
            second=str(second),
        ),
        Text("give one of them another name, or take one of them away"),
    )


def _said(error: BaseException) -> str:
    return " ".join(f"{type(error).__name__}: {error}".split())
