"""What leaves the checkout: a wheel that is whole and runs from any folder, and lists of packages that fit pyproject."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from importlib.metadata import packages_distributions
from pathlib import Path
from zipfile import ZipFile

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.laws import imported_modules, read_sources

TOP = Path(__file__).resolve().parents[1]
PACKAGES = ("monitor", "jobs")
NOT_SHIPPED = shutil.ignore_patterns("__pycache__", ".*", "*.egg-info")


@dataclass(frozen=True, slots=True)
class Installed:
    """The wheel, and the folder it was installed in; the checkout is not beside it."""

    wheel: Path
    folder: Path
    elsewhere: Path

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run the installed Python package from a folder that is not the checkout."""
        environment = {key: value for key, value in os.environ.items() if not key.startswith(("MONITOR_", "PYTHON"))}
        environment |= {"PYTHONPATH": str(self.folder), "HOME": str(self.elsewhere), "TMPDIR": str(self.elsewhere)}
        command = [sys.executable, "-P", *arguments]
        return subprocess.run(
            command, cwd=self.elsewhere, env=environment, capture_output=True, text=True, check=False, timeout=120
        )


def pip(*arguments: str) -> None:
    """Run pip without an index; a failure shows what it said."""
    command = [
        sys.executable,
        "-m",
        "pip",
        *arguments,
        "--quiet",
        "--no-index",
        "--no-deps",
        "--disable-pip-version-check",
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """A wheel built from a copy of the checkout, so that nothing left over from an older build can be in it."""
    room = tmp_path_factory.mktemp("packaging")
    copy = room / "checkout"
    for folder in (*PACKAGES, "templates"):
        shutil.copytree(TOP / folder, copy / folder, symlinks=True, ignore=NOT_SHIPPED)
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(TOP / name, copy / name)
    pip("wheel", "--no-build-isolation", "--wheel-dir", str(room), str(copy))
    [wheel] = room.glob("*.whl")
    pip("install", "--target", str(room / "installed"), str(wheel))
    shutil.rmtree(copy)
    (room / "elsewhere").mkdir()
    return Installed(wheel, room / "installed", room / "elsewhere")


def files_below(folder: Path) -> set[str]:
    """Every file that belongs to a package, by its path from the top; links are followed as the wheel does."""
    paths = (Path(where) / name for where, _, names in os.walk(folder, followlinks=True) for name in names)
    return {path.relative_to(TOP).as_posix() for path in paths if "__pycache__" not in path.parts}


def test_the_wheel_carries_every_file_of_the_packages_and_no_other(installed: Installed) -> None:
    with ZipFile(installed.wheel) as wheel:
        carried = {name for name in wheel.namelist() if ".dist-info/" not in name}
    assert carried == {name for package in PACKAGES for name in files_below(TOP / package)}


def test_the_wheel_carries_what_code_reads_at_run_time(installed: Installed) -> None:
    with ZipFile(installed.wheel) as wheel:
        carried = wheel.namelist()
    for kind in (r"monitor/store/.*\.sql", r"monitor/mail/.*\.sql", r"monitor/config/.*\.toml", r"monitor/templates/.*\.html",
                 r"monitor/templates/.*\.txt", r"monitor/demo/.*\.warc\.gz"):  # fmt: skip
        assert any(re.fullmatch(kind, name) for name in carried), f"nothing like {kind} in the wheel"


def test_the_licence_travels_with_the_wheel(installed: Installed) -> None:
    with ZipFile(installed.wheel) as wheel:
        [name] = [name for name in wheel.namelist() if name.endswith("/licenses/LICENSE")]
        assert wheel.read(name) == (TOP / "LICENSE").read_bytes()


def test_the_installed_package_is_not_the_checkout(installed: Installed) -> None:
    run = installed.run("-c", "import monitor, jobs; print(monitor.__file__, jobs.__file__)")
    assert all(Path(path).is_relative_to(installed.folder) for path in run.stdout.split()), run.stdout + run.stderr


def test_help_is_shown_from_any_folder(installed: Installed) -> None:
    run = installed.run("-m", "monitor", "--help")
    assert (run.returncode, run.stderr) == (0, "")
    assert "demo" in run.stdout


def test_the_demo_runs_from_any_folder(installed: Installed) -> None:
    run = installed.run("-m", "monitor", "demo")
    assert run.returncode == 0, run.stdout + run.stderr
    assert "HCWS293" in run.stdout


def test_the_command_is_called_monitor(installed: Installed) -> None:
    [entry_points] = installed.folder.glob("*.dist-info/entry_points.txt")
    assert entry_points.read_text("utf-8").split() == ["[console_scripts]", "monitor", "=", "monitor.cli:main"]


def pins_of(name: str) -> dict[str, tuple[str, int]]:
    """A list of packages as {name: (version, number of hashes)}."""
    entries = re.split(r"\n(?=\S)", (TOP / name).read_text("utf-8"))
    pins = [re.match(r"(\S+)==(\S+) ", entry) for entry in entries]
    return {pin[1]: (pin[2], pin.string.count("--hash=sha256:")) for pin in pins if pin}


def declared(*extras: str) -> list[Requirement]:
    """What pyproject asks for, to build, to run, and for these extras."""
    document = tomllib.loads((TOP / "pyproject.toml").read_text("utf-8"))
    project = document["project"]
    asked = [*document["build-system"]["requires"], *project["dependencies"]]
    return [
        Requirement(text)
        for text in (*asked, *(text for extra in extras for text in project["optional-dependencies"][extra]))
    ]


@pytest.mark.parametrize(("name", "extras"), [("requirements.txt", ()), ("requirements-dev.txt", ("dev",))])
def test_everything_asked_for_is_pinned_within_its_range(name: str, extras: tuple[str, ...]) -> None:
    pins = pins_of(name)
    for requirement in declared(*extras):
        version, _ = pins.get(canonicalize_name(requirement.name), ("0", 0))
        assert requirement.specifier.contains(version), f"{requirement} does not hold in {name}; run `make lock`"


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_every_pin_has_its_hashes_and_no_line_names_an_index(name: str) -> None:
    lines = (TOP / name).read_text("utf-8").splitlines()
    strange = [
        line for line in lines if not re.fullmatch(r"# .*|[\w.-]+==\S+ \\|    --hash=sha256:[0-9a-f]{64}( \\)?", line)
    ]
    assert strange == []
    assert [package for package, (_, hashes) in pins_of(name).items() if hashes == 0] == []


def test_developers_run_the_versions_that_users_run() -> None:
    users, developers = pins_of("requirements.txt"), pins_of("requirements-dev.txt")
    assert users.items() <= developers.items()


def libraries_of(*folders: str) -> set[str]:
    """The packages that code in these folders imports by name, as their index spells them."""
    known = packages_distributions()
    modules = {module.partition(".")[0] for file in read_sources(TOP, folders) for module, _ in imported_modules(file)}
    return {canonicalize_name(known[module][0]) for module in modules & known.keys()} - {"publication-monitor"}


def test_every_library_that_is_imported_is_asked_for_and_no_other() -> None:
    asked = {canonicalize_name(requirement.name) for requirement in declared()} - {"setuptools"}
    assert libraries_of(*PACKAGES) == asked - {"tzdata"}, (
        "tzdata is read by zoneinfo; others are imported or not asked for"
    )


def test_developers_tools_import_only_what_is_asked_for() -> None:
    asked = {canonicalize_name(requirement.name) for requirement in declared("dev")}
    assert libraries_of("tests", "tools", "benchmarks") <= asked
