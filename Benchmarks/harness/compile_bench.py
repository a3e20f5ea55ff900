"""make bench-compile: what generated code costs to make and to compile, in CPU seconds and in memory of the largest process.

Each document becomes a target of a package that depends on LockstepRuntime by path, and is built as SwiftPM builds it, after
LockstepRuntime itself. Everything counts what the processes used (wait4), not how long it took: other work on the machine
changes that little. SwiftPM's own time is in the figures; the column "no-op" says how much that is.
"""
import dataclasses
import os
import pathlib
import re
import shutil
import subprocess
import sys

import edits

ROOT = pathlib.Path(__file__).resolve().parents[2]
CORPUS = pathlib.Path(os.environ.get("LOCKSTEP_CORPUS", ROOT / "../shared/corpus")) / "openapi"
WORK = pathlib.Path(os.environ["BENCH_WORK"])
GENERATOR = os.environ["LOCKSTEP_GENERATE"]
# One at a time: two on the threads of one core each count the time that the other one takes from them.
JOBS = os.environ.get("BENCH_JOBS", "1")
DEFAULT = ["stripe.json", "openai.yaml", "datadog-v2.yaml", "spec"]
CONFIGURATIONS = ["debug", "release"]
# CPU seconds of a full build from which on the share that a rebuild takes has a goal.
LARGE = 20


@dataclasses.dataclass
class Usage:
    """What a program and all that it started used."""
    cpu: float
    megabytes: float


def metered(command: list[str], log: pathlib.Path) -> Usage:
    with open(log, "ab") as sink:
        process = subprocess.Popen(command, cwd=WORK, stdout=sink, stderr=sink)
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        tail = log.read_text(errors="replace").splitlines()[-20:]
        raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}:\n" + "\n".join(tail))
    usage = Usage(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)
    print(f"    {usage.cpu:.1f} CPU s, {usage.megabytes:.0f} MB: {pathlib.Path(command[0]).name} {' '.join(command[1:6])}",
          file=sys.stderr)
    return usage


class Subject:
    """A document, the target that is generated from it, and what was measured."""

    def __init__(self, name: str):
        source = ROOT / "spec" if name == "spec" else CORPUS / name if (CORPUS / name).exists() else pathlib.Path(name)
        self.name = "platform spec/" if name == "spec" else source.name
        self.source = source
        self.target = "API_" + re.sub(r"\W", "_", source.name)
        self.documents = WORK / "Documents" / self.target
        self.sources = WORK / "Sources" / self.target
        self.log = WORK / f"{self.target}.log"
        self.usage: dict[str, Usage] = {}
        self.edited: dict[str, str] = {}

    def restore(self):
        """The document as it was."""
        shutil.rmtree(self.documents, ignore_errors=True)
        self.documents.mkdir(parents=True)
        self.entry = edits.editable(self.source, self.documents)

    def generate(self) -> Usage:
        inputs = [word for file in sorted(self.documents.glob("**/*.*")) for word in ("--input", str(file))]
        return metered([GENERATOR, "--folder", str(self.documents), "--output", str(self.sources), *inputs], self.log)

    def build(self, configuration: str) -> Usage:
        return metered(["swift", "build", "-j", JOBS, "-c", configuration, "--target", self.target], self.log)

    def measure(self, configurations: list[str]):
        """Builds from nothing, then after one edit, then after another on top of it."""
        self.log.write_text("")
        for configuration in configurations:
            self.restore()
            # The shortest of three: it is short enough for a neighbour on the same core to show.
            self.usage["generate"] = min((self.generate() for _ in range(3)), key=lambda usage: usage.cpu)
            files = list(self.sources.glob("*.swift"))
            self.lines = sum(file.read_bytes().count(b"\n") for file in files)
            self.bytes = sum(file.stat().st_size for file in files)
            self.usage[configuration] = self.build(configuration)
            self.usage[f"{configuration} no-op"] = self.build(configuration)
            for what, edit in (("schema", edits.edit_schema), ("operation", edits.edit_operation)):
                self.edited[what] = edit(self.entry)
                self.generate()
                self.usage[f"{configuration} {what}"] = self.build(configuration)


def write_package(subjects: list[Subject]):
    targets = "".join(
        f'        .target(name: "{subject.target}", dependencies: [runtime]),\n' for subject in subjects)
    (WORK / "Package.swift").write_text(f"""// swift-tools-version: 6.2
import PackageDescription

let runtime: Target.Dependency = .product(name: "LockstepRuntime", package: "{ROOT.name.lower()}")
let package = Package(
    name: "compile-bench",
    dependencies: [.package(path: "{ROOT}")],
    targets: [
        .target(name: "Runtime", dependencies: [runtime]),
{targets}    ])
""")
    (WORK / "Sources/Runtime").mkdir(parents=True, exist_ok=True)
    (WORK / "Sources/Runtime/Runtime.swift").write_text("import LockstepRuntime\n")


class Table:
    """The figures with their goals; knows how many goals are missed."""

    def __init__(self):
        self.rows = [("document", "what", "measured", "goal", "")]
        self.missed = 0

    def add(self, document: str, what: str, value: float, unit: str, goal: float | None = None, note: str = ""):
        verdict = ""
        if goal is not None:
            self.missed += value > goal
            verdict = "MISSED" if value > goal else "met"
        digits = 2 if unit == "s" else 1 if unit in ("CPU s", "%") else 0
        self.rows.append((document, what, f"{value:,.{digits}f} {unit}",
                          "" if goal is None else f"≤ {goal:g} {unit}", " ".join(filter(None, [verdict, note]))))

    def show(self):
        widths = [max(len(row[i]) for row in self.rows) for i in range(5)]
        for row in self.rows[:1] + [tuple("-" * width for width in widths)] + self.rows[1:]:
            print("  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip())


def report(table: Table, subject: Subject, configurations: list[str]):
    name, usage = subject.name, subject.usage
    is_stripe = name == "stripe.json"
    table.add(name, "generate", usage["generate"].cpu, "s", 2)
    table.add(name, "generate, memory", usage["generate"].megabytes, "MB")
    table.add(name, "output", subject.lines, "lines", note=f"{subject.bytes / 1e6:.1f} MB")
    for configuration in configurations:
        full, empty = usage[configuration], usage[f"{configuration} no-op"]
        limit = {"debug": 60, "release": 180}[configuration] if is_stripe else None
        table.add(name, f"{configuration}: build", full.cpu, "CPU s", limit, f"(no-op {empty.cpu:.1f})")
        table.add(name, f"{configuration}: largest process", full.megabytes, "MB",
                  1500 if is_stripe and configuration == "debug" else None)
        for what in ("schema", "operation"):
            again = usage[f"{configuration} {what}"]
            note = f"{again.cpu:.1f} CPU s after an edit of {subject.edited[what]}"
            # The compiler takes a second for any edit: a share says something of a document that takes long.
            is_goal = configuration == "debug" and full.cpu > LARGE
            table.add(name, f"{configuration}: rebuild, one {what}", 100 * again.cpu / full.cpu, "%",
                      10 if is_goal else None, note)


def main():
    words = sys.argv[1:]
    configurations = [word[2:] for word in words if word.startswith("--")] or CONFIGURATIONS
    names = [word for word in words if not word.startswith("--")] or DEFAULT
    if unknown := set(configurations) - set(CONFIGURATIONS):
        sys.exit(f"bench-compile: there is no --{unknown.pop()}; usage: [--debug] [--release] [DOCUMENT…]")
    subjects = []
    for subject in map(Subject, names):
        if subject.source.exists():
            subjects.append(subject)
        else:
            print(f"SKIPPED: corpus not found: no {subject.name} in {CORPUS}; set LOCKSTEP_CORPUS", file=sys.stderr)
    if not subjects:
        return
    for subject in subjects:
        shutil.rmtree(subject.sources, ignore_errors=True)
        subject.sources.mkdir(parents=True)
        (subject.sources / "Empty.swift").write_text("")
    write_package(subjects)
    for configuration in configurations:
        metered(["swift", "build", "-c", configuration, "--target", "Runtime"], WORK / "Runtime.log")
    table = Table()
    for subject in subjects:
        print(f"bench-compile: {subject.name}", file=sys.stderr)
        subject.measure(configurations)
        report(table, subject, configurations)
    table.show()
    print(f"{table.missed} goals missed" if table.missed else "all goals met")
    sys.exit(1 if table.missed else 0)


if __name__ == "__main__":
    main()
