"""A back-test as one page that needs nothing else: for phones and desks, light and dark, and for screen readers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import TYPE_CHECKING

from monitor.cli.backtests import slip_words, volume_words

if TYPE_CHECKING:
    from monitor.model.record import Record
    from monitor.pipeline.backtest import BackTest, Difference, Revision
    from monitor.rules.trials.tally import Volume

_STYLE = """
:root { color-scheme: light dark; --ink: #1a1a1a; --paper: #fff; --soft: #595959; --line: #b1b4b6; --bar: #1d70b8;
  --tint: #f3f2f1 }
@media (prefers-color-scheme: dark) {
  :root { --ink: #f0f0f0; --paper: #16181a; --soft: #b4b8bb; --line: #5b6064; --bar: #6cb2f0; --tint: #24282b }
}
* { box-sizing: border-box }
body { margin: 0 auto; padding: 1rem; max-width: 56rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: break-word }
h1 { font-size: 1.6rem; line-height: 1.25; margin: .5rem 0 }
h2 { font-size: 1.2rem; margin: 2rem 0 .5rem }
code { font: .95em ui-monospace, monospace; background: var(--tint); padding: .1em .3em }
table { border-collapse: collapse; width: 100% }
caption { text-align: left; color: var(--soft); padding-bottom: .25rem }
th, td { text-align: left; padding: .2rem .5rem .2rem 0; vertical-align: top; font-weight: normal;
  border-top: 1px solid var(--line) }
thead th, thead td { color: var(--soft); border: 0 }
.day { white-space: nowrap; width: 1% }
.count { text-align: right; white-space: nowrap; width: 1%; font-variant-numeric: tabular-nums }
.bar span { display: block; height: 1.1rem; margin-top: .2rem; background: var(--bar); min-width: 0 }
.warning { border-left: .3rem solid var(--bar); background: var(--tint); padding: .5rem .75rem; margin: .5rem 0 }
.soft { color: var(--soft) }
a { color: var(--bar) }
a:focus-visible { outline: 3px solid var(--ink); outline-offset: 2px }
@media (forced-colors: active) { .bar span { forced-color-adjust: none } }
"""


def backtest_page(trial: BackTest) -> str:
    """The page."""
    volume = trial.volume
    title = f"{trial.watch}: {volume.total} since {volume.since:%-d %B %Y}"
    parts = [
        f"<h1>{escape(trial.watch)}: {volume.total} publications since {volume.since:%-d %B %Y}</h1>",
        f"<p><code>{escape(trial.query)}</code></p>",
        f"<p>{escape(volume_words(volume))}.</p>",
        *(() if trial.revision else _warnings(trial)),
        *_weeks(volume, trial.revision),
        *_departments(volume),
        *_samples("The newest", volume.samples),
        *((*_revision(trial.revision), *_warnings(trial)) if trial.revision else ()),
        *_suggestions(trial),
        *_examples(trial),
    ]
    return (
        f'<!doctype html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n<title>{escape(title)}</title>\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n" + "\n".join(parts) + "\n</main>\n</body>\n</html>\n"
    )


def _warnings(trial: BackTest) -> Iterable[str]:
    """They concern the changed query where one is tried, and then stand below it."""
    return (f'<p class="warning"><strong>Warning:</strong> {escape(one.message)}</p>' for one in trial.oddities)


def _weeks(volume: Volume, revision: Revision | None) -> Iterable[str]:
    """The chart is a table: the bars are for the eye, the numbers for everybody."""
    changed = {week.monday: week.count for week in revision.volume.weeks} if revision else {}
    most = max([1, *(week.count for week in volume.weeks), *changed.values()])
    yield "<h2>By week</h2>"
    yield "<table><caption>Publications that match, by the Monday of their week</caption>"
    more = '<th scope="col" class="count">Changed</th>' if revision else ""
    yield '<thead><tr><th scope="col">Week from</th><th scope="col" class="count">Matches</th>'
    yield f"{more}<td></td></tr></thead><tbody>"
    for week in volume.weeks:
        cell = f'<td class="count">{changed.get(week.monday, 0)}</td>' if revision else ""
        bar = f'<td class="bar" aria-hidden="true"><span style="width:{100 * week.count / most:.1f}%"></span></td>'
        yield f'<tr><th scope="row" class="day">{week.monday:%-d %b %Y}</th><td class="count">{week.count}</td>{cell}{bar}</tr>'
    yield "</tbody></table>"


def _departments(volume: Volume) -> Iterable[str]:
    if not volume.departments:
        return
    yield "<h2>By department</h2>"
    yield "<table><caption>The departments that published most of them</caption><thead>"
    yield '<tr><th scope="col">Department</th><th scope="col" class="count">Matches</th></tr></thead><tbody>'
    for name, count in volume.departments:
        yield f'<tr><th scope="row">{escape(name)}</th><td class="count">{count}</td></tr>'
    yield "</tbody></table>"


def _samples(heading: str, samples: Sequence[Record]) -> Iterable[str]:
    if not samples:
        return
    yield f"<h2>{escape(heading)}</h2><ul>"
    for record in samples:
        number = f'<span class="soft">{escape(record.identifier)}</span> ' if record.identifier else ""
        yield f"<li>{number}{_title(record)}</li>"
    yield "</ul>"


def _title(record: Record) -> str:
    """A link where the address is one that a page may lead to."""
    if not record.url.startswith(("https://", "http://")):
        return escape(record.title)
    return f'<a href="{escape(record.url)}">{escape(record.title)}</a>'


def _revision(revision: Revision) -> Iterable[str]:
    yield "<h2>Changed</h2>"
    yield f"<p><code>{escape(revision.now)}</code></p>"
    yield f"<p>{revision.volume.total} instead of {revision.volume_before.total}, {revision.volume.a_week:.1f} a week.</p>"
    yield from _difference("Gains", revision.gains)
    yield from _difference("Loses", revision.loses)


def _difference(word: str, difference: Difference) -> Iterable[str]:
    yield from _samples(f"{word} {difference.count}", difference.samples) or ()
    if not difference.count:
        yield f"<h2>{word} nothing</h2>"


def _suggestions(trial: BackTest) -> Iterable[str]:
    if trial.kindred:
        yield "<h2>What else comes with the matches</h2>"
        yield "<table><caption>Words that are in the matches far more often than elsewhere, of those looked at</caption><thead>"
        yield '<tr><th scope="col">Word</th><th scope="col" class="count">Matches</th>'
        yield '<th scope="col" class="count">Others</th></tr></thead><tbody>'
        for one in trial.kindred:
            yield f'<tr><th scope="row">{escape(one.word)}</th><td class="count">{one.matches} of {one.matches_of}</td>'
            yield f'<td class="count">{one.others} of {one.others_of}</td></tr>'
        yield "</tbody></table>"
    if trial.slips:
        yield "<h2>One slip of spelling away</h2><ul>"
        yield from (f"<li>{escape(slip_words(one))}</li>" for one in trial.slips)
        yield "</ul>"


def _examples(trial: BackTest) -> Iterable[str]:
    if not trial.tests:
        return
    yield "<h2>Examples</h2><ul>"
    for one in trial.tests:
        held = "holds" if one.passed else f"does not hold: {one.reason}"
        yield f"<li>{escape(one.expect.replace('_', ' '))} {escape(one.id)} {escape(held)}</li>"
    yield "</ul>"
