"""The command line: reads the global options, finds the command in the table, and answers with an exit code."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter
from collections.abc import Sequence
from importlib import import_module

from monitor import __version__
from monitor.cli.commands import COMMANDS, Command, find_command
from monitor.cli.session import Session
from monitor.errors import MonitorError

INTERRUPTED = 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command. Exit codes: 0 done, 1 unexpected, 2 usage, 3 nothing found, 5 integrity, 75 temporary, 78 config."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    parser = _global_parser()
    options = parser.parse_args(arguments)
    command = find_command(options.command) if options.command else None
    if command is None:
        parser.print_help(sys.stderr if options.command else sys.stdout)
        if options.command:
            names = ", ".join(one.name for one in COMMANDS)
            print(f"\nmonitor: there is no command '{options.command}'; there are {names}", file=sys.stderr)
        return 2 if options.command else 0
    try:
        return _run(command, options.arguments, Session.from_options(options))
    except MonitorError as error:
        print(f"monitor: {error}", file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        print("monitor: interrupted", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        # The reader of our output has seen enough (`monitor search x | head`).
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _run(command: Command, arguments: Sequence[str], session: Session) -> int:
    module = import_module(command.module)
    parser = ArgumentParser(prog=f"monitor {command.name}", description=command.summary, allow_abbrev=False)
    getattr(module, f"{command.function}_options")(parser)
    # Intermixed: `import --confirmed people.csv` means what `import people.csv --confirmed` does.
    options: Namespace = parser.parse_intermixed_args(arguments)
    code: int = getattr(module, command.function)(session, options)
    return code


def _global_parser() -> ArgumentParser:
    parser = ArgumentParser(
        prog="monitor",
        description="Watches GOV.UK and Parliament, keeps every version, and mails digests people can trust.",
        epilog=_table(),
        formatter_class=RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--config", metavar="PATH", help="the config file (default: where docs/config.md says)")
    parser.add_argument("--now", metavar="TIME", help="run as if it were this time (ISO 8601; UTC unless it says)")
    parser.add_argument("--replay", metavar="FILE", help="answer requests from this recording (.warc.gz), offline")
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    volume = parser.add_mutually_exclusive_group()
    volume.add_argument("-v", "--verbose", action="store_true", help="say more")
    volume.add_argument("-q", "--quiet", action="store_true", help="say only what went wrong")
    parser.add_argument("--version", action="version", version=f"monitor {__version__}")
    parser.add_argument("command", nargs="?", metavar="COMMAND", help="one of those below; COMMAND --help says more")
    parser.add_argument("arguments", nargs="...", metavar="…", help="what the command takes")
    return parser


def _table() -> str:
    lines = []
    for audience in dict.fromkeys(command.audience for command in COMMANDS):
        lines.append(f"{audience}:")
        lines += [f"  {one.name:<12} {one.summary}" for one in COMMANDS if one.audience == audience]
    return "\n".join(lines)
