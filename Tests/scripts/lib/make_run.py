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
# A shell that starts this in the background lets it ignore Ctrl-C, and what it starts as well.
signal.signal(signal.SIGINT, signal.default_int_handler)


def check(name, passed, detail=""):
    global failures
    failures += not passed
    print(f"{'ok   ' if passed else 'FAIL '} {name}" + (f"\n      {detail}" if detail and not passed else ""), flush=True)


def eventually(condition):
    """Whether the condition comes true within two minutes."""
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.05)
    return False


class Run:
    """One `make run`, in a process group of its own, as a terminal makes one."""

    def __init__(self, command=("make", "-s", "run"), port=0, **variables):
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
        """Whether it serves within two minutes; then `port` is the one that it has taken."""
        def serves():
            found = re.search(r"API +http://127\.0\.0\.1:(\d+)\n", self.output)
            if found:
                self.port = int(found[1])
            return found or self.process.poll() is not None

        return eventually(serves) and self.process.poll() is None

    def interrupt(self):
        """What Ctrl-C does: the signal goes to the whole group."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGINT)

    def refuses(self):
        """Whether it has stopped listening, which a signal makes it do."""
        try:
            socket.create_connection(("127.0.0.1", self.port), timeout=60).close()
            return False
        except OSError:
            return True

    def end(self):
        try:
            code = self.process.wait(120)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            code = "none"
        self.reader.join(5)
        return code


def half_a_request(port):
    connection = socket.create_connection(("127.0.0.1", port), timeout=60)
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


def rest(connection):
    """What still comes on the connection, which the other side ends."""
    try:
        return connection.recv(1000)
    except ConnectionResetError:
        return b""
    finally:
        connection.close()


def database_runs():
    return subprocess.run(["scripts/database.sh", "status"], cwd=folder).returncode == 0


def interrupted():
    run = Run()
    check("make run serves, from a path with a space", run.is_up(), run.output)
    check("it has started the private database", database_runs())
    connection = half_a_request(run.port)
    run.interrupt()
    check("Ctrl-C ends the listening", eventually(run.refuses))
    status = finish_request(connection)
    check("Ctrl-C lets the open request finish", status == 200, str(status))
    code = run.end()
    check("… and make run ends", code in (0, 2, 130, -signal.SIGINT), f"exit {code}\n{run.output}")
    check("… and stops the database it has started", not database_runs(), run.output)


def beside_another():
    first = Run(["scripts/run.sh"])
    check("the second time the data is there", first.is_up() and "the schema is up to date" in first.output, first.output)
    taken = Run(["scripts/run.sh"], first.port)
    code = taken.end()
    check("a second one on the same port ends with 71 and says so",
          code == 71 and f"port {first.port} on 127.0.0.1 is in use" in taken.output, f"exit {code}\n{taken.output}")
    check("… and leaves the database to the first", database_runs())
    second = Run(["scripts/run.sh"])
    check("one on another port serves", second.is_up(), second.output)
    first.process.send_signal(signal.SIGTERM)
    code = first.end()
    check("SIGTERM ends the first with 0", code == 0, f"exit {code}\n{first.output}")
    check("… and leaves the database to the second", database_runs(), first.output)
    connection = half_a_request(second.port)
    second.interrupt()
    check("a first Ctrl-C waits for open requests", eventually(second.refuses) and second.process.poll() is None)
    second.interrupt()
    code = second.end()
    answer = rest(connection)
    # A request that takes too long would be told so.
    check("a second Ctrl-C ends open requests", (code, answer) == (0, b""), f"exit {code}, {answer}\n{second.output}")
    check("… and the last one stops the database", not database_runs(), second.output)


def wrong():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        run = Run(["scripts/run.sh"], listener.getsockname()[1])
        code = run.end()
    check("a port in use: 71, and the database it has started is stopped", code == 71 and not database_runs(), run.output)
    secret = os.path.join(folder, "url")
    with open(secret, "w") as file:
        file.write("postgresql://u@127.0.0.1:1/x\n")
    with open(os.path.join(folder, ".env"), "w") as file:
        file.write(f'export DATABASE_URL_FILE="{secret}"\n')
    run = Run(["scripts/run.sh"])
    code = run.end()
    check("with DATABASE_URL_FILE in .env it starts no database of its own",
          code == 69 and "private" not in run.output, f"exit {code}\n{run.output}")
    os.remove(os.path.join(folder, ".env"))


def as_another_user():
    if os.getuid() != 0 or not shutil.which("setpriv"):
        return
    shutil.rmtree(os.path.join(folder, ".local/postgres"))
    subprocess.run(["chown", "-R", "nobody", folder], check=True)
    run = Run(["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups", "scripts/run.sh"])
    check("it serves without being root", run.is_up(), run.output)
    run.interrupt()
    code = run.end()
    check("… and stops", code == 0 and not database_runs(), f"exit {code}\n{run.output}")


interrupted()
beside_another()
wrong()
as_another_user()
sys.exit(1 if failures else 0)
