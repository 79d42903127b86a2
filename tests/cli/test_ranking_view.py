"""A ranking as people read it, on hand-made values."""

import attrs
import click
import pytest

from kvaljury.cli.app import COMMANDS, build_app
from kvaljury.cli.language import Language
from kvaljury.cli.output import Output
from kvaljury.cli.ranking_view import show_ranking, shown_score
from kvaljury.core.model import Finding, Outcome, Reason, Stage, Text
from kvaljury.core.model.wording import shown_place
from tests.cli.ranking_examples import (
    CLASS,
    ENTRIES,
    RANKING,
    SPLIT_CLASS,
    SPLIT_RANKING,
    document,
    first_entry,
)

SWEDISH = Language("sv")


def told(ranking, capsys, code="sv"):
    show_ranking(document(ranking, code), Output(Language(code)))
    return capsys.readouterr().out


def test_a_row_tells_place_name_score_probability_proposal_and_status(capsys):
    row = next(line for line in told(RANKING, capsys).splitlines() if "Blåklockan" in line)
    for cell in ("1 (1–2)", "72,3 (-1,5–101,0)", ">99\u00a0%", "utmärkelse", "i urvalet"):
        assert cell in row


def test_an_entry_without_interval_shows_its_score_alone(capsys):
    row = next(line for line in told(RANKING, capsys).splitlines() if "=cmd" in line)
    assert "0,7" in row
    assert "(" not in row


def test_what_stands_beside_the_classes_is_listed(capsys):
    out = told(RANKING, capsys)
    for words in ("en poäng saknas", "få lag", "E03 om F02: närstående", "F09", "personer räknas"):
        assert words in out


def test_unmarked_and_barred_entries_stand_apart(capsys):
    apart = told(RANKING, capsys).split("Utanför rangordningen:")[1]
    assert "F03 Tallen [/b]: utan poäng" in apart
    assert "E25-04 (S25:54): 3 av 5 medarbetare" in apart


def test_what_the_team_proposes_is_told_outside_the_ranking_too(capsys):
    barred = attrs.evolve(
        ENTRIES[3],
        reasons=(*ENTRIES[3].reasons, Reason("mention_barred", Text("no", sv="går inte"))),
    )
    out = told(attrs.evolve(RANKING, classes=(attrs.evolve(CLASS, entries=(barred,)),)), capsys)
    apart = out.split("Utanför rangordningen:")[1]
    assert "Lagets förslag: hedersomnämnande" in apart
    assert "går inte" in apart


def test_the_banner_comes_before_the_title(capsys):
    out = told(SPLIT_RANKING, capsys)
    assert out.index("Lagen kan inte jämföras: L1, L2 (Skola)") < out.index("Provåret")
    assert "E03 läser S01 Eken" in out


def test_the_banner_stands_without_notes_and_links_too(capsys):
    bare = attrs.evolve(
        RANKING, classes=(attrs.evolve(SPLIT_CLASS, notes=()),), excluded=(), not_competing=()
    )
    out = told(bare, capsys)
    assert "Lagen kan inte jämföras (Skola)" in out
    assert "Läsningar som skulle" not in out
    assert "Bidrag som inte tävlar" not in out


def test_how_sure_the_order_at_the_cut_is_stands_below_the_table(capsys):
    entries = (first_entry(p_above_next=0.625), *ENTRIES[1:])
    cut = attrs.evolve(CLASS, entries=entries, shortlist_size=1)
    said = "Vid gränsen: F01 Blåklockan ligger före F02 =cmd|' /C calc'!A0 med sannolikheten"
    assert f"{said} 63\u00a0%." in told_in(cut, capsys).replace("\n", " ")
    roomy = attrs.evolve(cut, shortlist_size=2)
    assert "Vid gränsen" not in told_in(roomy, capsys)
    unknown = attrs.evolve(cut, entries=ENTRIES)
    assert "Vid gränsen" not in told_in(unknown, capsys)
    tied = attrs.evolve(cut, entries=(entries[0], attrs.evolve(entries[1], rank=1), *entries[2:]))
    assert "Vid gränsen" not in told_in(tied, capsys)


def told_in(ranked, capsys):
    return told(attrs.evolve(RANKING, classes=(ranked,)), capsys)


def test_a_rule_is_named_in_the_table_and_told_in_full_below(capsys):
    reason = Reason("unknown:E25-07", Text("not known", sv="inte känt"))
    finding = Finding("E25-07", "F01", Stage.AWARD, Outcome.UNKNOWN, reason.text, "S25:58")
    flagged = attrs.evolve(CLASS, entries=(first_entry(reasons=(reason,), findings=(finding,)),))
    out = told(attrs.evolve(RANKING, classes=(flagged,)), capsys)
    assert "E25-07: inte prövad" in out
    assert "Inte prövat, inte uppfyllt eller åsidosatt:" in out
    assert "E25-07 (S25:58): inte känt" in out


@pytest.mark.parametrize(
    ("low", "high", "shown"), [(1, 2, "1 (1–2)"), (1, 1, "1 (1)"), (None, None, "1")]
)
def test_places_with_their_interval(low, high, shown):
    assert shown_place(first_entry(rank_low=low, rank_high=high)) == shown


def test_no_score_is_shown_as_nothing():
    assert shown_score(ENTRIES[2], 1, SWEDISH) == ""


def test_english_has_points_where_swedish_has_commas(capsys):
    assert "72.3 (-1.5–101.0)" in told(RANKING, capsys, "en")


def test_the_group_knows_its_commands_by_name():
    app = build_app(SWEDISH)
    context = click.Context(app)
    assert app.list_commands(context) == list(COMMANDS)
    assert app.get_command(context, "rnk") is None
    assert app.get_command(context, "rank").name == "rank"
