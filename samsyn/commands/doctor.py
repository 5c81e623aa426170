"""`samsyn doctor`: says what samsyn works with on this machine, what is missing, what for, and how to get it."""

from __future__ import annotations

import json

import click

from samsyn.doctor import State, examine

_WORDS: dict[State, str] = {"ok": "ok", "missing": "not here", "broken": "BROKEN"}


@click.command()
@click.option(
    "--format", "form", type=click.Choice(("text", "json")), default="text", show_default=True, help="Text or JSON."
)
def doctor(*, form: str) -> int:
    """Say what samsyn works with here: versions, extras, Tesseract, LibreOffice, the cache; and read a document.

    Exits with 1 when something that is always needed does not work; what is optional may be missing.
    """
    findings = []
    for finding in examine():
        findings.append(finding)
        if form == "text":
            get = f"; get it: {finding.get}" if finding.get else ""
            click.echo(f"{_WORDS[finding.state]:<9} {finding.what}: {finding.about}{get}")
    if form == "json":
        plain = [{**finding._asdict(), "versions": dict(finding.versions)} for finding in findings]
        click.echo(json.dumps(plain, ensure_ascii=False, indent=2))
    return 1 if any(finding.state == "broken" for finding in findings) else 0
