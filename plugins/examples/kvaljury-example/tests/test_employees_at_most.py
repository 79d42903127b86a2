import pytest
from kvaljury_example import check, kvaljury_eligibility_rules

from kvaljury import Entry, Kind, Outcome
from kvaljury.testing import check_eligibility_rule

PARAMETERS = {"year": 2025, "most": 40}


@pytest.mark.parametrize(
    ("employees", "outcome"), [(39, Outcome.PASS), (40, Outcome.PASS), (41, Outcome.FAIL)]
)
def test_the_limit_itself_passes(employees, outcome):
    entry = Entry(
        id="A1",
        name="Sample",
        entry_class="andra",
        kind=Kind.OTHER,
        employees_excluding_manager=employees,
    )
    assert check(entry, PARAMETERS).outcome is outcome


def test_the_rule_keeps_its_contract():
    (rule,) = kvaljury_eligibility_rules()
    check_eligibility_rule(rule, PARAMETERS)
