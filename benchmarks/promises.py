"""How well promises are found and settled, by the scorer of the labelled set.

    python -m benchmarks.promises                       the set beside the checkout: ../shared/corpus/promises
    python -m benchmarks.promises --labels FOLDER       the set of another folder (real, written, resolve .jsonl, score.py)
    python -m benchmarks.promises --errors              also every error

Everything that is measured here has been read since, so these figures say that nothing is lost. What the rules do on
statements that nobody had read stands in `benchmarks/README.md`: each of our own batches was measured once, at first sight,
before anything in it was mended. What is asked: extraction precision 0.95, recall 0.85, where and when right on 0.9 of the
matched; resolution precision 0.98 on what is called kept, recall 0.8.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks._cases import case_batches, settle_all
from benchmarks._statements import batches, score_all
from monitor.cli.promise_files import Tell, extract_file, resolve_file

BESIDE = Path(__file__).resolve().parents[2] / "shared" / "corpus" / "promises"
OWN = Path(__file__).resolve().parents[1] / "tests" / "data" / "promises" / "ministerial.toml"
OWN_DAY = date(2025, 3, 11)
FILES = (("extract", "written"), ("extract", "real"), ("resolve", "resolve"))
SHOWN = {
    "extract": ("labels", "precision", "recall", "where_exact", "due_exact", "due_near", "no_promise_left_clean"),
    "resolve": ("cases", "accuracy_at_1", "kept_precision", "kept_recall", "kept_or_possible_recall", "none_refused"),
}
PREDICT: dict[str, Callable[[Path, Tell], Iterator[str]]] = {"extract": extract_file, "resolve": resolve_file}


def measure(what: str, name: str, labels: Path, errors: bool) -> None:
    """Run the rules on one of the files, have the scorer look at the answers, and print one row."""
    gold = labels / f"{name}.jsonl"
    lines = sum(1 for line in gold.read_text(encoding="utf-8").splitlines() if line.strip())
    with tempfile.TemporaryDirectory() as folder:
        answers = Path(folder) / "answers.jsonl"
        began = time.perf_counter()
        answers.write_text("\n".join(PREDICT[what](gold, sys.exit)) + "\n", encoding="utf-8")
        spent = time.perf_counter() - began
        command = [sys.executable, str(labels / "score.py"), what, str(gold), str(answers)]
        scored = subprocess.run([*command, "--json"], check=True, capture_output=True, text=True)
        figures = json.loads(scored.stdout)
        row = "  ".join(f"{key} {figures[key]:.3f}".removesuffix(".000") for key in SHOWN[what])
        print(f"{name:12} {row}  ({spent / lines * 1000:.1f} ms each)")
        if errors:
            listed = subprocess.run([*command, "--errors"], check=True, capture_output=True, text=True)
            print(
                "\n".join(
                    line for line in listed.stdout.splitlines() if "  " in line and not line[:24].strip().isidentifier()
                )
            )


def own_sentences() -> list[dict[str, Any]]:
    """The single sentences of our own, in the form of whole statements."""
    cases = tomllib.loads(OWN.read_text(encoding="utf-8"))["case"]
    return [{"id": case["why"], "on": OWN_DAY, "promises": [], "plain": True, **case} for case in cases]


def measure_own(name: str, statements: list[dict[str, Any]], errors: bool) -> None:
    """Print one row for a batch of our own."""
    total = score_all(statements)
    print(
        f"{name:12} labels {total.labels}  precision {total.precision:.3f}  recall {total.recall:.3f}  "
        f"where {total.placed / total.met:.3f}  when {total.timed / total.met:.3f}"
    )
    if errors:
        print("".join(f"  {error}\n" for error in total.errors), end="")


def measure_cases(name: str, cases: list[dict[str, Any]], errors: bool) -> None:
    """Print one row for a batch of our own cases."""
    settled = settle_all(cases)
    print(f"{name:12} cases {settled.cases}  kept_precision {settled.precision:.3f}  kept_recall {settled.recall:.3f}")
    if errors:
        print("".join(f"  {error}\n" for error in settled.errors), end="")


def main() -> None:
    """Measure our own sentences and batches, then the three files of the labelled set."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--labels", type=Path, default=BESIDE, help="the folder of the labelled set")
    parser.add_argument("--errors", action="store_true", help="list every error")
    options = parser.parse_args()
    measure_own("sentences", own_sentences(), options.errors)
    for letter, statements in batches():
        measure_own(f"batch {letter}", statements, options.errors)
    for letter, cases in case_batches():
        measure_cases(f"cases {letter}", cases, options.errors)
    if not (options.labels / "score.py").is_file():
        print(f"skipped: no labelled promises at {options.labels}; name their folder with --labels")
        return
    for what, name in FILES:
        measure(what, name, options.labels.resolve(), options.errors)


if __name__ == "__main__":
    main()
