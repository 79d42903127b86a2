import string

from hypothesis import given
from hypothesis import strategies as st

from kvaljury.core.dossier import reader_codes, unit_codes

IDS = st.lists(st.text(string.ascii_letters + string.digits, min_size=1), unique=True)


def test_readers_get_the_first_letters_in_an_order_that_differs_between_entries():
    examiners = ["E1", "E2", "E3"]
    codes = [reader_codes(f"F{n}", examiners) for n in range(20)]
    orders = {tuple(each[examiner] for examiner in examiners) for each in codes}
    assert len(orders) > 1
    assert all(sorted(order) == ["A", "B", "C"] for order in orders)


def test_after_z_comes_aa():
    codes = reader_codes("F1", [f"E{n}" for n in range(28)])
    assert set(codes.values()) == {*string.ascii_uppercase, "AA", "AB"}


@given(IDS.flatmap(lambda ids: st.tuples(st.just(ids), st.permutations(ids))))
def test_codes_do_not_depend_on_the_order_of_those_who_get_them(orders):
    first, second = orders
    assert reader_codes("F1", first) == reader_codes("F1", second)
    assert unit_codes(first, "2025") == unit_codes(second, "2025")


@given(IDS)
def test_codes_are_different_and_none_means_an_entry_already(ids):
    codes = unit_codes(ids, "2025")
    assert len(set(codes.values())) == len(ids)
    known = {name.casefold() for name in ids}
    assert known.isdisjoint(code.casefold() for code in codes.values())


def test_a_code_that_is_an_id_or_a_name_is_avoided_by_doubling_the_letter():
    assert set(unit_codes(["B01", "F1"], "x").values()) == {"BB01", "BB02"}
    assert set(unit_codes(["F1", "F2"], "x", taken=["b02"]).values()) == {"BB01", "BB02"}
    assert set(unit_codes(["F1"], "x", "L").values()) == {"L01"}


def test_another_year_mixes_otherwise():
    ids = [f"F{n}" for n in range(20)]
    assert unit_codes(ids, "2025") != unit_codes(ids, "2026")
