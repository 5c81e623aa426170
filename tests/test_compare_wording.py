"""Word by word: what stays, goes and comes adds up to the two texts, and is marked where a reader would mark it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samsyn.comparing.wording import compare_words, same_wording, wording_ratio

WORDS = st.lists(
    st.sampled_from(["polisen", "kommunen", "går", "i", "två", "tre", "kvällar", ",", ".", "år", "4", "40"]),
    max_size=25,
)


def marked(old: str, new: str) -> str:
    """The comparison with what goes as [so] and what comes as {so}."""
    marks = {"equal": ("", ""), "delete": ("[", "]"), "insert": ("{", "}")}
    return "".join(f"{marks[run.op][0]}{run.text}{marks[run.op][1]}" for run in compare_words(old, new))


@given(WORDS, WORDS)
def test_runs_make_both_texts(old: list[str], new: list[str]) -> None:
    """Protects the truth of the marking: without what came it is the old text, without what went the new one."""
    runs = compare_words(" ".join(old), " ".join(new))
    before = "".join(run.text for run in runs if run.op != "insert")
    after = "".join(run.text for run in runs if run.op != "delete")
    assert before.split() == old
    assert after.split() == new


@given(WORDS)
def test_a_text_is_the_same_as_itself(words: list[str]) -> None:
    """Protects the unchanged: a text compared with itself has nothing marked."""
    text = " ".join(words)
    assert same_wording(text, text)
    assert all(run.op == "equal" for run in compare_words(text, text))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("Två vandringar per år.", "Fyra vandringar per år.", "[Två]{Fyra} vandringar per år."),
        ("minst 3,5 procent", "minst 4 procent", "minst[ 3,5]{ 4} procent"),
        ("Deltar i mötet.", "Deltar i mötet. Leder vandringen.", "Deltar i mötet.{ Leder vandringen.}"),
        ("Leder mötet i parken nu", "Håller mötet i skolan nu", "[Leder]{Håller} mötet i[ parken]{ skolan} nu"),
        ("Rådet styr. Det möts.", "En helt annan text", "[Rådet styr. Det möts.]{En helt annan text}"),
        ("", "Nytt", "{Nytt}"),
        ("Grannsamverkan", "grannsamverkan", "grannsamverkan"),
    ],
)  # fmt: skip
def test_marks_are_where_a_reader_would_set_them(old: str, new: str, expected: str) -> None:
    """Protects readability: whole words and numbers, sentences kept whole, no mosaic of unlike texts."""
    assert marked(old, new) == expected


def test_small_words_between_changes_are_part_of_them() -> None:
    """Protects the eye from confetti: an 'i' that happens to stay between two changes is marked with them."""
    assert marked("Stor insats med polis i parken nu", "Stor insats med vakter i hamnen nu") == (
        "Stor insats med[ polis i parken]{ vakter i hamnen} nu"
    )


@pytest.mark.parametrize(
    ("old", "new", "same"),
    [
        ("”Krogar mot knark” 2016–2019.", '"krogar mot knark" 2016-2019', True),
        ("Minska stölderna.\nHalvera inbrotten.", "Minska stölderna. Halvera inbrotten.", True),
        ("• Trygghetsvandring", "Trygghetsvandring", True),
        ("koordinators-funktionen", "koordinatorsfunktionen", True),
        ("2016-2019", "20162019", False),
        ("minst 3 procent", "minst 4 procent", False),
        ("Habo", "Håbo", False),
        ("50 %", "50", False),
    ],
)
def test_same_wording_sees_through_layout_alone(old: str, new: str, same: bool) -> None:
    """Protects 'unchanged': another typeface's dashes are no change, another letter or number is one."""
    assert same_wording(old, new) is same


def test_very_long_texts_are_compared_in_time() -> None:
    """Protects against hostile input: a text of a hundred thousand words is not compared word by word."""
    long = "ord " * 100_000
    runs = compare_words(long, long + "slut")
    assert [run.op for run in runs] == ["delete", "insert"]
    assert 0 <= wording_ratio(long, long) <= 1


def test_a_date_changes_as_a_whole() -> None:
    """Protects readers from dates in shreds: '2019-12-20' becomes '2028-01-01', not '20{28-01}-...'."""
    runs = compare_words("Gäller 2019-12-20 – 2023-06-01.", "Gäller 2028-01-01 – 2031-12-31.")
    assert [run.text.strip() for run in runs if run.op == "delete"] == ["2019-12-20 – 2023-06-01"]
