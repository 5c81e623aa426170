"""Who signs agreements: takes filters, gives the roles of signatories by party. No names of people are in it."""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict

from samsyn.corpora.filters import Filters, condition_of
from samsyn.models.table import Column, Row, Table, TableSchema
from samsyn.vocabulary.groups import role_of

_MOST_TITLES = 4
ROLES = TableSchema(
    "roles",
    "Who signs: the roles of signatories, and how many agreements each signs",
    (
        Column("party", description="municipality, police or other"),
        Column("id", description="of the role (samsyn/vocabulary/groups.toml); empty for a title that is none of them"),
        Column("name"),
        Column("signatories", "integer"),
        Column("agreements", "integer", "agreements that one in this role signs"),
        Column("of", "integer", "agreements with any signatory"),
        Column("share", "number"),
        Column("titles", description="the commonest titles"),
    ),
    key=("party", "name"),
)
_PARTIES = ("municipality", "police", "other")
_NO_TITLE = "(ingen titel)"
_OTHER_TITLE = "(annan titel)"


def roles(connection: sqlite3.Connection, filters: Filters) -> Table:
    """The roles in which agreements are signed, the commonest first of each party."""
    condition = condition_of(connection, filters)
    rows = connection.execute(
        "SELECT own.agreement, coalesce(own.party, 'other'), own.title FROM signatories AS own "
        f"JOIN agreements ON agreements.id = own.agreement WHERE {condition.sql} ORDER BY own.agreement, own.id",
        condition.parameters,
    ).fetchall()
    signed: dict[tuple[str, str], list[str]] = defaultdict(list)
    titles: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    ids: dict[str, str | None] = {_NO_TITLE: None, _OTHER_TITLE: None}
    for agreement, party, title in rows:
        role = role_of(title) if title else None
        name = role.sv if role else _OTHER_TITLE if title else _NO_TITLE
        ids[name] = role.id if role else None
        signed[party, name].append(agreement)
        if title:
            titles[party, name][title] += 1
    every = len({row[0] for row in rows})
    made: list[Row] = [
        (party, ids[name], name, len(owners), len({*owners}), every, round(len({*owners}) / every, 4),
         _commonest(titles[party, name]))
        for (party, name), owners in signed.items()
    ]  # fmt: skip
    made.sort(key=lambda row: (_PARTIES.index(str(row[0])), -int(row[4] or 0), str(row[2])))
    return Table(ROLES, made)


def _commonest(titles: Counter[str]) -> str | None:
    ordered = sorted(titles.items(), key=lambda counted: (-counted[1], counted[0]))
    return "; ".join(title for title, _ in ordered[:_MOST_TITLES]) or None
