"""The names of an edition to the functions that plugins offer under them."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from functools import reduce
from typing import Any

import attrs

from kvaljury.core.model import (
    EligibilityRule,
    JuryRules,
    JuryToolkit,
    PluginUse,
    RuleSet,
    Toolkit,
)
from kvaljury.errors import PluginFault, Text
from kvaljury.registry.contents import HOOK_KINDS, OfferedValue

_SECTIONS = "kvaljury_dossier_sections"
_JAV_RULES = "kvaljury_jav_rules"
_VOTING_METHODS = "kvaljury_voting_methods"


@attrs.frozen(order=True)
class Offer:
    """Something that a plugin offers; found is not used.

    Attributes:
        hook: the hook that gave it (``"kvaljury_rubrics"``).
        name: what editions call it.
        provider: distribution or file that offers it.
        version: of the provider; of a file, the start of its SHA-256.
        origin: the module, the entry point's value, or the file's path.
        sha256: of the file, in hexadecimal; empty where the provider is no single file.
    """

    hook: str
    name: str
    provider: str
    version: str
    origin: str
    sha256: str = ""

    @property
    def use(self) -> PluginUse:
        """What a toolkit that uses this offer lists among its plugins."""
        return PluginUse(f"{HOOK_KINDS[self.hook].label} {self.name}", self.provider, self.version)


@attrs.frozen
class _Wish:
    """A name that an edition gives, and what of the edition gives it."""

    hook: str
    name: str
    by: Text | str


@attrs.frozen
class Registry:
    """Everything that the plugins offer, by hook and name.

    Attributes:
        offers: sorted by hook and name, each pair once.
        values: what is offered, by hook and name.
    """

    offers: tuple[Offer, ...]
    values: Mapping[tuple[str, str], OfferedValue] = attrs.field(hash=False, repr=False)

    def resolve(self, rules: RuleSet) -> Toolkit:
        """Give the functions that an edition's names stand for.

        Args:
            rules: the rule set with the edition's overrides applied.

        Returns:
            What the edition uses, and where that came from.

        Raises:
            PluginFault: if nobody offers one or more of the names; all of them are listed.
        """
        used = self._found([*_wishes_of(rules), *_section_wishes_of(rules)])
        sections = rules.settings.dossier.sections
        return Toolkit(
            rubrics=self._by_name("kvaljury_rubrics", used),
            rules=self._by_name("kvaljury_eligibility_rules", used),
            aggregation=self._value("kvaljury_aggregations", rules.settings.scoring.aggregation),
            normalisation=self._value("kvaljury_normalisations", rules.settings.calibration.method),
            shortlist_rule=self._value("kvaljury_shortlist_rules", rules.settings.shortlist.rule),
            plugins=self._uses(each for each in used if each[0] != _SECTIONS),
            sections=tuple(self._value(_SECTIONS, name) for name in sections),
            section_plugins=self._uses(each for each in used if each[0] == _SECTIONS),
        )

    def _uses(self, used: Iterable[tuple[str, str]]) -> tuple[PluginUse, ...]:
        wanted = set(used)
        found = (offer.use for offer in self.offers if (offer.hook, offer.name) in wanted)
        return tuple(sorted(found, key=attrs.astuple))

    def resolve_rules(self, rules: RuleSet) -> Mapping[str, EligibilityRule]:
        """Give the eligibility rules that an edition names, whatever else it names.

        Args:
            rules: the rule set with the edition's overrides applied.

        Returns:
            The rules, by plugin name.

        Raises:
            PluginFault: if nobody offers one or more of the rules; all of them are listed.
        """
        return self._by_name("kvaljury_eligibility_rules", self._found(_rule_wishes_of(rules)))

    def resolve_jury(self, rules: JuryRules) -> JuryToolkit:
        """Give the functions that the names of a jury's rules stand for.

        Args:
            rules: those of jury.toml, laid over the edition's.

        Returns:
            What the jury uses, and where that came from.

        Raises:
            PluginFault: if nobody offers one or more of the names, so that a rule that is missing
                never means that there is no jäv; all of them are listed.
        """
        used = self._found(_jury_wishes_of(rules))
        return JuryToolkit(
            jav_rules=tuple(self._by_name(_JAV_RULES, used).values()),
            method=self._value(_VOTING_METHODS, rules.method),
            plugins=self._uses(used),
        )

    def _found(self, wishes: Iterable[_Wish]) -> set[tuple[str, str]]:
        asked = list(wishes)
        missing = [wish for wish in asked if (wish.hook, wish.name) not in self.values]
        if missing:
            raise PluginFault(
                _listed(_refusal(wish) for wish in missing),
                hint=_listed(self._nearest(wish) for wish in missing),
                code="plugin-missing",
            )
        return {(wish.hook, wish.name) for wish in asked}

    def _value(self, hook: str, name: str) -> Any:  # the hook fixes the type
        return self.values[hook, name]

    def _by_name(self, hook: str, used: Iterable[tuple[str, str]]) -> dict[str, Any]:
        return {name: self._value(hook, name) for at, name in sorted(used) if at == hook}

    def _nearest(self, wish: _Wish) -> Text:
        offered = [offer.name for offer in self.offers if offer.hook == wish.hook]
        nearest = difflib.get_close_matches(wish.name, offered)
        if nearest:
            return Text("nearest to {name}: {names}", name=wish.name, names=", ".join(nearest))
        if offered:
            return Text(
                "instead of {name} there is: {names}", name=wish.name, names=", ".join(offered)
            )
        return Text("install the plugin that offers {name}, or name its folder", name=wish.name)


def _wishes_of(rules: RuleSet) -> Iterator[_Wish]:
    leaves_by_rubric: dict[str, list[str]] = {}
    for leaf in rules.leaves():
        leaves_by_rubric.setdefault(leaf.rubric, []).append(leaf.id)
    for rubric, leaves in leaves_by_rubric.items():
        yield _Wish("kvaljury_rubrics", rubric, Text("question {ids}", ids=", ".join(leaves)))
    yield from _rule_wishes_of(rules)
    settings = rules.settings
    yield _Wish("kvaljury_aggregations", settings.scoring.aggregation, "[scoring] aggregation")
    yield _Wish("kvaljury_normalisations", settings.calibration.method, "[calibration] method")
    yield _Wish("kvaljury_shortlist_rules", settings.shortlist.rule, "[shortlist] rule")


def _section_wishes_of(rules: RuleSet) -> Iterator[_Wish]:
    for name in rules.settings.dossier.sections:
        yield _Wish(_SECTIONS, name, "[dossier] sections")


def _jury_wishes_of(rules: JuryRules) -> Iterator[_Wish]:
    for name in rules.jav_rules:
        yield _Wish(_JAV_RULES, name, "jav_rules")
    yield _Wish(_VOTING_METHODS, rules.method, "method")


def _rule_wishes_of(rules: RuleSet) -> Iterator[_Wish]:
    for use in rules.eligibility:
        yield _Wish("kvaljury_eligibility_rules", use.rule, Text("rule {id}", id=use.id))


def _refusal(wish: _Wish) -> Text:
    offer = HOOK_KINDS[wish.hook].called(wish.name)
    return Text("{by} names {offer}, which no plugin offers", by=wish.by, offer=offer)


def _listed(texts: Iterable[Text]) -> Text:
    return reduce(lambda first, rest: Text("{first}; {rest}", first=first, rest=rest), texts)
