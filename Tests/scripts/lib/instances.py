"""Instances of the platform over one database, and what scripts ask of them. Needs PLATFORM, DATABASE_URL and WORK."""
import http.client
import json
import os
import re
import signal
import subprocess
import time

WORK = os.environ["WORK"]
failures = 0
running: list["Instance"] = []


def check(name: str, condition: bool, found: object = "") -> None:
    global failures
    print(f"ok    {name}" if condition else f"FAIL  {name}\n      {found}", flush=True)
    failures += not condition


def sql(statement: str) -> str:
    """The answer of the database to whoever migrates, who has to say that it asks for the system."""
    environment = os.environ | {"PGOPTIONS": "-c app.role=SYSTEM"}
    done = subprocess.run(
        ["psql", os.environ["DATABASE_URL"], "-qAtX", "-v", "ON_ERROR_STOP=1", "-c", statement],
        env=environment, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def until(condition, seconds: float = 60) -> bool:
    """Whether `condition` came true in time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.02)
    return False


class Instance:
    """A running `platform serve`; ready when made."""

    def __init__(self, **variables: str):
        environment = os.environ | {
            "NODE_ENV": "development", "HOST": "127.0.0.1", "PORT": "0", "ADMIN_PORT": "off",
            "RATE_PROFILE": "off", "BCRYPT_COST": "10", "LOG_LEVEL": "warn", "EVENT_LOOPS": "1",
            "JWT_KEY_FILE": WORK + "/key.pem", "MAIL_SINK": WORK + "/mail"} | variables
        self.log = open(f"{WORK}/instance{len(running)}.log", "wb")
        self.process = subprocess.Popen(
            [os.environ["PLATFORM"], "serve"], env=environment, stdout=self.log, stderr=self.log)
        running.append(self)
        if not until(self.is_listening) or not until(lambda: self.try_call("GET", "/health/ready")[0] == 200):
            raise SystemExit(f"an instance is not ready:\n{open(self.log.name).read()}")

    def is_listening(self) -> bool:
        """Whether it has taken a port, and said which."""
        with open(self.log.name, "rb") as log:
            found = re.search(rb"API +http://127\.0\.0\.1:(\d+)\n", log.read())
        if not found and self.process.poll() is not None:
            raise SystemExit(f"an instance does not start:\n{open(self.log.name).read()}")
        self.port = int(found[1]) if found else 0
        return bool(found)

    def call(self, method: str, path: str, body: object = None, token: str = "", **headers: str) -> tuple[int, dict]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            fields = {"Content-Type": "application/json"} if body is not None else {}
            fields |= {name.replace("_", "-"): value for name, value in headers.items()}
            if token:
                fields["Authorization"] = f"Bearer {token}"
            connection.request(method, path, json.dumps(body) if body is not None else None, fields)
            answer = connection.getresponse()
            text = answer.read()
            return answer.status, json.loads(text) if text else {}
        finally:
            connection.close()

    def try_call(self, *arguments, **headers) -> tuple[int, dict]:
        """0 where there is no answer."""
        try:
            return self.call(*arguments, **headers)
        except (OSError, http.client.HTTPException):
            return 0, {}

    def register(self, email: str) -> str:
        """The access token of a new customer."""
        status, answer = self.call(
            "POST", "/api/auth/register", {"email": email, "password": "correct horse battery", "name": "A"})
        if status != 201:
            raise SystemExit(f"registration: {status} {answer}")
        return answer["data"]["accessToken"]

    def kill(self) -> None:
        """As the kernel does it when memory runs out."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(60)
            except subprocess.TimeoutExpired:
                self.kill()


def stop_all() -> None:
    for instance in running:
        instance.stop()
