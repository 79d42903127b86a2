import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvaljury import Finding, Outcome, Text
from kvaljury.core.dossier import blinded, blinded_class, blinded_edition, blinding_of
from kvaljury.core.model import Examiner, Nomination, Predecessor, Proposal, ProposalKind, Stage
from kvaljury.testing.dossier_samples import sample_cases


@pytest.fixture(scope="module")
def edition(linked):
    year = linked[0]
    changes = {
        "F01": {"administration": "Farsta stadsdelsförvaltning"},
        "F02": {"predecessors": (Predecessor("Förskolan Gamla Kvarnen", 2019),)},
    }
    entries = [attrs.evolve(each, **changes.get(each.id, {})) for each in year.entries]
    examiners = [
        attrs.evolve(each, name="Kim Exempel") if each.id == "E01" else each
        for each in year.examiners
    ]
    return attrs.evolve(
        year,
        entries=tuple(entries),
        examiners=tuple(examiners),
        nominations={"F02": Nomination("F02", ProposalKind.AWARD, "Åkervinda först", "Kim")},
    )


@pytest.fixture(scope="module")
def blinding(edition):
    return blinding_of(edition)


def test_names_and_ids_become_codes_whatever_their_case_and_spacing(blinding):
    code = blinding.codes["F01"]
    for written in (
        "Förskolan Blåklockan",
        "förskolan  blåklockan",
        "FÖRSKOLAN\nBLÅKLOCKAN",
        "f01",
    ):
        assert blinding.everywhere(f"Vi såg {written}, nyss") == f"Vi såg {code}, nyss"


def test_a_genitive_and_a_compound_with_a_hyphen_tell_no_name(blinding):
    code = blinding.codes["F01"]
    assert blinding.everywhere("Förskolan Blåklockans mat") == f"{code}s mat"
    assert blinding.everywhere("F01-bidraget") == f"{code}-bidraget"


def test_longer_words_rules_and_sources_are_no_names(blinding):
    for text in ("F011", "xF01", "F01-04", "F01:54"):
        assert blinding.everywhere(text) == text


def test_administrations_predecessors_and_teams_are_hidden(blinding):
    assert blinding.everywhere("Farsta stadsdelsförvaltnings enhet") == "[…] enhet"
    assert blinding.everywhere("var Förskolan Gamla Kvarnen") == "var […]"
    said = blinding.everywhere("Lagen kan inte jämföras: L1, L2")
    assert "L1," not in said
    assert sorted(said.split(": ")[1].split(", ")) == ["L01", "L02"]


def test_in_what_people_wrote_examiners_and_telling_words_are_hidden_too(blinding):
    assert blinding.in_words("Kim Exempel (E01) tyckte om Blåklockans gård") == (
        "[…] ([…]) tyckte om […] gård"
    )
    assert blinding.in_words("Förskolan är en blåklocka") == "Förskolan är en blåklocka"
    assert blinding.everywhere("Blåklockan") == "Blåklockan"


def test_an_id_of_digits_or_one_letter_is_hidden_in_what_people_wrote_alone(edition):
    one, two, *rest = edition.entries
    entries = (attrs.evolve(one, id="7", name="7"), attrs.evolve(two, id="A"), *rest)
    blinding = blinding_of(attrs.evolve(edition, entries=entries))
    assert blinding.everywhere("plats 7 av A") == "plats 7 av A"
    assert blinding.in_words("bättre än 7 och A") == (
        f"bättre än {blinding.codes['7']} och {blinding.codes['A']}"
    )


def test_no_code_is_an_id_or_a_name(edition):
    first, *rest = edition.entries
    entries = (attrs.evolve(first, id="B01", name="b02"), *rest)
    blinding = blinding_of(attrs.evolve(edition, entries=entries))
    assert all(code.startswith("BB") for code in blinding.codes.values())
    assert blinding.everywhere(blinding.codes["B01"]) == blinding.codes["B01"]


def test_an_edition_without_entries_hides_nothing(edition):
    nobody = attrs.evolve(edition, entries=(), teams=(), examiners=())
    blinding = blinding_of(nobody)
    assert blinding.codes == {}
    assert blinding.everywhere("F01 7") == blinding.in_words("F01 7") == "F01 7"


def test_an_examiner_without_a_name_is_hidden_by_id(edition):
    blinding = blinding_of(attrs.evolve(edition, examiners=(Examiner("E77"),)))
    assert blinding.in_words("säger E77") == "säger […]"


def test_a_letter_that_folds_to_several_hides_the_name_all_the_same(edition):
    first, *rest = edition.entries
    for name in ("İstanbul", "Straße"):
        blinding = blinding_of(
            attrs.evolve(
                edition, entries=(attrs.evolve(first, name=name, administration=None), *rest)
            )
        )
        code = blinding.codes[first.id]
        assert blinding.everywhere(f"{name}, {name.lower()}").startswith(f"{code}, ")
    assert blinding.everywhere("straße") == code


def test_a_name_that_is_alike_but_for_its_folding_is_left_out(edition):
    first, *rest = edition.entries
    entries = (attrs.evolve(first, name="İstanbul"), *rest)
    assert blinding_of(attrs.evolve(edition, entries=entries)).everywhere("istanbul") == "[…]"


@given(st.text(), st.sampled_from(["Förskolan Öringen", "F03", "Skolan Eken"]), st.text())
def test_no_name_is_left_where_it_stands_apart(blinding, before, name, after):
    said = blinding.everywhere(f"{before} {name} {after}")
    assert f" {name} " not in said


def test_a_blinded_case_tells_neither_unit_nor_team_nor_what_it_brings(blinding):
    full = sample_cases()["a full case"]
    finding = Finding(
        "D25-03",
        "F02",
        Stage.PARTICIPATION,
        Outcome.PASS,
        Text("Set aside by {by} ({why}): {n}", by="Kim Exempel", why="Öringens post", n=7),
        "S25:82",
        overridden_by="Kim Exempel",
    )
    case = attrs.evolve(
        full,
        entry=attrs.evolve(full.entry, findings=(finding,)),
        areas=(
            attrs.evolve(
                full.areas[0],
                strengths=("F02 är bra",),
                development=("Se Öringen",),
                remarks=("E01",),
            ),
        ),
        proposal=Proposal("F02", ProposalKind.AWARD, "Åkervindas mod"),
        nomination=Nomination("F02", ProposalKind.AWARD, "Blåklockan nästa", "E01"),
    )
    code = blinding.codes["F02"]
    found = blinded(case, blinding)
    assert (found.entry.id, found.entry.name, found.entry.team) == (code, code, None)
    assert (found.administration, found.bid.presentation, found.bid.picture) == (None, "", None)
    assert found.areas[0].strengths == (f"{code} är bra",)
    assert (found.areas[0].development, found.areas[0].remarks) == (("Se […]",), ("[…]",))
    assert found.proposal.reason == "[…] mod"
    assert (found.nomination.reason, found.nomination.by) == ("[…] nästa", "[…]")
    assert (found.nomination.entry, found.entry.findings[0].entry) == (code, code)
    assert str(found.entry.findings[0].reason) == "Set aside by […] ([…] post): 7"
    assert found.entry.findings[0].overridden_by == "[…]"
    assert (found.rivals, found.readers, found.digest) == (case.rivals, case.readers, case.digest)


def test_what_was_not_filed_stays_so(blinding):
    case = sample_cases()["nothing filed"]
    found = blinded(case, blinding)
    assert (found.proposal, found.nomination) == (None, None)


def test_an_overview_knows_codes_alone(linked, edition, blinding):
    ranked = blinded_class(linked[2].classes[1], blinding)
    assert {entry.id for entry in ranked.entries} <= set(blinding.codes.values())
    assert all(entry.name == entry.id and entry.team is None for entry in ranked.entries)
    assert ranked.mentions == (blinding.codes["S03"],)
    year = blinded_edition(edition, blinding)
    assert set(year.proposals) == {blinding.codes["F02"], blinding.codes["S03"]}
    assert year.nominations[blinding.codes["F02"]].reason == "[…] först"
