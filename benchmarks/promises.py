"""How well promises are found and settled, by the scorer of the labelled set.

    python -m benchmarks.promises                       the set beside the checkout: ../shared/corpus/promises
    python -m benchmarks.promises --labels FOLDER       the set of another folder (real, written, resolve .jsonl, score.py)
    python -m benchmarks.promises --errors              also every error in the parts that were read

The labels are cut by a hash of their ids: the rules were written looking at the *development* half, then at the errors
of the *second dev* quarter; the *held-out* quarter was only ever measured. The sentences of `ministerial.toml` were
written, with what they promise, before the rules read any of them; of their *unread* half no error was looked at. What
is asked of each: extraction precision 0.95, recall 0.85, where and when
right on 0.9 of the matched; resolution precision 0.98 on what is called kept, recall 0.8.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from monitor.cli.promise_files import extract_file, resolve_file
from monitor.model.promise import PromiseDraft
from monitor.rules.promises.extraction import extract_promises
from monitor.rules.promises.naming import likeness

BESIDE = Path(__file__).resolve().parents[2] / "shared" / "corpus" / "promises"
PARTS = ("development", "second dev", "held-out")
READ = ("development", "second dev", "read")
OWN = Path(__file__).resolve().parents[1] / "tests" / "data" / "promises" / "ministerial.toml"
OWN_DAY = date(2025, 3, 11)
NAME_ENOUGH = 0.6
"""How alike two names must be to be one document, as in the scorer of the labelled set."""
FILES = (("extract", "written"), ("extract", "real"), ("resolve", "resolve"))
SHOWN = {
    "extract": ("labels", "precision", "recall", "where_exact", "due_exact", "due_near", "no_promise_left_clean"),
    "resolve": ("cases", "accuracy_at_1", "kept_precision", "kept_recall", "kept_or_possible_recall", "none_refused"),
}
PREDICT: dict[str, Callable[[Path], Iterator[str]]] = {"extract": extract_file, "resolve": resolve_file}


def first_by_hash(names: Iterable[str], seed: str) -> set[str]:
    """The first half of these names in the order of their hashes."""
    order = sorted(sorted(names), key=lambda name: sha256(f"{seed}:{name}".encode()).hexdigest())
    return set(order[: (len(order) + 1) // 2])


def parts(lines: list[str]) -> dict[str, list[str]]:
    """The lines of the development half, and of the two quarters that the other half is cut into, by hashes of ids."""
    ids = [json.loads(line)["id"] for line in lines]
    development = first_by_hash(ids, "5")
    second = first_by_hash(set(ids) - development, "second")
    part = {name: PARTS[0] if name in development else PARTS[1] if name in second else PARTS[2] for name in ids}
    return {wanted: [line for line, name in zip(lines, ids, strict=True) if part[name] == wanted] for wanted in PARTS}


def measure(what: str, name: str, part: str, lines: list[str], labels: Path, errors: bool) -> None:
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
        print(f"{name:8} {part:12} {row}  ({spent / len(lines) * 1000:.1f} ms each)")
        if errors and part in READ:
            listed = subprocess.run([*command, "--errors"], check=True, capture_output=True, text=True)
            print(
                "\n".join(
                    line for line in listed.stdout.splitlines() if "  " in line and not line[:24].strip().isidentifier()
                )
            )


def is_met(draft: PromiseDraft, wanted: dict[str, Any]) -> bool:
    """Whether a found document is the one that was written down, by any of its names."""
    return max(likeness(draft.expected, name) for name in (wanted["name"], *wanted.get("also", ()))) >= NAME_ENOUGH


def measure_own(errors: bool) -> None:
    """Count documents met, missed and false in our own sentences, and cases with nothing wrong: place and time too."""
    cases = tomllib.loads(OWN.read_text(encoding="utf-8"))["case"]
    read = first_by_hash([case["why"] for case in cases], "own")
    for part in ("read", "unread"):
        met = missed = false = right = clean = 0
        chosen = [case for case in cases if (case["why"] in read) == (part == "read")]
        for case in chosen:
            left = list(extract_promises(case["text"], (), made_on=OWN_DAY))
            wrong: list[str] = []
            for wanted in case.get("promises", []):
                draft = next((one for one in left if is_met(one, wanted)), None)
                if draft is None:
                    missed += 1
                    wrong.append(f"missed  {wanted['name']}")
                    continue
                left.remove(draft)
                met += 1
                said = (set(draft.where), str(draft.due_from), str(draft.due_by or ""))
                if said == (set(wanted["where"]), wanted["from"], wanted["by"]):
                    right += 1
                else:
                    wrong.append(f"where or when  {wanted['name']}  {said}")
            spare = [one for one in left if not any(is_met(one, {"name": name}) for name in case.get("optional", ()))]
            false += len(spare)
            wrong += [f"false  {one.expected}" for one in spare]
            clean += not wrong
            if errors and part in READ:
                print("".join(f"  {line}  | {case['text']}\n" for line in wrong), end="")
        print(
            f"{'own':8} {part:12} labels {met + missed}  precision {met / (met + false):.3f}  "
            f"recall {met / (met + missed):.3f}  where and when {right / met:.3f}  all right {clean} of {len(chosen)}"
        )


def main() -> None:
    """Measure every part of the three files, then the sentences of our own."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--labels", type=Path, default=BESIDE, help="the folder of the labelled set")
    parser.add_argument("--errors", action="store_true", help="list the errors of the development half")
    options = parser.parse_args()
    measure_own(options.errors)
    if not (options.labels / "score.py").is_file():
        print(f"skipped: no labelled promises at {options.labels}; name their folder with --labels")
        return
    for what, name in FILES:
        path = options.labels / f"{name}.jsonl"
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        for part, chosen in parts([line for line in lines if line.strip()]).items():
            measure(what, name, part, chosen, options.labels.resolve(), options.errors)


if __name__ == "__main__":
    main()
