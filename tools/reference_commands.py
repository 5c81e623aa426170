"""Takes the click commands, gives the reference of the command line as Markdown."""

from __future__ import annotations

import inspect
from collections.abc import Iterator

import click

from samsyn.cli import samsyn
from tools.markdown import code, made_by, table

_HEAD = """\
# The command line

{made}

Every command has `--help`. Results go to standard output, messages and progress to standard error. Exit codes: 0 done,
1 a file could not be read (for `samsyn diff`: there are differences), 2 wrong use, 130 interrupted; `samsyn diff`
gives 2 for a file that cannot be read. `SAMSYN_DEBUG=1` shows where an unexpected error came from.

Completion in the shell: [how-to-completion.md](how-to-completion.md).
"""


def commands_page() -> str:
    """The page: every command and group with its usage, its help and its options, in the order of the help."""
    lines = [_HEAD.format(made=made_by("make reference"))]
    for path, command in _walk(("samsyn",), samsyn):
        lines += _section(path, command)
    return "\n".join(lines).rstrip() + "\n"


def _walk(path: tuple[str, ...], command: click.Command) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    if len(path) > 1:
        yield path, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            found = command.get_command(context, name)
            if found is not None and not found.hidden:
                yield from _walk((*path, name), found)


def _section(path: tuple[str, ...], command: click.Command) -> Iterator[str]:
    yield f"{'#' * min(len(path), 4)} {' '.join(path)}\n"
    arguments = [_argument(parameter) for parameter in command.params if isinstance(parameter, click.Argument)]
    tail = ["COMMAND ..."] if isinstance(command, click.Group) else []
    options = ["[OPTIONS]"] if _options(command) else []
    yield f"```text\n{' '.join([*path, *options, *arguments, *tail])}\n```\n"
    yield _help(command)
    options_shown = _options(command)
    if options_shown:
        yield from table(("option", "what"), options_shown)


def _help(command: click.Command) -> str:
    text = inspect.cleandoc(command.help or "").replace("\b\n", "")
    return "\n\n".join(_paragraph(part) for part in text.split("\n\n")) + "\n"


def _paragraph(text: str) -> str:
    """One paragraph of help on one line; a list of indented lines stays as it is, as text."""
    lines = text.splitlines()
    if any(line.startswith("  ") for line in lines):
        return "```text\n" + "\n".join(lines) + "\n```"
    return " ".join(line.strip() for line in lines)


def _argument(argument: click.Argument) -> str:
    name = argument.metavar or (argument.name or "").upper()
    several = "..." if argument.nargs == -1 and not name.rstrip("]").endswith("...") else ""
    return f"{name}{several}" if argument.required or name.startswith("[") else f"[{name}{several}]"


def _options(command: click.Command) -> list[tuple[str, str]]:
    return [
        (_names(option), _what(option))
        for option in command.params
        if isinstance(option, click.Option) and not option.hidden
    ]


def _names(option: click.Option) -> str:
    names = ", ".join((*option.opts, *option.secondary_opts))
    if option.is_flag:
        return code(names)
    value = option.metavar
    if value is None and isinstance(option.type, click.Choice):
        value = "|".join(str(choice) for choice in option.type.choices)
    return code(f"{names} {value or option.type.name.upper()}")


def _what(option: click.Option) -> str:
    parts = [option.help or ""]
    if option.multiple and "several times" not in parts[0] and "repeated" not in parts[0]:
        parts.append("May be given several times.")
    if option.required:
        parts.append("Required.")
    if option.show_default and not option.is_flag:
        parts.append(f"Default: {option.default}.")
    return " ".join(part for part in parts if part)
