"""Starting, pinning and metering the programs of a benchmark."""
import contextlib
import os
import re
import subprocess
import time
import urllib.request

TICKS = os.sysconf("SC_CLK_TCK")
SERVER_CORE, LOAD_CORE = "0", "1"


def cpu_seconds(pid: int) -> float:
    """User and system time of a process, all its threads."""
    with open(f"/proc/{pid}/stat") as stat:
        fields = stat.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def resident_megabytes(pid: int) -> float:
    with open(f"/proc/{pid}/status") as status:
        return int(re.search(r"VmRSS:\s+(\d+)", status.read()).group(1)) / 1024


def wait_until_answers(url: str, process: subprocess.Popen, seconds: float = 20) -> float:
    """Seconds until the first answer; raises when the process ends or time runs out."""
    start = time.monotonic()
    while time.monotonic() - start < seconds:
        if process.poll() is not None:
            raise RuntimeError(f"{process.args[-1]} ended with {process.returncode} before it answered")
        with contextlib.suppress(OSError):
            urllib.request.urlopen(url, timeout=1).read()
            return time.monotonic() - start
        time.sleep(0.001)
    raise RuntimeError(f"no answer from {url}")


@contextlib.contextmanager
def running(command: list[str], core: str | None = SERVER_CORE, log: str = os.devnull, **environment: str):
    """A program pinned to a core; ended with SIGTERM."""
    pinned = ["taskset", "-c", core, *command] if core is not None else command
    with open(log, "ab") as sink:
        process = subprocess.Popen(pinned, env=os.environ | environment, stdout=sink, stderr=sink)
    try:
        yield process
    finally:
        process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(15)
        if process.poll() is None:
            process.kill()
            process.wait()


def children(pid: int) -> list[int]:
    with open(f"/proc/{pid}/task/{pid}/children") as listing:
        return [int(child) for child in listing.read().split()]


class Load:
    """What wrk saw: requests in all, rate, and answers that were not 2xx or 3xx."""

    def __init__(self, text: str):
        self.requests = int(re.search(r"(\d+) requests in", text).group(1))
        self.rate = float(re.search(r"Requests/sec:\s+([\d.]+)", text).group(1))
        bad = re.search(r"Non-2xx or 3xx responses: (\d+)", text)
        socket = re.search(r"Socket errors: (.*)", text)
        self.refused = int(bad.group(1)) if bad else 0
        self.socket_errors = socket.group(1) if socket else ""
        self.p99 = re.search(r"99%\s+(\S+)", text).group(1)


def wrk(url: str, seconds: float, connections: int = 64, script: str | None = None) -> Load:
    command = ["taskset", "-c", LOAD_CORE, "wrk", "--latency", "-t1", f"-c{connections}", f"-d{seconds:.0f}s"]
    if script:
        command += ["-s", script]
    done = subprocess.run([*command, url], capture_output=True, text=True, timeout=seconds + 60)
    if done.returncode != 0:
        raise RuntimeError(f"wrk failed: {done.stderr.strip()}")
    load = Load(done.stdout)
    if load.refused or load.socket_errors:
        raise RuntimeError(f"{url}: {load.refused} answers were not 2xx; socket errors: {load.socket_errors or 'none'}")
    return load


def cpu_per_request(pids: list[int], url: str, seconds: float, script: str | None = None) -> tuple[float, Load]:
    """Microseconds of server CPU a request under load."""
    wrk(url, 1, script=script)  # warms caches
    before = sum(map(cpu_seconds, pids))
    load = wrk(url, seconds, script=script)
    spent = sum(map(cpu_seconds, pids)) - before
    return spent * 1e6 / load.requests, load
