"""Runs `make run` in RUN_FOLDER and stops it again; called by make-run.sh."""
import http.client
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time

folder = os.environ["RUN_FOLDER"]
failures = 0


def check(name, passed, detail=""):
    global failures
    failures += not passed
    print(f"{'ok   ' if passed else 'FAIL '} {name}" + (f"\n      {detail}" if detail and not passed else ""), flush=True)


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


class Run:
    """One `make run`, in a process group of its own, as a terminal makes one."""

    def __init__(self, port, command=("make", "-s", "run"), **variables):
        environment = dict(os.environ, PORT=str(port), ADMIN_PORT="off", **variables)
        self.port = port
        self.process = subprocess.Popen(
            list(command), cwd=folder, env=environment, start_new_session=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        self.output = ""
        self.reader = threading.Thread(target=self.read)
        self.reader.start()

    def read(self):
        for line in self.process.stdout:
            self.output += line

    def is_up(self):
        """Whether it serves within half a minute."""
        for _ in range(300):
            if re.search(rf"API +http://127\.0\.0\.1:{self.port}\n", self.output):
                return True
            if self.process.poll() is not None:
                return False
            time.sleep(0.1)
        return False

    def interrupt(self):
        """What Ctrl-C does: the signal goes to the whole group."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGINT)

    def end(self):
        try:
            code = self.process.wait(30)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            code = "none"
        self.reader.join(5)
        return code


def half_a_request(port):
    connection = socket.create_connection(("127.0.0.1", port), timeout=20)
    connection.sendall(b"GET /health/live HTTP/1.1\r\nHost: te")
    return connection


def finish_request(connection):
    try:
        connection.sendall(b"st\r\n\r\n")
        response = http.client.HTTPResponse(connection)
        response.begin()
        return response.status
    except (OSError, http.client.HTTPException) as error:
        return repr(error)


def database_runs():
    return subprocess.run(["scripts/database.sh", "status"], cwd=folder).returncode == 0


def interrupted():
    run = Run(free_port())
    check("make run serves, from a path with a space", run.is_up(), run.output)
    check("it has started the private database", database_runs())
    connection = half_a_request(run.port)
    time.sleep(0.2)
    run.interrupt()
    time.sleep(0.5)
    status = finish_request(connection)
    check("Ctrl-C lets the open request finish", status == 200, str(status))
    code = run.end()
    check("… and make run ends", code in (0, 2, 130, -signal.SIGINT), f"exit {code}\n{run.output}")
    check("… and stops the database it has started", not database_runs(), run.output)


def beside_another():
    first = Run(free_port(), ["scripts/run.sh"])
    check("the second time the data is there", first.is_up() and "the schema is up to date" in first.output, first.output)
    taken = Run(first.port, ["scripts/run.sh"])
    code = taken.end()
    check("a second one on the same port ends with 71 and says so",
          code == 71 and f"port {first.port} on 127.0.0.1 is in use" in taken.output, f"exit {code}\n{taken.output}")
    check("… and leaves the database to the first", database_runs())
    second = Run(free_port(), ["scripts/run.sh"])
    check("one on another port serves", second.is_up(), second.output)
    first.process.send_signal(signal.SIGTERM)
    code = first.end()
    check("SIGTERM ends the first with 0", code == 0, f"exit {code}\n{first.output}")
    check("… and leaves the database to the second", database_runs(), first.output)
    connection = half_a_request(second.port)
    time.sleep(0.2)
    start = time.monotonic()
    second.interrupt()
    time.sleep(0.5)
    second.interrupt()
    code = second.end()
    seconds = time.monotonic() - start
    connection.close()
    check("a second Ctrl-C ends open requests", code == 0 and seconds < 10, f"exit {code} after {seconds:.1f} s\n{second.output}")
    check("… and the last one stops the database", not database_runs(), second.output)


def wrong():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        run = Run(listener.getsockname()[1], ["scripts/run.sh"])
        code = run.end()
    check("a port in use: 71, and the database it has started is stopped", code == 71 and not database_runs(), run.output)
    secret = os.path.join(folder, "url")
    with open(secret, "w") as file:
        file.write("postgresql://u@127.0.0.1:1/x\n")
    with open(os.path.join(folder, ".env"), "w") as file:
        file.write(f'export DATABASE_URL_FILE="{secret}"\n')
    run = Run(0, ["scripts/run.sh"])
    code = run.end()
    check("with DATABASE_URL_FILE in .env it starts no database of its own",
          code == 69 and "private" not in run.output, f"exit {code}\n{run.output}")
    os.remove(os.path.join(folder, ".env"))


def as_another_user():
    if os.getuid() != 0 or not shutil.which("setpriv"):
        return
    shutil.rmtree(os.path.join(folder, ".local/postgres"))
    subprocess.run(["chown", "-R", "nobody", folder], check=True)
    run = Run(free_port(), ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups", "scripts/run.sh"])
    check("it serves without being root", run.is_up(), run.output)
    run.interrupt()
    code = run.end()
    check("… and stops", code == 0 and not database_runs(), f"exit {code}\n{run.output}")


interrupted()
beside_another()
wrong()
as_another_user()
sys.exit(1 if failures else 0)
