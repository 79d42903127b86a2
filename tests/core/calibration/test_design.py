"""Components of the design and the readings that would join them."""

from hypothesis import given
from hypothesis import strategies as st

from kvaljury.core.calibration import components_of, connecting_readings

TWO_TEAMS = [
    ("a1", "x1", "A", 50),
    ("a1", "x2", "A", 55),
    ("a2", "x1", "A", 60),
    ("b1", "y1", "B", 50),
    ("b1", "y2", "B", 52),
    ("b2", "y1", "B", 70),
]


def test_teams_that_share_no_reading_are_two_components(make_panel) -> None:
    first, second = components_of(make_panel(TWO_TEAMS))
    assert first.entries == ("a1", "a2")
    assert first.examiners == ("x1", "x2")
    assert first.teams == ("A",)
    assert second.entries == ("b1", "b2")


def test_one_guest_reading_connects_two_teams(make_panel) -> None:
    (only,) = components_of(make_panel([*TWO_TEAMS, ("b1", "x2", "A", 40)]))
    assert only.entries == ("a1", "a2", "b1", "b2")
    assert only.teams == ("A", "B")


def test_components_come_largest_first(make_panel) -> None:
    rows = [("z1", "x1", "A", 1), ("z2", "x1", "A", 2), ("a1", "y1", "B", 3)]
    assert [len(part.entries) for part in components_of(make_panel(rows))] == [2, 1]


def test_the_proposed_reading_connects_and_asks_those_who_read_least(make_panel) -> None:
    panel = make_panel(TWO_TEAMS)
    links = connecting_readings(panel, components_of(panel), [panel.entries])
    assert links == (("x2", "b2"),)
    team = {"x": "A", "y": "B"}
    joined = make_panel([*TWO_TEAMS, *((e, x, team[x[0]], 50) for x, e in links)])
    assert len(components_of(joined)) == 1


def test_declared_jav_is_never_proposed_as_a_link(make_panel) -> None:
    panel = make_panel(TWO_TEAMS)
    links = connecting_readings(
        panel, components_of(panel), [panel.entries], forbidden={("x2", "b2")}
    )
    assert links != (("x2", "b2"),)
    assert len(links) == 1


def test_a_join_that_jav_forbids_altogether_is_left_out(make_panel) -> None:
    panel = make_panel([("a", "x", "A", 1), ("b", "y", "B", 2)])
    forbidden = {("x", "b"), ("y", "a")}
    assert connecting_readings(panel, components_of(panel), [("a", "b")], forbidden) == ()


def test_classes_within_one_component_need_no_link(make_panel) -> None:
    panel = make_panel(TWO_TEAMS)
    groups = [("a1", "a2"), ("b1", "b2")]
    assert connecting_readings(panel, components_of(panel), groups) == ()


def test_two_classes_over_the_same_components_need_one_link(make_panel) -> None:
    panel = make_panel(TWO_TEAMS)
    groups = [("a1", "b1"), ("a2", "b2")]
    assert len(connecting_readings(panel, components_of(panel), groups)) == 1


def test_entries_without_readings_are_passed_over(make_panel) -> None:
    panel = make_panel(TWO_TEAMS)
    assert connecting_readings(panel, components_of(panel), [("a1", "unread")]) == ()


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 7)), min_size=1, unique=True))
def test_after_the_proposed_readings_one_component_is_left(make_panel, pairs) -> None:
    rows = [(f"e{e}", f"x{x}", f"t{x}", 50.0) for e, x in pairs]
    panel = make_panel(rows)
    components = components_of(panel)
    links = connecting_readings(panel, components, [panel.entries])
    assert len(links) == len(components) - 1
    more = [(entry, examiner, f"t{examiner[1:]}", 50.0) for examiner, entry in links]
    assert len(components_of(make_panel([*rows, *more]))) == 1
    assert sorted(e for part in components for e in part.entries) == sorted(panel.entries)


@given(st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), min_size=1, unique=True))
def test_components_are_what_a_walk_along_the_readings_reaches(make_panel, pairs) -> None:
    rows = [(f"e{e}", f"x{x}", f"T{x // 2}", 50) for e, x in pairs]
    found = components_of(make_panel(rows))
    for part in found:
        reached = {part.entries[0]}
        for _ in rows:
            readers = {x for e, x, _, _ in rows if e in reached}
            reached |= {e for e, x, _, _ in rows if x in readers}
        assert part.entries == tuple(sorted(reached))
        assert part.examiners == tuple(sorted({x for e, x, _, _ in rows if e in reached}))
        assert part.teams == tuple(sorted({t for e, _, t, _ in rows if e in reached}))
    assert sum(len(part.entries) for part in found) == len({e for e, _, _, _ in rows})
