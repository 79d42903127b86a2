"""organisation.toml is read whole, and what would silently derive no jäv is said."""

import attrs
import pytest

from kvaljury.core.model import Administration, Organisation, Person
from kvaljury.files.log import InputLog
from kvaljury.files.organisation import read_organisation

GOOD = """\
[[administrations]]
name = "Farsta stadsdelsförvaltning"
heads = ["J1"]
entries = ["S01"]
basic_control = ["P7", "P8"]

[[administrations]]
name = "Utbildningsförvaltningen"

[[persons]]
id = "J1"
name = "Kim Exempel"
works_at = ["F01"]
administration = "farsta  stadsdelsförvaltning"
"""


@pytest.fixture
def entries(edition):
    homes = {"F01": "Farsta stadsdelsförvaltning", "F02": "utbildningsförvaltningen"}
    return tuple(attrs.evolve(e, administration=homes.get(e.id)) for e in edition.entries)


@pytest.fixture
def read(write, entries, log):
    return lambda text: read_organisation(write({"organisation.toml": text}), entries, log)


def test_everything_is_read(read, entries, log):
    organisation = read(GOOD)
    assert organisation == Organisation(
        (
            Administration("Farsta stadsdelsförvaltning", ("J1",), ("S01",), ("P7", "P8")),
            Administration("Utbildningsförvaltningen"),
        ),
        (Person("J1", "Kim Exempel", ("F01",), "farsta  stadsdelsförvaltning"),),
    )
    assert log.faults == log.warnings == []
    assert list(log.hashes) == ["organisation.toml"]
    assert str(organisation.administrations[1].source) == "organisation.toml:7: administrations[2]"
    above = {e.id: [a.name for a in organisation.above(e)] for e in entries}
    assert above["S01"] == above["F01"] == ["Farsta stadsdelsförvaltning"]
    assert above["F02"] == ["Utbildningsförvaltningen"]
    assert above["K01"] == []
    assert organisation.ids() == {"J1", "P7", "P8"}


def test_an_absent_file_is_an_empty_organisation_and_no_fault(write, entries, log):
    assert read_organisation(write({}), entries, log) == Organisation()
    assert log == InputLog()


def administration(*lines, name="Farsta stadsdelsförvaltning"):
    return "\n".join(["[[administrations]]", f'name = "{name}"', *lines, ""])


def person(*lines, name="J1"):
    return "\n".join(["[[persons]]", f'id = "{name}"', *lines, ""])


FAULTS = [
    (
        administration('entries = ["F01", "F2"]'),
        "organisation.toml:3: administrations[1].entries[2]: the entry "
        '"F2" is unknown (did you mean F02?)',
    ),
    (
        person('works_at = ["F2"]'),
        'organisation.toml:3: persons[1].works_at[1]: the entry "F2" is unknown'
        " (did you mean F02?)",
    ),
    (
        administration() + administration(name="farsta  stadsdelsförvaltning"),
        "organisation.toml:4: administrations[2].name: the administration"
        " farsta  stadsdelsförvaltning stands twice",
    ),
    (
        person('administration = "Fasta stadsdelsförvaltning"'),
        "organisation.toml:3: persons[1].administration: the administration"
        ' "Fasta stadsdelsförvaltning" is unknown (did you mean Farsta stadsdelsförvaltning?)',
    ),
    (
        person('administration = "Xyz"'),
        'organisation.toml:3: persons[1].administration: the administration "Xyz" is unknown',
    ),
    (
        person() + person(name="j1"),
        "organisation.toml:4: persons[2].id: j1 stands already on line 2",
    ),
    (
        administration('heads = ["j1"]') + person(),
        'organisation.toml:3: administrations[1].heads[1]: "j1" differs only in capitals from'
        ' "J1" (write the id of a person one way)',
    ),
    (
        administration('heads = ["P9"]', 'basic_control = ["p9"]'),
        'organisation.toml:4: administrations[1].basic_control[1]: "p9" differs only in capitals'
        ' from "P9" (write the id of a person one way)',
    ),
    (
        administration('heads = ["Kim Exempel"]'),
        'organisation.toml:3: administrations[1].heads[1]: the id "Kim Exempel" has characters'
        " that an id cannot have (use A-Z, a-z, 0-9, hyphen and underscore, beginning with a"
        " letter or digit)",
    ),
    (
        person(name="con"),
        "organisation.toml:2: persons[1].id: the id con is a device name in Windows"
        " (choose another id, so that files can be named after it)",
    ),
    (
        administration('heads = [" "]'),
        "organisation.toml:3: administrations[1].heads[1]: the text is empty",
        'organisation.toml:3: administrations[1].heads[1]: the id " " has characters that an id'
        " cannot have (use A-Z, a-z, 0-9, hyphen and underscore, beginning with a letter or"
        " digit)",
    ),
    (
        administration('head = ["J1"]'),
        "organisation.toml:3: administrations[1].head: the key head is unknown"
        " (did you mean heads?)",
    ),
    (
        administration("heads = 5"),
        "organisation.toml:3: administrations[1].heads: the number 5 stands where a list was"
        " expected",
    ),
    (
        "[[administrations]]\n",
        "organisation.toml:1: administrations[1].name: the key name is missing",
    ),
]


@pytest.mark.parametrize("case", FAULTS, ids=lambda case: case[1])
def test_a_fault_is_said_at_its_line_and_key(case, read, log):
    text, *said = case
    read(text)
    assert [str(fault) for fault in log.faults] == said


def test_broken_toml_is_a_fault_and_no_organisation(read, log):
    assert read("[[persons") == Organisation()
    assert [fault.code for fault in log.faults] == ["broken-toml"]


def test_a_refused_entry_is_not_called_unknown(read, log):
    log.refuse("entry", "F09")
    read(administration('entries = ["F09"]'))
    assert log.faults == []


def test_an_administration_that_no_unit_stands_under_is_a_warning(read, log):
    other = administration(name="Utbildningsförvaltningen")
    read(administration(name="Fasta stadsdelsförvaltning") + other)
    assert [str(warning) for warning in log.warnings] == [
        "organisation.toml:2: administrations[1].name: no entry stands under"
        " Fasta stadsdelsförvaltning (did you mean Farsta stadsdelsförvaltning?)",
        "organisation.toml: Farsta stadsdelsförvaltning is not listed here, and entries stand"
        " under it (F01): no jäv of its heads can be derived"
        " (did you mean Fasta stadsdelsförvaltning?)",
    ]


def test_an_entry_listed_under_another_administration_needs_no_warning(read, log):
    read(administration('entries = ["F02"]') + administration('entries = ["S01"]', name="Bolaget"))
    assert log.warnings == []
