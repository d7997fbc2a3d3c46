"""pyproject.toml, requirements.lock and environment.yml say the same."""

from __future__ import annotations

import re
import sys
import tomllib
from importlib import metadata
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
    "axe-playwright-python",
    "font-source-sans-pro",
    "font-source-serif-pro",
    "playwright",
    "pypandoc-binary",
    "typst",
}
# In environment.yml alone: what ./monev brings itself, and programs that are not on PyPI or not needed.
ONLY_CONDA = {"python", "pip", "quarto", "jupyterlab"}
# In pyproject.toml alone: an upper bound for the lock, since conda-forge has every build.
ONLY_LOCK = {"argon2-cffi-bindings"}

SYSTEMS = {"linux": ("posix", "Linux"), "darwin": ("posix", "Darwin"), "win32": ("nt", "Windows")}
PYTHONS = ["3.11", "3.12", "3.13", "3.14"]


class Pin(NamedTuple):
    name: str
    version: Version
    marker: Marker | None
    hashes: list[str]


def project() -> dict:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def requirements() -> list[Requirement]:
    """The direct dependencies the lock covers: those of monev and those of its tests."""
    table = project()
    texts = [*table["dependencies"], *table["optional-dependencies"]["dev"]]
    return [Requirement(text) for text in texts]


def lower_bound(requirement: Requirement) -> Version:
    bounds = [spec.version for spec in requirement.specifier if spec.operator == ">="]
    assert len(bounds) == 1, f"{requirement} needs exactly one lower bound"
    return Version(bounds[0])


def lock_text() -> str:
    return (ROOT / "requirements.lock").read_text(encoding="utf-8")


def pins() -> list[Pin]:
    found = []
    entry = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)(?: *; *([^\\\n]+?))? *\\?\n((?:    --hash=.*\n)*)", re.M)
    for name, version, marker, hashes in entry.findall(lock_text()):
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


def test_each_direct_dependency_is_locked_within_its_bounds() -> None:
    locked = pins()
    direct = requirements()
    assert len(locked) > len(direct) > 20
    for requirement in direct:
        mine = [pin for pin in locked if pin.name == canonicalize_name(requirement.name)]
        assert mine, f"{requirement.name} is not in requirements.lock"
        for pin in mine:
            assert requirement.specifier.contains(pin.version), f"{pin.name}=={pin.version}, not {requirement}"


@pytest.mark.parametrize("system", SYSTEMS)
@pytest.mark.parametrize("python", PYTHONS)
def test_lock_has_one_version_of_each_direct_dependency(python: str, system: str) -> None:
    os_name, platform_system = SYSTEMS[system]
    environment = {
        "implementation_name": "cpython",
        "os_name": os_name,
        "platform_machine": "x86_64",
        "platform_python_implementation": "CPython",
        "platform_system": platform_system,
        "python_full_version": f"{python}.7",
        "python_version": python,
        "sys_platform": system,
    }
    applying = [pin.name for pin in pins() if pin.marker is None or pin.marker.evaluate(environment)]
    assert len(applying) > 100
    assert len(applying) == len(set(applying)), "two versions of one package on one machine"
    assert {canonicalize_name(r.name) for r in requirements()} <= set(applying)


def test_every_locked_package_has_hashes() -> None:
    locked = pins()
    starts = [line for line in lock_text().splitlines() if line[:1].isalnum()]
    assert len(locked) == len(starts) > 100, "a line of the lock was not understood"
    for pin in locked:
        assert pin.hashes, pin.name
        assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", digest) for digest in pin.hashes), pin.name


def test_lock_says_how_to_remake_it_and_names_no_index() -> None:
    head = lock_text().splitlines()[:3]
    assert any("uv pip compile --universal" in line and "--generate-hashes" in line for line in head)
    assert "://" not in lock_text()
    options = [line for line in lock_text().splitlines() if line.startswith("-")]
    assert options == []


def test_cluster_packages_are_no_part_of_monev_but_locked_for_its_tests() -> None:
    extras = project()["optional-dependencies"]
    cluster = {canonicalize_name(Requirement(text).name) for text in extras["cluster"]}
    assert cluster
    assert not cluster & {canonicalize_name(Requirement(text).name) for text in project()["dependencies"]}
    assert cluster <= {canonicalize_name(Requirement(text).name) for text in extras["dev"]}
    assert cluster <= {pin.name for pin in pins()}


def test_bootstrap_checks_for_direct_dependencies() -> None:
    base = {canonicalize_name(Requirement(text).name) for text in project()["dependencies"]}
    assert base
    assert len(monev_bootstrap.NEEDED) > 5
    assert set(monev_bootstrap.NEEDED) <= base
    assert set(monev_bootstrap.NEEDED) <= set(monev_bootstrap.locked_names(lock_text().encode()))


def test_this_environment_is_the_locked_one() -> None:
    if Path(sys.prefix).resolve() != (ROOT / ".venv").resolve():
        pytest.skip("not running in .venv (MONEV_PYTHON?)")
    compared = 0
    for pin in pins():
        if pin.marker is None or pin.marker.evaluate():
            assert Version(metadata.version(pin.name)) == pin.version, pin.name
            compared += 1
    assert compared > 100


def test_the_version_is_told_the_same_everywhere() -> None:
    import monev

    declared = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))["version"]
    assert declared == cited == monev.__version__
    assert (ROOT / "LICENSE").read_text("utf-8").startswith("MIT License")
