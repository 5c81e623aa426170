"""`samsyn explain` and `samsyn read`: take one file, write how it was understood, or what was read before that."""

from __future__ import annotations

import click

from samsyn.commands.outputs import refuse_overwriting
from samsyn.commands.reading import Reading, file_options, read_file
from samsyn.terminal import open_output, shows_output

_output = click.option("-o", "--output", metavar="OUT", help="Write to this file instead.")


@click.command()
@file_options
@_output
def explain(*, file: str, name: str | None, output: str | None, reading: Reading) -> None:
    """Show how FILE was understood: its outline, each finding with page, section and rule, what was left out.

    What a report of an error needs.
    """
    from samsyn.explain import explain_document
    from samsyn.write.as_explanation import write_explanation

    refuse_overwriting([file], output)
    found = read_file(file, reading, name=name)
    explanation = explain_document(found.document, found.agreements)
    with open_output(output, binary=False) as stream:
        write_explanation(explanation, stream)


@click.command()
@file_options
@click.option("--format", "form", type=click.Choice(("json", "text")), help="Default: text on a terminal, else JSON.")
@_output
def read(*, file: str, name: str | None, form: str | None, output: str | None, reading: Reading) -> None:
    """Show what was read of FILE before any understanding: pages, blocks, tables, footnotes, furniture."""
    from samsyn.write.as_read_document import write_document_json, write_document_text

    refuse_overwriting([file], output)
    found = read_file(file, reading, name=name)
    form = form or ("text" if output is None and shows_output() else "json")
    with open_output(output, binary=False) as stream:
        (write_document_text if form == "text" else write_document_json)(found.document, stream)
