from fractions import Fraction

import attrs
import pytest

from kvaljury import (
    Aggregation,
    Criterion,
    EligibilityRule,
    JavRule,
    Kind,
    Normalisation,
    Rubric,
    Scale,
    ShortlistRule,
    Text,
    VotingMethod,
    hookimpl,
)
from kvaljury.core.model import (
    Area,
    CalibrationSettings,
    DossierSection,
    DossierSettings,
    EligibilityUse,
    EntryClass,
    JuryRules,
    Leaf,
    PluginUse,
    Question,
    RuleSet,
    ScoringSettings,
    Settings,
    ShortlistSettings,
    Stage,
)
from kvaljury.errors import PluginFault
from kvaljury.registry import Registry, load_plugins
from kvaljury.registry.finding import Provider
from kvaljury.registry.loading import registry_of

LABEL = Text("Label")
SCALE = Scale(Fraction(0), Fraction(100), Fraction(5))


class Plugin:
    """Offers two of everything."""

    @hookimpl
    def kvaljury_rubrics(self):
        for name in ("approach", "results"):
            yield Rubric(name, (Criterion("", LABEL),), SCALE, (), lambda marks: marks[:, 0])

    @hookimpl
    def kvaljury_eligibility_rules(self):
        return [EligibilityRule("employees", min), EligibilityRule("quarantine", min)]

    @hookimpl
    def kvaljury_aggregations(self):
        return [Aggregation("mean", min), Aggregation("median", max)]

    @hookimpl
    def kvaljury_normalisations(self):
        return [Normalisation("raw", min), Normalisation("mixed-model", max)]

    @hookimpl
    def kvaljury_shortlist_rules(self):
        return [ShortlistRule("probability", min), ShortlistRule("rank", max)]

    @hookimpl
    def kvaljury_jav_rules(self):
        return [JavRule("own-unit", min), JavRule("head", max)]

    @hookimpl
    def kvaljury_voting_methods(self):
        return [VotingMethod("borda", LABEL, min), VotingMethod("schulze", LABEL, max)]

    @hookimpl
    def kvaljury_dossier_sections(self):
        return [DossierSection("summary", min), DossierSection("method", max)]


@pytest.fixture(scope="module")
def registry():
    return registry_of([Provider("all", "house", "1", "house", Plugin)])


def rule_set(rubrics=("approach",), rules=("employees",), **names):
    leaves = tuple(
        Leaf(f"1{'abc'[n]}", LABEL, Fraction(100, len(rubrics)), rubric, "S25:1")
        for n, rubric in enumerate(rubrics)
    )
    settings = Settings(
        ScoringSettings(aggregation=names.get("aggregation", "mean")),
        CalibrationSettings(method=names.get("method", "mixed-model")),
        ShortlistSettings(rule=names.get("shortlist", "probability")),
        dossier=DossierSettings(names.get("sections", ("summary",))),
    )
    return RuleSet(
        name="house",
        title=LABEL,
        year=2025,
        areas=(Area("a", LABEL, Fraction(100), (Question("1", LABEL, Fraction(100), leaves),)),),
        classes=(EntryClass("andra", LABEL, Kind.OTHER),),
        eligibility=tuple(
            EligibilityUse(f"E25-{n:02}", rule, LABEL, (Stage.AWARD,), {}, "S25:1")
            for n, rule in enumerate(rules, 1)
        ),
        facts=(),
        assumptions=(),
        settings=settings,
    )


def test_names_become_the_functions_that_are_offered_under_them(registry):
    toolkit = registry.resolve(rule_set(rubrics=("approach", "results", "approach")))
    assert list(toolkit.rubrics) == ["approach", "results"]
    assert toolkit.rubrics["results"].name == "results"
    assert list(toolkit.rules) == ["employees"]
    assert (toolkit.aggregation.name, toolkit.aggregation.combine) == ("mean", min)
    assert toolkit.normalisation.name == "mixed-model"
    assert toolkit.shortlist_rule.name == "probability"


def test_found_is_not_used(registry):
    toolkit = registry.resolve(rule_set(aggregation="median"))
    assert toolkit.plugins == (
        PluginUse("aggregation median", "house", "1"),
        PluginUse("eligibility-rule employees", "house", "1"),
        PluginUse("normalisation mixed-model", "house", "1"),
        PluginUse("rubric approach", "house", "1"),
        PluginUse("shortlist-rule probability", "house", "1"),
    )


def test_an_offer_is_in_use_when_the_toolkit_lists_its_use(registry):
    used = registry.resolve(rule_set()).plugins
    in_use = {offer.name for offer in registry.offers if offer.use in used}
    assert in_use == {"approach", "employees", "mean", "mixed-model", "probability"}


def test_sections_stand_in_the_order_that_the_edition_gives_and_apart_from_what_ranks(registry):
    toolkit = registry.resolve(rule_set(sections=("method", "summary")))
    assert [section.name for section in toolkit.sections] == ["method", "summary"]
    assert toolkit.section_plugins == (
        PluginUse("dossier-section method", "house", "1"),
        PluginUse("dossier-section summary", "house", "1"),
    )
    assert not any(use.kind == "dossier-section" for use in toolkit.plugins)


def test_a_rule_that_two_provisions_use_is_listed_once(registry):
    toolkit = registry.resolve(rule_set(rules=("employees", "employees")))
    assert [use.name for use in toolkit.plugins].count("eligibility-rule employees") == 1


def test_rules_are_resolved_whatever_else_the_edition_names(registry):
    rules = rule_set(rubrics=("aproach",), aggregation="meen", method="mixed", shortlist="x")
    assert list(registry.resolve_rules(rules)) == ["employees"]


def test_a_missing_rule_is_refused_where_only_rules_are_resolved(registry):
    with pytest.raises(PluginFault) as caught:
        registry.resolve_rules(rule_set(rules=("employees", "quarantin"), aggregation="meen"))
    assert caught.value.code == "plugin-missing"
    assert "meen" not in str(caught.value)
    assert str(caught.value.hint) == "nearest to quarantin: quarantine"


def test_an_edition_without_rules_has_none(registry):
    assert registry.resolve(rule_set(rules=())).rules == {}


@pytest.mark.parametrize(
    ("asked", "by", "nearest"),
    [
        ({"rubrics": ("approach", "aproach", "aproach")}, "question 1b, 1c", "approach"),
        ({"rules": ("employees", "quarantin")}, "rule E25-02", "quarantine"),
        ({"aggregation": "meen"}, "[scoring] aggregation", "mean"),
        ({"method": "mixed"}, "[calibration] method", "mixed-model"),
        ({"shortlist": "probable"}, "[shortlist] rule", "probability"),
        ({"sections": ("method", "sumary")}, "[dossier] sections", "summary"),
    ],
)
def test_a_name_that_nobody_offers_is_refused_with_who_names_it_and_the_nearest(
    registry, asked, by, nearest
):
    with pytest.raises(PluginFault) as caught:
        registry.resolve(rule_set(**asked))
    assert caught.value.code == "plugin-missing"
    assert caught.value.exit_code == 4
    assert str(caught.value.message).startswith(by)
    assert f": {nearest}" in str(caught.value.hint)


def test_a_name_of_another_kind_does_not_count(registry):
    with pytest.raises(PluginFault, match="the aggregation approach"):
        registry.resolve(rule_set(aggregation="approach"))


def test_a_name_like_no_other_is_answered_with_all_there_are(registry):
    with pytest.raises(PluginFault) as caught:
        registry.resolve(rule_set(aggregation="xyzzy"))
    assert str(caught.value.hint) == "instead of xyzzy there is: mean, median"


def test_all_missing_names_are_said_at_once(registry):
    with pytest.raises(PluginFault) as caught:
        registry.resolve(rule_set(aggregation="medan", method="mixed"))
    assert str(caught.value.message) == (
        "[scoring] aggregation names the aggregation medan, which no plugin offers; "
        "[calibration] method names the normalisation mixed, which no plugin offers"
    )
    assert str(caught.value.hint) == "nearest to medan: median, mean; nearest to mixed: mixed-model"


def test_without_any_plugin_people_are_told_to_install_one():
    with pytest.raises(PluginFault) as caught:
        Registry((), {}).resolve(rule_set())
    assert "install the plugin that offers employees" in str(caught.value.hint)


def test_the_proposals_of_the_settings_are_built_in():
    rules = attrs.evolve(rule_set(rules=()), settings=Settings())
    toolkit = load_plugins(entry_points=False).resolve(rules)
    assert toolkit.normalisation.name == Settings().calibration.method


def test_the_names_of_a_jury_become_functions_with_their_providers(registry):
    toolkit = registry.resolve_jury(JuryRules(method="borda", jav_rules=("own-unit", "head")))
    assert [rule.name for rule in toolkit.jav_rules] == ["head", "own-unit"]
    assert (toolkit.method.name, toolkit.method.tally) == ("borda", min)
    assert toolkit.plugins == (
        PluginUse("jav-rule head", "house", "1"),
        PluginUse("jav-rule own-unit", "house", "1"),
        PluginUse("voting-method borda", "house", "1"),
    )


def test_a_jury_that_derives_no_jav_on_purpose_has_no_rule(registry):
    assert registry.resolve_jury(JuryRules(method="borda", jav_rules=())).jav_rules == ()


def test_a_jav_rule_that_nobody_offers_never_means_no_jav(registry):
    with pytest.raises(PluginFault) as caught:
        registry.resolve_jury(JuryRules(method="bordo", jav_rules=("head", "own-unt")))
    assert (caught.value.code, caught.value.exit_code) == ("plugin-missing", 4)
    assert str(caught.value.message) == (
        "jav_rules names the jäv rule own-unt, which no plugin offers; "
        "method names the voting method bordo, which no plugin offers"
    )
    assert str(caught.value.hint) == "nearest to own-unt: own-unit; nearest to bordo: borda"


def test_the_proposals_for_juries_are_built_in():
    toolkit = load_plugins(entry_points=False).resolve_jury(Settings().jury)
    assert {rule.name for rule in toolkit.jav_rules} == set(JuryRules().jav_rules)
    assert toolkit.method.name == "majority-judgment"
