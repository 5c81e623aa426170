"""The groups in which a corpus counts prove themselves: every example is found, no look-alike is."""

from __future__ import annotations

import pytest

from samsyn.vocabulary.groups import Group, load_roles, load_themes, role_of, themes_of


@pytest.mark.parametrize("theme", load_themes(), ids=lambda theme: theme.id)
def test_examples_have_the_theme_and_look_alikes_not(theme: Group) -> None:
    """Protects the counting of focus areas by what they are about."""
    assert [title for title in theme.examples if theme not in themes_of(title)] == []
    assert [title for title in theme.lookalikes if theme in themes_of(title)] == []


@pytest.mark.parametrize("role", load_roles(), ids=lambda role: role.id)
def test_examples_have_the_role_and_look_alikes_not(role: Group) -> None:
    """Protects the counting of signatories by what they are."""
    assert [title for title in role.examples if role_of(title) != role] == []
    assert [title for title in role.lookalikes if role_of(title) == role] == []


@pytest.mark.parametrize(
    ("title", "themes"),
    [
        ("Våld i nära relationer", ["nara-relationer"]),
        ("Våld i offentlig miljö", ["vald", "offentlig-miljo"]),
        ("Trygghet i offentlig miljö", ["offentlig-miljo"]),
        ("Ungdomar/narkotika", ["narkotika", "unga"]),
        ("Ökad trygghet och samverkan", ["trygghet", "samverkan"]),
        ("Något helt annat", []),
        ("", []),
    ],
)
def test_a_title_has_each_theme_it_names(title: str, themes: list[str]) -> None:
    """Protects titles of two themes, words that belong to a longer wording, and what has no theme."""
    assert [theme.id for theme in themes_of(title)] == themes


def test_ids_and_names_are_their_own() -> None:
    """Protects counts from being mixed up."""
    for groups in (load_themes(), load_roles()):
        for values in ([g.id for g in groups], [g.sv for g in groups], [g.en for g in groups]):
            assert len({*values}) == len(values)
