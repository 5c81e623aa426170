"""Takes the schemas of the corpus's query tables, gives their reference as Markdown."""

from __future__ import annotations

from samsyn.corpora.projection import QUERY_TABLES
from samsyn.models.table import Column
from samsyn.write.row_labels import LABELS
from tools.markdown import code, made_by, table

_HEAD = """\
# The tables of a corpus

{made}

These are the tables that can be asked in the corpus's SQLite file (with `sqlite3`, Datasette, DB Browser or pandas) and
that `samsyn corpus export` writes. What a corpus is and how it is kept: [corpus.md](corpus.md).
"""


def tables_page() -> str:
    """The page: every table with its key and its columns."""
    lines = [_HEAD.format(made=made_by("make reference"))]
    for schema in QUERY_TABLES.values():
        lines += [f"## {schema.name}", "", f"{schema.description}. Key: {', '.join(map(code, schema.key))}.", ""]
        lines += table(("column", "kind", "in Swedish", "what"), map(_row, schema.columns))
    return "\n".join(lines).rstrip() + "\n"


def _row(column: Column) -> tuple[str, str, str, str]:
    points = f" → [{column.references}](#{column.references})" if column.references else ""
    return code(column.name), column.kind, LABELS.get(column.name, ""), f"{column.description}{points}"
