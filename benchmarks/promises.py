"""How well promises are found and settled, by the scorer of the labelled set.

    python -m benchmarks.promises                       the set beside the checkout: ../shared/corpus/promises
    python -m benchmarks.promises --labels FOLDER       the set of another folder (real, written, resolve .jsonl, score.py)
    python -m benchmarks.promises --errors              also every error in the development half

The labels are cut in two by a hash of their ids: the rules were written looking at the *development* half, and the
*held-out* half was only ever measured. What is asked of both: extraction precision 0.95, recall 0.85, where and when
right on 0.9 of the matched; resolution precision 0.98 on what is called kept, recall 0.8.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path

from monitor.cli.promise_files import extract_file, resolve_file

BESIDE = Path(__file__).resolve().parents[2] / "shared" / "corpus" / "promises"
HALVES = ("development", "held-out")
FILES = (("extract", "written"), ("extract", "real"), ("resolve", "resolve"))
SHOWN = {
    "extract": ("labels", "precision", "recall", "where_exact", "due_exact", "due_near", "no_promise_left_clean"),
    "resolve": ("cases", "accuracy_at_1", "kept_precision", "kept_recall", "kept_or_possible_recall", "none_refused"),
}
PREDICT: dict[str, Callable[[Path], Iterator[str]]] = {"extract": extract_file, "resolve": resolve_file}


def halves(lines: list[str]) -> dict[str, list[str]]:
    """The lines of the development and of the held-out half, by a hash of their ids."""
    ids = [json.loads(line)["id"] for line in lines]
    order = sorted(sorted(ids), key=lambda name: sha256(f"5:{name}".encode()).hexdigest())
    development = set(order[: (len(order) + 1) // 2])
    return {
        half: [line for line, name in zip(lines, ids, strict=True) if (name in development) == (half == HALVES[0])]
        for half in HALVES
    }


def measure(what: str, name: str, half: str, lines: list[str], labels: Path, errors: bool) -> None:
    """Run the rules on some lines, have the scorer look at the answers, and print one row."""
    with tempfile.TemporaryDirectory(dir=None) as folder:
        gold = Path(folder) / "promises" / "gold.jsonl"
        gold.parent.mkdir()
        for other in labels.parent.iterdir():
            if other.is_dir() and other.name != gold.parent.name:
                (Path(folder) / other.name).symlink_to(other)
        gold.write_text("".join(lines), encoding="utf-8")
        answers = Path(folder) / "answers.jsonl"
        began = time.perf_counter()
        answers.write_text("\n".join(PREDICT[what](gold)) + "\n", encoding="utf-8")
        spent = time.perf_counter() - began
        command = [sys.executable, str(labels / "score.py"), what, str(gold), str(answers)]
        scored = subprocess.run([*command, "--json"], check=True, capture_output=True, text=True)
        figures = json.loads(scored.stdout)
        row = "  ".join(f"{key} {figures[key]:.3f}".removesuffix(".000") for key in SHOWN[what])
        print(f"{name:8} {half:12} {row}  ({spent / len(lines) * 1000:.1f} ms each)")
        if errors and half == HALVES[0]:
            listed = subprocess.run([*command, "--errors"], check=True, capture_output=True, text=True)
            print(
                "\n".join(
                    line for line in listed.stdout.splitlines() if "  " in line and not line[:24].strip().isidentifier()
                )
            )


def main() -> None:
    """Measure both halves of the three files."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--labels", type=Path, default=BESIDE, help="the folder of the labelled set")
    parser.add_argument("--errors", action="store_true", help="list the errors of the development half")
    options = parser.parse_args()
    if not (options.labels / "score.py").is_file():
        print(f"skipped: no labelled promises at {options.labels}; name their folder with --labels")
        return
    for what, name in FILES:
        path = options.labels / f"{name}.jsonl"
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        for half, part in halves([line for line in lines if line.strip()]).items():
            measure(what, name, half, part, options.labels.resolve(), options.errors)


if __name__ == "__main__":
    main()
