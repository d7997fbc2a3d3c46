"""pyproject.toml, the two locks and environment.yml say the same."""

from __future__ import annotations

import re
import sys
import sysconfig
import tomllib
from importlib import metadata
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml
from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

import monev_bootstrap

ROOT = Path(__file__).resolve().parents[3]

# Name on PyPI -> name on conda-forge, where they differ.
NAMES = {"matplotlib": "matplotlib-base"}  # without Qt, as the wheel
# Taken from PyPI by conda users as well: not on conda-forge, or something else under that name.
FROM_PYPI = {
    "properdocs",
    "properdocs-theme-mkdocs",
    "axe-playwright-python",
    "font-source-sans-pro",
    "font-source-serif-pro",
    "httpx2",
    "mutmut",
    "odfdo",
    "pdfua",
    "playwright",
    "pypandoc-binary",
    "typst",
}
# In environment.yml alone: what ./monev brings itself, and programs that are not on PyPI or not needed.
ONLY_CONDA = {"python", "pip", "quarto", "jupyterlab"}
# In pyproject.toml alone: an upper bound for the lock, since conda-forge has every build; and what fills .venv.
ONLY_LOCK = {"argon2-cffi-bindings", "libcst", "uv"}
# Lock -> the extras of pyproject.toml that it covers.
LOCKS = {"requirements.lock": ("setup",), "requirements-test.lock": ("setup", "dev")}
each_lock = pytest.mark.parametrize("lock", LOCKS)

SYSTEMS = {"linux": ("posix", "Linux"), "darwin": ("posix", "Darwin"), "win32": ("nt", "Windows")}
PYTHONS = ["3.11", "3.12", "3.13", "3.14"]


class Pin(NamedTuple):
    name: str
    version: Version
    marker: Marker | None
    hashes: list[str]


def project() -> dict:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def requirements(lock: str = "requirements-test.lock") -> list[Requirement]:
    """The direct dependencies that a lock covers."""
    table = project()
    extras = (table["optional-dependencies"][extra] for extra in LOCKS[lock])
    return [Requirement(text) for text in (*table["dependencies"], *chain.from_iterable(extras))]


def lower_bound(requirement: Requirement) -> Version:
    bounds = [spec.version for spec in requirement.specifier if spec.operator == ">="]
    assert len(bounds) == 1, f"{requirement} needs exactly one lower bound"
    return Version(bounds[0])


def lock_text(lock: str) -> str:
    return (ROOT / lock).read_text(encoding="utf-8")


def pins(lock: str) -> list[Pin]:
    found = []
    entry = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)(?: *; *([^\\\n]+?))? *\\?\n((?:    --hash=.*\n)*)", re.M)
    for name, version, marker, hashes in entry.findall(lock_text(lock)):
        digests = re.findall(r"--hash=(\S+)", hashes)
        pin = Pin(canonicalize_name(name), Version(version), Marker(marker) if marker else None, digests)
        found.append(pin)
    return found


def conda() -> tuple[dict[str, str], dict[str, str]]:
    """Names and lower bounds from conda-forge, and those in the pip section."""
    data = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    pip = [entry["pip"] for entry in data["dependencies"] if isinstance(entry, dict)]
    plain = [entry for entry in data["dependencies"] if isinstance(entry, str)]
    assert len(pip) == 1

    def split(entries: list[str]) -> dict[str, str]:
        parts = [entry.partition(">=") for entry in entries]
        result = {canonicalize_name(name.strip()): bound.strip() for name, _, bound in parts}
        assert len(result) == len(entries), "named twice"
        return result

    return split(plain), split(pip[0])


def test_environment_yml_names_the_same_packages() -> None:
    wanted = {canonicalize_name(r.name) for r in requirements()}
    assert len(wanted) > 20
    from_conda, from_pypi = conda()
    assert set(from_pypi) == FROM_PYPI
    expected = {NAMES.get(name, name) for name in wanted - FROM_PYPI - ONLY_LOCK} | ONLY_CONDA
    assert set(from_conda) == expected
    assert wanted >= FROM_PYPI | ONLY_LOCK | set(NAMES), "an exception that is no longer needed"


def test_environment_yml_has_the_same_lower_bounds() -> None:
    from_conda, from_pypi = conda()
    compared = 0
    for requirement in requirements():
        name = canonicalize_name(requirement.name)
        if name in ONLY_LOCK:
            continue
        bound = from_pypi.get(name) or from_conda[NAMES.get(name, name)]
        assert Version(bound) == lower_bound(requirement), name
        compared += 1
    assert compared > 20


def test_minimum_python_is_the_same_everywhere() -> None:
    minimum = project()["requires-python"]
    assert re.fullmatch(r">=3\.\d+", minimum)
    assert conda()[0]["python"] == minimum.removeprefix(">=")
    assert ".".join(map(str, monev_bootstrap.MINIMUM)) == minimum.removeprefix(">=")
    for launcher in ("monev", "monev.cmd"):
        assert "sys.version_info < (3, 11)" in (ROOT / launcher).read_text(encoding="utf-8")


@each_lock
def test_each_direct_dependency_is_locked_within_its_bounds(lock: str) -> None:
    locked, direct = pins(lock), requirements(lock)
    assert len(locked) > len(direct) > 20
    for requirement in direct:
        mine = [pin for pin in locked if pin.name == canonicalize_name(requirement.name)]
        assert mine, f"{requirement.name} is not in {lock}"
        for pin in mine:
            assert requirement.specifier.contains(pin.version), f"{pin.name}=={pin.version}, not {requirement}"


def machine(python: str, system: str) -> dict[str, str]:
    """What markers ask about a machine."""
    os_name, platform_system = SYSTEMS[system]
    return {
        "implementation_name": "cpython",
        "os_name": os_name,
        "platform_machine": "x86_64",
        "platform_python_implementation": "CPython",
        "platform_system": platform_system,
        "python_full_version": f"{python}.7",
        "python_version": python,
        "sys_platform": system,
    }


@pytest.mark.parametrize("system", SYSTEMS)
@pytest.mark.parametrize("python", PYTHONS)
def test_both_locks_have_the_same_one_version_of_each_package(python: str, system: str) -> None:
    def applying(lock: str) -> dict[str, Pin]:
        mine = [pin for pin in pins(lock) if pin.marker is None or pin.marker.evaluate(machine(python, system))]
        assert len(mine) == len({pin.name for pin in mine}), "two versions of one package on one machine"
        assert {canonicalize_name(r.name) for r in requirements(lock)} <= {pin.name for pin in mine}
        return {pin.name: pin for pin in mine}

    report, tests = applying("requirements.lock"), applying("requirements-test.lock")
    assert len(tests) > len(report) + 50 > 100
    for name, pin in report.items():
        assert (tests[name].version, tests[name].hashes) == (pin.version, pin.hashes), name


@each_lock
def test_every_locked_package_has_hashes(lock: str) -> None:
    locked = pins(lock)
    starts = [line for line in lock_text(lock).splitlines() if line[:1].isalnum()]
    assert len(locked) == len(starts) > 70, "a line of the lock was not understood"
    for pin in locked:
        assert pin.hashes, pin.name
        assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", digest) for digest in pin.hashes), pin.name


@each_lock
def test_lock_says_how_to_remake_it_and_names_no_index(lock: str) -> None:
    text = lock_text(lock)
    command = next(line for line in text.splitlines()[:3] if "uv pip compile --universal" in line)
    assert "--generate-hashes" in command
    assert f"--output-file {lock} pyproject.toml" in command
    assert tuple(re.findall(r"--extra (\S+)", command)) == LOCKS[lock]
    assert "://" not in text
    assert [line for line in text.splitlines() if line.startswith("-")] == []


@pytest.mark.parametrize("extra", ["sign", "app"])
def test_the_lock_of_an_extra_has_what_it_needs_in_the_versions_of_the_others(extra: str) -> None:
    lock = f"requirements-{extra}.lock"
    own, tests = {pin.name: pin for pin in pins(lock)}, {pin.name: pin for pin in pins("requirements-test.lock")}
    named = {canonicalize_name(Requirement(text).name) for text in project()["optional-dependencies"][extra]}
    assert named <= own.keys() <= tests.keys()
    assert all(
        pin.hashes and (pin.version, pin.hashes) == (tests[name].version, tests[name].hashes)
        for name, pin in own.items()
    )
    command = next(line for line in lock_text(lock).splitlines()[:3] if "uv pip compile --universal" in line)
    assert "--generate-hashes --constraints requirements.lock" in command
    assert f"--output-file {lock} -" in command


def test_only_tests_need_what_makes_a_venv_large() -> None:
    report = {pin.name for pin in pins("requirements.lock")}
    cluster = {canonicalize_name(Requirement(text).name) for text in project()["optional-dependencies"]["cluster"]}
    only_tests = {canonicalize_name(r.name) for r in requirements()} - {
        canonicalize_name(r.name) for r in requirements("requirements.lock")
    }
    assert cluster
    assert only_tests >= cluster | {"playwright", "ruff", "mypy", "pytest"}
    assert not report & only_tests
    left_out = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["uv"]
    assert not set(left_out["exclude-dependencies"]) & (report | {pin.name for pin in pins("requirements-test.lock")})


def test_bootstrap_finds_uv_in_each_lock() -> None:
    for lock in LOCKS:
        text = (ROOT / lock).read_bytes()
        (pin,) = monev_bootstrap.UV_PIN.findall(text)
        (uv,) = [found for found in pins(lock) if found.name == "uv"]
        assert re.findall(rb"--hash=(\S+)", pin) == [digest.encode() for digest in uv.hashes]
        assert len(monev_bootstrap.UV_PIN.sub(b"", text)) == len(text) - len(pin)


@pytest.mark.parametrize(("modules", "lock"), [("NEEDED", "requirements.lock"), ("NEEDED_BY_TESTS", None)])
def test_bootstrap_checks_for_direct_dependencies(modules: str, lock: str | None) -> None:
    owners = metadata.packages_distributions()
    direct = {canonicalize_name(r.name) for r in requirements(lock or "requirements-test.lock")}
    wanted = getattr(monev_bootstrap, modules)
    assert len(wanted) > 4
    for module in wanted:
        assert direct & {canonicalize_name(owner) for owner in owners[module]}, module


def test_this_environment_is_the_locked_one() -> None:
    if Path(sys.prefix).resolve() != (ROOT / ".venv").resolve():
        pytest.skip("not running in .venv (MONEV_PYTHON?)")
    compared = 0
    for pin in pins("requirements-test.lock"):
        if pin.marker is None or pin.marker.evaluate():
            assert Version(metadata.version(pin.name)) == pin.version, pin.name
            compared += 1
    assert compared > 100


def test_windows_could_write_the_longest_path_of_venv() -> None:
    locked = {pin.name for pin in pins("requirements-test.lock")}
    packages = Path(sysconfig.get_path("purelib"))
    longest = max(
        (
            len(f"\\.venv\\Lib\\site-packages\\{file}")
            + (len("__pycache__\\.cpython-311c") if file.suffix == ".py" else 0),
            file,
        )
        for found in metadata.distributions(path=[str(packages)])
        if canonicalize_name(found.name) in locked
        for file in found.files or ()
    )
    assert 100 < longest[0] <= monev_bootstrap.LONGEST_IN_VENV, longest[1]


def test_the_version_is_told_the_same_everywhere() -> None:
    import monev

    declared = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))["version"]
    assert declared == cited == monev.__version__
    assert (ROOT / "LICENSE").read_text("utf-8").startswith("MIT License")
