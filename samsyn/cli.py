"""The command line: takes arguments, gives an exit code. Each command is loaded when it is called for.

0 done · 1 a file could not be read (or, with --strict, warnings) · 2 wrong use · 130 interrupted.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module

import click

from samsyn.errors import SamsynError
from samsyn.terminal import complain, debugging, silence_output, use_utf8

COMMANDS = {
    "extract": "samsyn.commands.extract:extract",
    "corpus": "samsyn.commands.corpus:corpus",
    "diff": "samsyn.commands.diff:diff",
    "draft": "samsyn.commands.draft:draft",
    "check": "samsyn.commands.check:check",
    "measures": "samsyn.commands.measures:measures",
    "review": "samsyn.commands.review:review",
    "explain": "samsyn.commands.explain:explain",
    "read": "samsyn.commands.explain:read",
    "schema": "samsyn.commands.schema:schema",
    "doctor": "samsyn.commands.doctor:doctor",
}
"""Every command and where it is; a new command or group of commands is one module and one line here."""


class LazyGroup(click.Group):
    """A group whose commands are imported when they are used or described."""

    def list_commands(self, _: click.Context) -> list[str]:
        """The names, in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002  # click's own names
        """The command of that name, or None."""
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name].partition(":")
        command: click.Command = getattr(import_module(module), name)
        return command


def _print_version(ctx: click.Context, _: click.Parameter, asked: bool) -> None:
    if asked and not ctx.resilient_parsing:
        from samsyn.versions import version_line

        click.echo(version_line())
        ctx.exit()


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_print_version, help="Show versions."
)
def samsyn() -> None:
    """Read Swedish police and municipality cooperation agreements into one shared model.

    Results go to standard output, everything else to standard error.
    """


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command that the arguments name; the exit code. Never raises, never shows a traceback unasked."""
    use_utf8()
    if "_SAMSYN_COMPLETE" in os.environ:  # click's own protocol for completion in the shell
        samsyn.main(prog_name="samsyn")
    try:
        code = _run(_given() if arguments is None else list(arguments))
        sys.stdout.flush()
        return code
    except BrokenPipeError:
        silence_output()
        return 141  # what the shell shows for a program that SIGPIPE ended
    except KeyboardInterrupt:
        complain("interrupted")
        return 130
    except Exception as error:  # the border: the user gets one line
        if debugging():
            raise
        complain(_in_one_line(error))
        return 1


def _given() -> list[str]:
    """The arguments of this process; on Windows, whose shells leave that to programs, with '*.pdf' as its files."""
    if os.name != "nt":
        return sys.argv[1:]
    from samsyn.terminal import with_patterns_filled

    return with_patterns_filled(sys.argv[1:])


def _run(arguments: list[str]) -> int:
    try:
        with samsyn.make_context("samsyn", arguments) as context:
            result = samsyn.invoke(context)
            return result if isinstance(result, int) else 0
    except click.exceptions.Exit as leaving:
        return leaving.exit_code
    except click.Abort:
        complain("interrupted")
        return 130
    except click.ClickException as error:
        if isinstance(error, click.UsageError) and _asks_for_help(error):
            error.show()
        else:
            complain(_wrong_use(error))
        return error.exit_code


def _asks_for_help(error: click.UsageError) -> bool:
    """True for a group of commands that was called without one: its help is what it has to say."""
    return type(error).__name__ == "NoArgsIsHelpError"  # which click has had since 8.2


def _wrong_use(error: click.ClickException) -> str:
    """What was wrong, and the command whose help tells what is right."""
    message = error.format_message().rstrip(".").replace("a valid float range", "a number")
    message = message.replace("a valid integer range", "a whole number")
    context = error.ctx if isinstance(error, click.UsageError) else None
    message = message[:1].lower() + message[1:]
    return f"{message} (see: {context.command_path} --help)" if context is not None else message


def _in_one_line(error: Exception) -> str:
    if isinstance(error, SamsynError):
        return str(error)
    if isinstance(error, OSError) and error.strerror:
        reason = error.strerror[:1].lower() + error.strerror[1:]
        return f"{error.filename}: {reason}" if error.filename else reason
    return f"unexpected {type(error).__name__} (SAMSYN_DEBUG=1 shows where)"


if __name__ == "__main__":
    sys.exit(main())
