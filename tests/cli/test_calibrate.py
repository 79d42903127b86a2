"""``kvaljury calibrate`` on panel data."""

import json

import pytest

from kvaljury.cli import run

HEADER = "entry,examiner,team,question,score\n"


@pytest.fixture
def ratings(tmp_path):
    path = tmp_path / "ratings.csv"
    rows = [
        f"e{e:02},x{t}{x},t{t},q{q},{40 + 3 * e + 2 * x + 5 * t + (e * x + q) % 4}\n"
        for e in range(25)
        for t in {e % 3, (e + 1) % 3 if e < 6 else e % 3}
        for x in range(3)
        for q in range(2)
    ]
    path.write_text(HEADER + "".join(rows), "utf-8")
    return path


def test_json_holds_the_contract_keys(ratings, capsys) -> None:
    assert run(["calibrate", str(ratings), "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert list(document) == [
        "schema",
        "criterion",
        "fixed",
        "variance",
        "components",
        "warnings",
        "entries",
        "examiners",
        "teams",
    ]
    assert document["schema"] == "kvaljury.calibration/1"
    assert set(document["variance"]) == {"entry", "examiner", "team", "residual"}
    assert list(document["entries"][0]) == ["id", "effect", "sd", "score"]
    assert list(document["teams"][0]) == ["id", "effect", "sd"]
    assert (len(document["entries"]), len(document["examiners"])) == (25, 9)
    first = document["entries"][0]
    assert first["score"] == pytest.approx(document["fixed"]["mean"] + first["effect"])
    assert document["components"] == 1


def test_marks_have_a_mean_for_each_question(ratings, capsys) -> None:
    assert run(["calibrate", str(ratings), "--unit", "mark", "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert set(document["fixed"]) == {"q0", "q1"}
    mean = sum(document["fixed"].values()) / 2
    first = document["entries"][0]
    assert first["score"] == pytest.approx(mean + first["effect"])


def test_ml_and_reml_give_different_criteria(ratings, capsys) -> None:
    criteria = []
    for option in ([], ["--ml"]):
        run(["calibrate", str(ratings), "--json", *option])
        criteria.append(json.loads(capsys.readouterr().out)["criterion"])
    assert abs(criteria[0] - criteria[1]) > 0.1


def test_the_table_is_swedish_and_says_what_it_left_out(ratings, capsys) -> None:
    assert run(["calibrate", str(ratings)]) == 0
    out = capsys.readouterr().out
    assert "REML-kriterium" in out
    assert "Antal delar där bidragen kan jämföras med varandra: 1" in out
    assert "och 5 till; --json ger alla" in out


def test_places_are_drawn_on_request(ratings, capsys) -> None:
    given = ["calibrate", str(ratings), "--json", "--draws", "400", "--top", "5"]
    assert run(given) == 0
    first = capsys.readouterr().out
    document = json.loads(first)
    assert document["draws"] == {"number": 400, "seed": 1, "top": 5}
    entries = document["entries"]
    assert sum(entry["p_best"] for entry in entries) == pytest.approx(1)
    assert sum(entry["p_top"] for entry in entries) == pytest.approx(5)
    assert sum(entry["expected_rank"] for entry in entries) == pytest.approx(25 * 26 / 2)
    best = max(entries, key=lambda entry: entry["score"])
    assert best["rank_low"] == 1
    assert best["expected_rank"] == min(entry["expected_rank"] for entry in entries)
    run(given)
    assert capsys.readouterr().out == first
    run([*given, "--seed", "2"])
    assert capsys.readouterr().out != first


def test_places_are_within_classes_where_the_file_has_them(ratings, capsys) -> None:
    lines = ratings.read_text("utf-8").splitlines()
    classed = [f"{line},{'ab'[int(line[1:3]) % 2]}" for line in lines[1:]]
    ratings.write_text("\n".join([lines[0] + ",class", *classed]), "utf-8")
    assert run(["calibrate", str(ratings), "--json", "--draws", "200"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert set(document["fixed"]) == {"class:a", "class:b"}
    for half in (0, 1):
        own = [e for e in document["entries"] if int(e["id"][1:]) % 2 == half]
        assert sum(entry["p_best"] for entry in own) == pytest.approx(1)


def test_the_table_shows_places(ratings, capsys) -> None:
    assert run(["calibrate", str(ratings), "--draws", "200"]) == 0
    out = capsys.readouterr().out
    for title in ("Väntad plats", "90 % intervall", "Bland de 3 bästa"):
        assert title in out


def test_too_few_draws_are_a_usage_error(ratings, capsys) -> None:
    assert run(["calibrate", str(ratings), "--draws", "5"]) == 2


def test_english_and_ml(ratings, capsys) -> None:
    assert run(["calibrate", str(ratings), "--ml", "--lang", "en"]) == 0
    assert "-2 log likelihood" in capsys.readouterr().out


def test_effects_are_chosen_by_name(ratings, capsys) -> None:
    assert run(["calibrate", str(ratings), "--effects", "entry, examiner", "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert set(document["variance"]) == {"entry", "examiner", "residual"}
    assert document["teams"] == []


@pytest.mark.parametrize(
    ("effects", "said"),
    [("entry,examinr", "menade du examiner?"), ("examiner", "effekterna måste innehålla entry")],
)
def test_wrong_effects_are_a_usage_error(ratings, capsys, effects: str, said: str) -> None:
    assert run(["calibrate", str(ratings), "--effects", effects]) == 2
    assert said in capsys.readouterr().err


def test_parts_that_nothing_connects_are_said(tmp_path, capsys) -> None:
    path = tmp_path / "apart.csv"
    path.write_text(
        "entry,examiner,score\n"
        + "".join(
            f"e{p}{e},x{p}{x},{40 + 5 * e + x + (e * x) % 3}\n"
            for p in range(2)
            for e in range(4)
            for x in range(3)
        ),
        "utf-8",
    )
    assert run(["calibrate", str(path), "--lang", "en"]) == 0
    assert "cannot be compared across parts" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("content", "code", "said"),
    [
        (HEADER + "e,,t,q,5\n", 3, "ratings.csv:2"),
        (HEADER + "e,x,t,q,nan\n", 3, "ratings.csv:2"),
        (HEADER + "e,x,t,q,5\n", 5, "cannot be told apart"),
        (HEADER, 3, "ratings.csv"),
        ("entry,score\ne,5\n", 3, "examiner"),
    ],
    ids=["empty id", "not a number", "one rating", "no rows", "a column is missing"],
)
def test_bad_input_is_said_with_its_address(
    tmp_path, capsys, content: str, code: int, said: str
) -> None:
    path = tmp_path / "ratings.csv"
    path.write_text(content, "utf-8")
    assert run(["calibrate", str(path), "--lang", "en"]) == code
    assert said in capsys.readouterr().err


def test_a_missing_file_is_a_usage_error(tmp_path, capsys) -> None:
    assert run(["calibrate", str(tmp_path / "none.csv")]) == 2
    assert "none.csv" in capsys.readouterr().err
