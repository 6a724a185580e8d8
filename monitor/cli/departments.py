"""`monitor departments`: the one table that joins Parliament's answering bodies and GOV.UK's organisations."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from monitor.cli import output
from monitor.cli.session import Session
from monitor.cli.shapes import Shape
from monitor.errors import NotFoundError

if TYPE_CHECKING:
    from monitor.model.department import ListedBody
    from monitor.pipeline.departments import DepartmentsReport
    from monitor.store.departments import KeptBody


def departments_options(parser: ArgumentParser) -> None:
    """list, refresh."""
    parser.add_argument(
        "action", choices=["list", "refresh"], help="list: the table; refresh: read today's lists, and say what is new"
    )


def departments(session: Session, options: Namespace) -> int:
    """Show the table, or hold it against what the publishers list today."""
    if options.action == "refresh":
        return _refresh(session)
    from monitor.rules.departments import known_departments

    try:
        with session.open_archive() as archive:
            kept = archive.departments.all()
    except NotFoundError:
        kept = ()
    table = known_departments()
    shape = {
        "departments": [
            {
                "key": one.key,
                "name": one.name,
                "also": list(one.also),
                "organisation": one.organisation,
                "answering_bodies": list(one.answering_bodies),
                "became": list(one.became),
                "listed": [_body_shape(body.body) for body in _of(one.key, kept)],
            }
            for one in table
        ]
    }
    rows = [(one.key, one.name, one.organisation or "–", _heirs(one.became)) for one in table]
    session.show(shape, lambda: output.columns(rows))
    return 0


def _refresh(session: Session) -> int:
    from monitor.pipeline.departments import refresh_departments

    with session.open_app() as app:
        report = refresh_departments(app.archive, app.publishers.fetcher, now=app.clock())
    shape = {
        "listed": report.listed,
        "new": [_body_shape(body) for body in report.new],
        "changed": [{"before": _body_shape(old), "after": _body_shape(new)} for old, new in report.changed],
        "unknown": [_body_shape(body) for body in report.unknown],
    }
    session.show(shape, lambda: _report_lines(report))
    return 0


def _report_lines(report: DepartmentsReport) -> list[str]:
    lines = [f"{report.listed} listed, {len(report.new)} new, {len(report.changed)} changed"]
    if report.listed > len(report.new):
        lines += [f"  new: {body.name} ({body.kind}, {body.id})" for body in report.new]
    lines += [f"  changed: {old.name}, {old.state} → {new.name}, {new.state}" for old, new in report.changed]
    return lines + [f"  not in the table: {body.name} ({body.kind}, {body.id})" for body in report.unknown]


def _of(key: str, kept: tuple[KeptBody, ...]) -> list[KeptBody]:
    return [one for one in kept if one.key == key]


def _heirs(keys: tuple[str, ...]) -> str:
    return f"now {', '.join(keys)}" if keys else ""


def _body_shape(body: ListedBody) -> Shape:
    return {
        "publisher": body.publisher,
        "id": body.id,
        "name": body.name,
        "kind": body.kind,
        "abbreviation": body.abbreviation,
        "state": body.state,
        "successors": list(body.successors),
    }
