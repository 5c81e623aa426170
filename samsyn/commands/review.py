"""`samsyn review`: takes one file, writes a page on which what was found in it is looked at beside it and judged."""

from __future__ import annotations

import click

from samsyn.commands.outputs import refuse_overwriting, refuse_page_on_terminal
from samsyn.commands.reading import Reading, file_options, read_file
from samsyn.terminal import open_output


@click.command()
@file_options
@click.option("-o", "--output", metavar="OUT", help="Write the page to this file, such as review.html.")
def review(*, file: str, name: str | None, output: str | None, reading: Reading) -> None:
    """Write a page that shows FILE beside everything found in it, to be judged right or wrong in a browser.

    The page works offline. What is judged there is saved as a file for `samsyn extract --corrections`.
    """
    refuse_page_on_terminal(output, "review.html")
    refuse_overwriting([file], output)
    from samsyn.review import review_document
    from samsyn.write.review_html import write_review

    found = read_file(file, reading, name=name, pictures=True)
    with open_output(output, binary=False) as stream:
        write_review(review_document(found.document, found.agreements, found.pictures), stream)
