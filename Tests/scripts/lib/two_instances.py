"""D-A07: what ends a session at one instance ends it at the other, although each remembers the tokens that it has verified."""
import statistics
import sys
import time

import instances
from instances import Instance, check, sql

TIMES = 20
BOUND = 1.0
LOST = 60.0


def refused_after(instance: Instance, token: str) -> float:
    """Seconds until the token is refused; asks all the time."""
    start = time.monotonic()
    while time.monotonic() - start < LOST:
        if instance.call("GET", "/api/auth/me", token=token)[0] == 401:
            return time.monotonic() - start
    return LOST


def tell(name: str, waits: list[float]) -> None:
    """The median has to keep the bound; a single one may be held up by whatever else the machine does, but has to come."""
    text = f"median {statistics.median(waits) * 1e3:.1f} ms, longest {max(waits) * 1e3:.1f} ms"
    check(f"{name} ({text})", statistics.median_low(waits) < BOUND and max(waits) < LOST, waits)


try:
    here, there = Instance(), Instance()
    here.register("ada@example.com")

    def session() -> str:
        """A token that both have verified and remember."""
        body = {"email": "ada@example.com", "password": "correct horse battery"}
        token = here.call("POST", "/api/auth/login", body)[1]["data"]["accessToken"]
        for instance in (here, there) * 2:
            if instance.call("GET", "/api/auth/me", token=token)[0] != 200:
                raise SystemExit("a new token is refused")
        return token

    waits = []
    for _ in range(TIMES):
        token = session()
        here.call("POST", "/api/auth/logout", token=token)
        if here.call("GET", "/api/auth/me", token=token)[0] != 401:
            check("a logout holds at once where it was made", False)
        waits.append(refused_after(there, token))
    tell(f"{TIMES} logouts at one instance hold at the other", waits)

    waits = []
    for _ in range(5):
        token = session()
        sql("update auth.users set status = 'disabled'")
        waits += [refused_after(instance, token) for instance in (here, there)]
        sql("update auth.users set status = 'active'")
    tell("an account that was disabled in the database is refused by both", waits)

    # While an instance cannot hear, it must not remember either.
    waits = []
    for _ in range(5):
        token = session()
        sql("select pg_terminate_backend(pid) from pg_stat_activity where query ilike 'listen%' and datname = current_database()")
        here.call("POST", "/api/auth/logout", token=token)
        waits.append(refused_after(there, token))
    tell("so is a logout while the listeners' connections are lost", waits)
finally:
    instances.stop_all()
sys.exit(instances.failures > 0)
