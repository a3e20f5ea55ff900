"""Stops instances of the platform in the middle of work and looks at what their clients see.

Runs under scripts/with-platform.sh: the instance at BASE_URL serves the same database all the time.
"""
import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time

failures = 0


def check(name, passed, detail=""):
    global failures
    failures += not passed
    print(f"{'ok   ' if passed else 'FAIL '} {name}" + (f" ({detail})" if detail else ""), flush=True)


class Instance:
    """One more instance of the platform, on ports of its own."""

    def __init__(self, **variables):
        environment = dict(os.environ, PORT="0", ADMIN_PORT="off", NODE_ENV="development", **variables)
        self.log = open(os.environ["PLATFORM_LOG"] + f".{id(self)}", "w+b")
        self.process = subprocess.Popen([os.environ["PLATFORM"], "serve"], env=environment, stdout=self.log, stderr=self.log)
        self.port = self.wait_for_port()

    def wait_for_port(self):
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            with open(self.log.name, "rb") as log:
                match = re.search(rb"API +http://127\.0\.0\.1:(\d+)", log.read())
            if match:
                return int(match[1])
            if self.process.poll() is not None:
                break
            time.sleep(0.05)
        sys.exit("FAIL  an instance does not start: " + open(self.log.name).read())

    def stop(self, number=signal.SIGTERM):
        self.process.send_signal(number)

    def end(self, timeout=120):
        """The exit code and the seconds until it came."""
        start = time.monotonic()
        try:
            code = self.process.wait(timeout)
        except subprocess.TimeoutExpired:
            self.process.kill()
            code = "none"
        return code, time.monotonic() - start

    def refuses(self):
        try:
            self.connect().close()
            return False
        except OSError:
            return True

    def connect(self):
        return socket.create_connection(("127.0.0.1", self.port), timeout=60)


def eventually(condition):
    """Whether the condition comes true within a minute."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.05)
    return False


def call(port, method, path, body=None, token=None):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    headers = {"Content-Type": "application/json"} if body else {}
    if token:
        headers["Authorization"] = f"Bearer {token}"
    connection.request(method, path, body and json.dumps(body), headers)
    response = connection.getresponse()
    answer = response.read()
    connection.close()
    return response.status, json.loads(answer) if answer else None


def message(path, body, *headers):
    text = json.dumps(body)
    lines = [f"POST {path} HTTP/1.1", "Host: test", "Content-Type: application/json", f"Content-Length: {len(text)}", *headers]
    return "\r\n".join(lines).encode() + b"\r\n\r\n", text.encode()


def answer(connection):
    """Status and fields of the answer on this connection, or why there is none."""
    response = http.client.HTTPResponse(connection)
    try:
        response.begin()
        response.read()
        return response.status, response.headers
    except (OSError, http.client.HTTPException) as error:
        return repr(error), {}


def credentials(number):
    return {"email": f"user{number}@example.com", "password": "correct horse battery"}


def two_instances(port):
    other = Instance()
    status, made = call(port, "POST", "/api/auth/register", dict(credentials(0), name="Ada Lovelace"))
    token = made["data"]["accessToken"]
    seen, me = call(other.port, "GET", "/api/auth/me", token=token)
    check("a second instance knows the account and the token of the first", (status, seen) == (201, 200), f"{status}, {seen}")
    other.stop(signal.SIGINT)
    code, _ = other.end()
    check("SIGINT ends it with 0", code == 0, f"exit {code}")
    status, _ = call(port, "GET", "/api/auth/me", token=token)
    check("the first goes on", status == 200)
    return token


def requests_in_flight():
    """Whole requests that are being worked on, half a request, and an idle connection, when SIGTERM comes."""
    instance = Instance()
    head, body = message("/api/auth/login", credentials(0))
    busy = [instance.connect() for _ in range(8)]
    half = instance.connect()
    ready = instance.connect()
    idle = instance.connect()
    for connection in busy:
        connection.sendall(head + body)
    half.sendall(head + body[:10])
    ready.sendall(b"GET /health/ready HTTP/1.1\r\nHost: te")
    instance.stop()
    check("after SIGTERM new connections are refused", eventually(instance.refuses))
    half.sendall(body[10:])
    ready.sendall(b"st\r\n\r\n")
    status, fields = answer(ready)
    check("/health/ready is 503 while it drains", status == 503, f"{status}")
    last, last_fields = answer(half)
    answers = [answer(connection)[0] for connection in busy] + [last]
    check("8 requests in work and one half sent are answered", answers == [200] * 9, " ".join(map(str, answers)))
    # Those in work may have been answered just before the signal; these two cannot.
    closing = fields.get("Connection"), last_fields.get("Connection")
    check("what is answered after the signal says Connection: close", closing == ("close", "close"), f"{closing}")
    check("the idle connection is closed", idle.recv(1) == b"")
    code, seconds = instance.end()
    check("SIGTERM ends it with 0", code == 0, f"exit {code} after {seconds:.1f} s")


def load(token):
    """Clients that connect, ask and read all the time: whoever could connect gets an answer."""
    instance = Instance()
    counts = {"answered": 0, "refused": 0, "lost": 0}
    lock = threading.Lock()
    stopping = threading.Event()

    def count(kind):
        with lock:
            counts[kind] += 1

    def client():
        while not stopping.is_set():
            try:
                connection = instance.connect()
            except OSError:
                count("refused")
                return
            for _ in range(5):
                try:
                    connection.sendall(f"GET /api/auth/me HTTP/1.1\r\nHost: test\r\nAuthorization: Bearer {token}\r\n\r\n".encode())
                    status, fields = answer(connection)
                except OSError as error:
                    status, fields = repr(error), {}
                if status != 200:
                    count("lost")
                    print("      lost:", status, flush=True)
                    break
                count("answered")
                if fields.get("Connection") == "close":
                    break
            connection.close()

    threads = [threading.Thread(target=client) for _ in range(16)]
    for thread in threads:
        thread.start()
    eventually(lambda: counts["answered"] > 1000)
    instance.stop()
    code, seconds = instance.end()
    stopping.set()
    for thread in threads:
        thread.join()
    check("SIGTERM under load loses no request", counts["lost"] == 0 and counts["answered"] > 1000, f"{counts}")
    check("… and ends it with 0", code == 0, f"exit {code} after {seconds:.1f} s")


def bounded():
    """A request that never ends holds a shutdown up no longer than SHUTDOWN_TIMEOUT, and a second signal ends it at once."""
    head, body = message("/api/auth/login", credentials(0))
    for name, variables, signals in [
        ("SHUTDOWN_TIMEOUT bounds the wait", {"SHUTDOWN_TIMEOUT": "1s"}, 1),
        ("a second signal ends the wait", {"SHUTDOWN_TIMEOUT": "60s"}, 2),
    ]:
        instance = Instance(**variables)
        stuck = instance.connect()
        stuck.sendall(head + body[:10])
        for _ in range(signals):
            instance.stop()
            # It has seen the signal: two at once would be one.
            eventually(instance.refuses)
        code, seconds = instance.end()
        # Less than the request's own time.
        check(name, code == 0 and seconds < 15, f"exit {code} after {seconds:.1f} s")
        stuck.close()


base = os.environ["BASE_URL"]
token = two_instances(int(base.rsplit(":", 1)[1]))
requests_in_flight()
load(token)
bounded()
sys.exit(1 if failures else 0)
