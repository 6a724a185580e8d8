"""How fast, lean and short `rules.comparison` is, beside difflib, rapidfuzz alone and fast-diff-match-patch (if installed).

    python -m benchmarks.diff            the table
    python -m benchmarks.diff --quick    5,000 words only

All do the same job in the same run: from two strings to word runs, cutting into words (with the same function) included;
difflib without its heuristic for popular words, which spoils long texts; the libraries as quick as we know how to call
them. Ours does more in its time: blocks, moves, table cells, white space, words counted. Every case of every rival runs in
a child process of its own. The first run warms up and is checked; CPU time is the best of up to 25 more, the median beside
it, unless one takes seconds. Peak memory is that of the whole child, interpreter and imports included (about 35 MB).
*Cost* is the number of words told as gone or come, "!" that the runs do not give the texts back.

The last columns hold `rules.comparison` against its targets: CPU time by that of the best library (at most 2) and by difflib's
(at most 0.1), cost by difflib's (at most 1.02), and memory under 150 MB. A star marks a target missed.

Below stand texts made to hurt: there the alignment may be longer than the shortest, never slow.
"""

from __future__ import annotations

import argparse
import difflib
import importlib.util
import json
import random
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from itertools import chain

from monitor.model.diff import Diff
from monitor.rules.comparison.diff import diff_texts
from monitor.rules.comparison.words import split_words
from monitor.text import count_words

Runs = list[tuple[str, str]]

SLOW = 5
"""Seconds from which on a first run is not repeated."""

LONGEST = 120
"""Seconds after which a case is given up."""


def by_difflib(old: str, new: str) -> Runs:
    """The standard library's matcher on words, its heuristic for popular words off, as it spoils long texts."""
    a, b = split_words(old), split_words(new)
    return _runs(a, b, difflib.SequenceMatcher(None, a, b, autojunk=False).get_opcodes())


def by_rapidfuzz(old: str, new: str) -> Runs:
    """rapidfuzz's longest common subsequence on whole texts of words."""
    from rapidfuzz.distance import LCSseq

    a, b = split_words(old), split_words(new)
    return _runs(a, b, LCSseq.opcodes(*_spelled(a, b)).as_list())


def by_match_patch(old: str, new: str) -> Runs:
    """fast-diff-match-patch on words, one character a word."""
    from fast_diff_match_patch import diff

    a, b = split_words(old), split_words(new)
    i = j = 0
    runs: Runs = []
    for op, size in diff(*_spelled(a, b), timelimit=0, checklines=False, cleanup="No"):
        source, at = (b, j) if op == "+" else (a, i)
        runs.append((op, "".join(source[at : at + size])))
        i, j = i + size * (op != "+"), j + size * (op != "-")
    return runs


RIVALS: dict[str, Callable[[str, str], Runs | Diff]] = {
    "ours": diff_texts,
    "rapidfuzz": by_rapidfuzz,
    "match-patch": by_match_patch,
    "difflib": by_difflib,
}


def _spelled(a: list[str], b: list[str]) -> tuple[str, str]:
    """Two lists of words as strings, one character a word, for libraries that compare strings."""
    characters = map(chr, chain(range(1, 0xD800), range(0xE000, 0x110000)))
    letters = dict(zip(dict.fromkeys(chain(a, b)), characters, strict=False))
    return "".join(map(letters.__getitem__, a)), "".join(map(letters.__getitem__, b))


def _runs(a: list[str], b: list[str], opcodes: Iterable[tuple[str, int, int, int, int]]) -> Runs:
    runs: Runs = []
    for tag, i, i_end, j, j_end in opcodes:
        if tag == "equal":
            runs.append(("=", "".join(a[i:i_end])))
            continue
        if i < i_end:
            runs.append(("-", "".join(a[i:i_end])))
        if j < j_end:
            runs.append(("+", "".join(b[j:j_end])))
    return runs


MARKED = (("{},", 0.038), ("{}.", 0.039), ("({})", 0.012), ("{}-{}", 0.022), ("‘{}’", 0.01), ("{}:", 0.01))
"""How words carry marks, and what share of them does: 13 in a hundred, as in 52,543 words of GOV.UK's texts."""


def prose(words: int, seed: int = 1) -> list[str]:
    """A text shaped like GOV.UK's: paragraphs of 20 to 90 words, headings, lists; words as frequent as in English (Zipf)."""
    dice = random.Random(seed)
    vocabulary = ["".join(dice.choices("abcdefghijklmnopqrstuvwxyz", k=dice.randint(2, 11))) for _ in range(8000)]
    weights = [1 / (rank + 2.7) for rank in range(len(vocabulary))]
    ways, shares = zip(("{}", 1 - sum(share for _, share in MARKED)), *MARKED, strict=True)
    blocks: list[str] = []
    left = words
    while left > 0:
        size = min(left, dice.choice((4, 12, 20, 35, 50, 70, 90)))
        written = zip(dice.choices(ways, shares, k=size), dice.choices(vocabulary, weights, k=size), strict=True)
        text = " ".join([way.format(word, word) for way, word in written])
        blocks.append(f"## {text}" if size <= 4 else f"- {text}" if size == 12 else f"{text}.")
        left -= size
    return blocks


def edited(blocks: list[str], share: float, seed: int = 2) -> list[str]:
    """The text with a share of its words changed, a third each taken out, replaced and put in."""
    dice = random.Random(seed)
    spare = prose(2000, seed + 100)
    words = " ".join(spare).split()
    result = []
    for block in blocks:
        line: list[str] = []
        for word in block.split(" "):
            roll = dice.random() / share
            if roll >= 1:
                line.append(word)
            elif roll >= 2 / 3:
                line += [dice.choice(words), word]
            elif roll >= 1 / 3:
                line.append(dice.choice(words))
        result.append(" ".join(line))
    return result


def case(name: str, words: int) -> tuple[str, str]:
    """The two texts of a case, by its name."""
    blocks = prose(words)
    third = len(blocks) // 3
    if name.endswith("%"):
        return "\n".join(blocks), "\n".join(edited(blocks, float(name[:-1]) / 100))
    if name == "moved":
        return "\n".join(blocks), "\n".join(
            blocks[third : 2 * third] + edited(blocks[:third], 0.02) + blocks[2 * third :]
        )
    if name == "inserted":
        return "\n".join(blocks), "\n".join(blocks[:third] + prose(words // 5, 9) + edited(blocks[third:], 0.02))
    flat = {
        "all equal": (["word"] * words, ["word"] * (words - words // 7)),
        "alternating": (["tick", "tock"] * (words // 2), ["tock", "tick", "tock"] * (words // 3)),
        "reversed": ([f"w{n}" for n in range(words)], [f"w{n}" for n in reversed(range(words))]),
        "shuffled": ([f"w{n}" for n in range(words)], random.Random(5).sample([f"w{n}" for n in range(words)], words)),
        "unique": ([f"a{n}" for n in range(words)], [f"b{n}" for n in range(words)]),
        "few words": (random.Random(3).choices("abcd", k=words), random.Random(4).choices("abcd", k=words)),
        "one line": (" ".join(blocks).split(), " ".join(edited(blocks, 0.2)).split()),
    }[name]
    by_line = name in ("all equal", "alternating", "few words") and words % 2
    return ("\n" if by_line else " ").join(flat[0]), ("\n" if by_line else " ").join(flat[1])


def measure(rival: str, name: str, words: int) -> dict[str, float]:
    """Run one case here; meant for a child process."""
    old, new = case(name, words)
    compare = RIVALS[rival]
    start = time.process_time()
    answer = compare(old, new)
    times = [time.process_time() - start]
    if times[0] < SLOW:
        times.clear()
    while not times or (len(times) < 25 and sum(times) < 2):
        start = time.process_time()
        answer = compare(old, new)
        times.append(time.process_time() - start)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    runs = answer
    if isinstance(runs, Diff):
        runs = [(run.op, run.text) for block in runs.blocks for run in block.runs]
    rebuilt = "".join(text for op, text in runs if op != "-"), "".join(text for op, text in runs if op != "+")
    return {
        "ms": min(times) * 1000,
        "median": statistics.median(times) * 1000,
        "mb": memory / 1024,
        "cost": sum(count_words(text) for op, text in runs if op != "="),
        "exact": rebuilt == (new, old),
    }


def in_child(rival: str, name: str, words: int) -> dict[str, float] | None:
    """Run one case in a child process; None where it took more than `LONGEST`."""
    command = [sys.executable, "-m", "benchmarks.diff", "--one", rival, name, str(words)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=LONGEST, check=True)
    except subprocess.TimeoutExpired:
        return None
    answer: dict[str, float] = json.loads(done.stdout)
    return answer


CASES = ("2%", "20%", "50%", "moved", "inserted")
HOSTILE = ("all equal", "alternating", "reversed", "shuffled", "unique", "few words", "one line")


def table(cases: Iterable[str], words: int, rivals: Iterable[str]) -> None:
    """Print one line a case: CPU milliseconds (best, median), megabytes and words of cost for each rival, and the verdict."""
    rivals = list(rivals)
    print(f"\n{words:,} words".ljust(16) + "".join(f"{rival:>32}" for rival in rivals))
    verdict = "   by best  by difflib   cost     MB" if "difflib" in rivals else ""
    print("".ljust(15) + "     CPU ms median    MB    cost" * len(rivals) + verdict)
    for name in cases:
        results = {rival: in_child(rival, name, words) for rival in rivals}
        cells = "".join(map(_cell, results.values()))
        print(f"{name:15}" + cells + (_verdict(results) if verdict else ""), flush=True)


def _cell(result: dict[str, float] | None) -> str:
    if result is None:
        return "over 2 minutes".rjust(32)
    numbers = f"{result['ms']:11.1f}{result['median']:7.1f}{result['mb']:6.0f}{result['cost']:7.0f}"
    return numbers + (" " if result["exact"] else "!")


def _verdict(results: dict[str, dict[str, float] | None]) -> str:
    """How our result stands to its targets; time beyond two minutes is taken as two minutes."""
    mine, standard = results["ours"], results["difflib"]
    if mine is None:
        return "   missed: over 2 minutes"
    best = min(
        (result["ms"] for rival, result in results.items() if result and rival != "ours"), default=LONGEST * 1000
    )
    slowest = standard["ms"] if standard else LONGEST * 1000
    by_best, by_difflib = mine["ms"] / best, mine["ms"] / slowest
    cost = mine["cost"] / standard["cost"] if standard else None
    return "".join(
        [
            f"{by_best:8.2f}{'*' if by_best > 2 else '':3}",
            f"{by_difflib:8.3f}{'*' if by_difflib > 0.1 else '':3}",
            f"{cost:7.3f}{'*' if cost > 1.02 else '':2}" if cost is not None else "      -  ",
            f"{mine['mb']:5.0f}{'*' if mine['mb'] >= 150 else ''}",
        ]
    )


def main() -> None:
    """Run what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="5,000 words only")
    parser.add_argument("--one", nargs=3, metavar=("RIVAL", "CASE", "WORDS"), help="one case, in this process, as JSON")
    asked = parser.parse_args()
    if asked.one:
        rival, name, words = asked.one
        print(json.dumps(measure(rival, name, int(words))))
        return
    present = [rival for rival in RIVALS if rival != "match-patch" or importlib.util.find_spec("fast_diff_match_patch")]
    for words in (5_000,) if asked.quick else (5_000, 50_000):
        table(CASES, words, present)
    for words in (5_000,) if asked.quick else (5_000, 50_000):
        table(HOSTILE, words, ("ours", "rapidfuzz"))


if __name__ == "__main__":
    main()
