"""`samsyn corpus`: a collection of agreements in one file: added to, searched, compared, corrected, published."""

from __future__ import annotations

import click

from samsyn.commands.corpus_add import add, check, files, rebuild, refresh
from samsyn.commands.corpus_ask import list_agreements, search, show
from samsyn.commands.corpus_diff import diff
from samsyn.commands.corpus_export import export
from samsyn.commands.corpus_overview import areas, completeness, goals, renewals, report, roles
from samsyn.commands.corpus_review import quality, review, sample
from samsyn.commands.corpus_tables import coverage, disagreements, matrix, relations, series, stats, timeline

_COMMANDS = (
    add, list_agreements, show, search, diff, matrix, timeline, coverage, series, relations, disagreements, stats,
    areas, goals, roles, renewals, completeness, report, export, review, sample, quality, refresh, files, rebuild,
    check,
)  # fmt: skip


class _InOrder(click.Group):
    """A group that lists its commands in the order a newcomer needs them."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click's own name
        """The names as they were added."""
        return list(self.commands)


@click.group(cls=_InOrder)
def corpus() -> None:
    """Keep agreements of many municipalities and years in one file, and ask questions of it."""


for command in _COMMANDS:
    corpus.add_command(command)
