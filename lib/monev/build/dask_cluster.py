"""A batch on a Dask cluster: the scheduler shares the reports out, each of its workers builds them as `batch` does.

Dask is an optional extra (`pip install "monev[cluster]"`). All machines see the roots under the same paths and have the
same monev, which is checked before anything is built. A report whose Dask worker is lost is built by another.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from monev.build.build_options import BuildOptions
from monev.build.report_batch import Crew, Done, OrderedReport, ReportOutcome
from monev.io import manifest
from monev.words.errors import RunError, UsageError
from monev.words.messages import tell

CONNECT = 15  # seconds to wait for a scheduler, and for its first worker


def run_on_cluster(
    wanted: Sequence[OrderedReport], options: BuildOptions, address: str, done: Done
) -> list[ReportOutcome]:
    """Build all reports on the cluster of a scheduler; return what became of them, in their order.

    Raises UsageError when Dask is not installed or the address not safe, RunError when the cluster cannot be reached,
    has no workers, or has another monev than this one.
    """
    client = _connected(address)
    found: dict[OrderedReport, ReportOutcome] = {}
    try:
        _check_workers(client, address)
        from distributed import as_completed

        as_done: Any = as_completed  # Dask has no types
        futures = {client.submit(_build, report, options, pure=False): report for report in wanted}
        for future in as_done(futures):
            report = futures[future]
            error = future.exception()
            outcome = (
                ReportOutcome(report, "lost", tell("batch.cluster-lost", why=str(error))) if error else future.result()
            )
            found[report] = outcome
            done(outcome)
            future.release()
    finally:
        client.close()
    return [found[report] for report in wanted]


def is_safe(address: str) -> bool:
    """Tell whether a scheduler may be trusted with code: on this machine, or by TLS with Dask's own certificates.

    Whoever speaks to a scheduler in the clear, or answers in its place, runs code on every worker.
    """
    scheme, _, place = address.rpartition("://")
    if scheme.lower() == "tls":
        return True
    host = urlsplit(f"//{place}").hostname or ""
    if scheme.lower() not in {"", "tcp"}:
        return False
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _connected(address: str) -> Any:
    if not is_safe(address):
        raise UsageError(tell("batch.unsafe-scheduler", address=address))
    try:
        from distributed import Client
    except ImportError:
        raise UsageError(tell("batch.no-dask")) from None
    try:
        connect: Any = Client  # Dask has no types
        client = connect(address, timeout=CONNECT)
        client.wait_for_workers(1, timeout=CONNECT)
    except (OSError, ValueError, TimeoutError) as error:
        raise RunError(tell("batch.no-cluster", address=address, why=f"{type(error).__name__}: {error}")) from None
    return client


def _check_workers(client: Any, address: str) -> None:
    """Stop when a worker has another monev: its reports would differ."""
    own = manifest.package_digest()
    try:
        others = client.run(manifest.package_digest)
    except Exception as error:  # whatever importing monev raises there
        raise RunError(tell("batch.no-monev", address=address, why=f"{type(error).__name__}: {error}")) from None
    strange = sorted(worker for worker, digest in others.items() if digest != own)
    if strange:
        raise RunError(tell("batch.other-monev", workers=", ".join(strange)))


@functools.cache
def _crew(options: BuildOptions) -> Crew:
    """Return the worker processes of this Dask worker; they stay warm as long as it runs, and end with it."""
    return Crew(options)


def _build(report: OrderedReport, options: BuildOptions) -> ReportOutcome:
    """Build a report; runs on a Dask worker, in one of its threads."""
    return _crew(options).build(report)
