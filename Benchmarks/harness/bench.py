"""make bench: one event loop on one core, load from the other, 64 connections, all middleware on, in one run.

Absolute figures say little on a shared machine: each is held against a limit measured beside it, in alternating rounds.
"""
import os
import pathlib
import statistics
import subprocess
import sys
import urllib.request

import payments
from nginx import Answer, nginx
from processes import cpu_per_request, resident_megabytes, running, wait_until_answers, wrk
from report import Report

ROOT = pathlib.Path(__file__).resolve().parents[2]
WORK = pathlib.Path(os.environ["BENCH_WORK"])
SECONDS = float(os.environ.get("BENCH_SECONDS", "6"))
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "3"))
NGINX_PORT, PLATFORM_PORT, ADMIN_PORT, MEMORY_PORT = 38080, 38081, 38082, 38083


def fetch(url: str, method: str = "GET", body: bytes | None = None, **headers: str) -> Answer:
    request = urllib.request.Request(url, data=body, method=method, headers=headers)
    return Answer(urllib.request.urlopen(request, timeout=10))


def against_nginx(report: Report, what: str, goal: float, pid: int, url: str, answer: Answer, script: str | None = None):
    """Alternating rounds of ours and nginx returning the same bytes; medians are compared."""
    ours, theirs = [], []
    with nginx(WORK / "nginx", NGINX_PORT, answer) as worker:
        for _ in range(ROUNDS):
            theirs.append(cpu_per_request([worker], f"http://127.0.0.1:{NGINX_PORT}/", SECONDS, script)[0])
            ours.append(cpu_per_request([pid], url, SECONDS, script)[0])
    report.ratio(what, statistics.median(ours), statistics.median(theirs), "µs CPU", goal, at_least=False)


def platform_benchmarks(report: Report, database: str):
    environment = dict(
        DATABASE_URL=database, HOST="127.0.0.1", PORT=str(PLATFORM_PORT), ADMIN_PORT=str(ADMIN_PORT), EVENT_LOOPS="1",
        RATE_PROFILE="off", NODE_ENV="production", AUTH_AUTOCONFIRM="true", LOG_LEVEL="info", JWT_REFRESH_SECRET="b" * 32, PASSWORD_PEPPER="p" * 32,
        JWT_KEY_FILE=str(WORK / "signing-key.pem"))
    binary = os.environ["PLATFORM"]
    payments.make_key(WORK / "signing-key.pem")
    subprocess.run([binary, "migrate"], env=os.environ | environment, check=True, stdout=subprocess.DEVNULL)
    base = f"http://127.0.0.1:{PLATFORM_PORT}"
    with running([binary, "serve"], log=str(WORK / "platform.log"), **environment) as server:
        started = wait_until_answers(f"{base}/health/live", server)
        idle = resident_megabytes(server.pid)
        against_nginx(report, "GET /health/live", 1.5, server.pid, f"{base}/health/live", fetch(f"{base}/health/live"))
        payments.measure(report, base, database, WORK, SECONDS, ROUNDS)
        report.fact("memory: idle, after the load", f"{idle:.0f} MB, {resident_megabytes(server.pid):.0f} MB")
        report.fact("start to first answer", f"{started * 1000:.0f} ms")
    stripped = WORK / "platform.stripped"
    subprocess.run(["strip", "-o", str(stripped), binary], check=True)
    report.fact("stripped release binary", f"{stripped.stat().st_size / 1e6:.1f} MB")


def memory_benchmark(report: Report):
    """A 300-byte payment to a generated route with an in-memory handler: decode, validate, encode."""
    body = (ROOT / "Benchmarks" / "payment.json").read_bytes().strip()
    script = WORK / "post.lua"
    script.write_text(
        f'wrk.method = "POST"\nwrk.headers["Content-Type"] = "application/json"\nwrk.body = [==[{body.decode()}]==]\n')
    url = f"http://127.0.0.1:{MEMORY_PORT}/payments"
    with running([os.environ["BENCH_SERVER"]], log=str(WORK / "bench-server.log"), PORT=str(MEMORY_PORT)) as server:
        wait_until_answers(f"http://127.0.0.1:{MEMORY_PORT}/health/live", server)
        answer = fetch(url, "POST", body, **{"Content-Type": "application/json"})
        against_nginx(report, f"POST a payment of {len(body)} bytes", 2.5, server.pid, url, answer, str(script))


def main() -> int:
    report = Report()
    memory_benchmark(report)
    platform_benchmarks(report, os.environ["DATABASE_URL"])
    report.show()
    print("\n== JSON: decode + validate, encode; Foundation in the same run")
    sys.stdout.flush()
    json_bench = subprocess.run([os.environ["JSON_BENCH"]]).returncode
    return 1 if report.missed or json_bench else 0


if __name__ == "__main__":
    sys.exit(main())
