"""`samsyn schema`: takes nothing, prints the JSON Schema of what `extract` gives."""

from __future__ import annotations

import click


@click.command()
def schema() -> None:
    """Print the JSON Schema of an agreement."""
    from samsyn.write.as_json import agreement_schema

    click.echo(agreement_schema(), nl=False)
