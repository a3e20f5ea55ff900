"""Authenticated reads of payments against pgbench sending the same SQL, identity included, under row-level security."""
import base64
import json
import os
import pathlib
import re
import statistics
import subprocess
import time

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, utils

from processes import wrk

HERE = pathlib.Path(__file__).parent
ACCOUNTS = 1000

COLUMNS = """p.id, p.user_id, p.type, p.status, p.amount_minor, p.currency, p.description, p.metadata, p.version,
    p.created_at, p.updated_at"""
TIMELINE = ", ".join(
    f"array(select {column} from payments.payment_transactions t where t.payment_id = p.id order by t.id)"
    for column in ["t.status::text", "t.created_at", "coalesce(t.reason, '')"])
ACCOUNT = "('00000000-0000-4000-8000-' || lpad(:n::text, 12, '0'))"
ONE = f"""select {COLUMNS}, {TIMELINE} from payments.payments p
    where p.id = ('00000000-0000-4000-9000-' || lpad(:n::text, 12, '0'))::uuid;
"""
PAGE = f"""select {COLUMNS} from payments.payments p where true and p.user_id = {ACCOUNT}::uuid
    order by p.created_at desc, p.id desc limit 21;
"""
IDENTITY = f"""select set_config('app.user_id', {ACCOUNT}, true), set_config('app.role', 'CUSTOMER', true),
    set_config('transaction_read_only', 'on', true);
"""


def as_sent(select: str) -> str:
    """What the platform sends for each request: the caller's identity and the select, in one sync group."""
    return f"\\startpipeline\n{IDENTITY}{select}\\endpipeline\n"


def account(n: int) -> str:
    return f"00000000-0000-4000-8000-{n:012d}"


def make_key(path: pathlib.Path):
    """The platform's signing key: in production it does not make one itself."""
    pem = ec.generate_private_key(ec.SECP256R1()).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path.touch(0o600)
    path.write_bytes(pem)


def encoded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def tokens(key_file: pathlib.Path, count: int) -> list[str]:
    """Access tokens for the seeded sessions, each different, signed with the platform's key."""
    key = serialization.load_pem_private_key(key_file.read_bytes(), password=None)
    numbers = key.public_key().public_numbers()
    member = lambda value: encoded(value.to_bytes(32, "big"))
    thumbprint = hashes.Hash(hashes.SHA256())
    jwk = {"crv": "P-256", "kty": "EC", "x": member(numbers.x), "y": member(numbers.y)}
    thumbprint.update(json.dumps(jwk, separators=(",", ":")).encode())
    header = {"alg": "ES256", "kid": encoded(thumbprint.finalize()), "typ": "at+jwt"}
    now = int(time.time())
    made = []
    for i in range(count):
        user = account(i % ACCOUNTS + 1)
        claims = {
            "userId": user, "email": "bench@example.com", "role": "CUSTOMER", "iat": now, "exp": now + 900,
            "iss": "lockstep-platform", "aud": "lockstep-platform", "sub": user, "sid": user, "jti": str(i),
            "auth_time": now, "amr": ["pwd"]}
        signed = ".".join(encoded(json.dumps(part, separators=(",", ":")).encode()) for part in (header, claims))
        r, s = utils.decode_dss_signature(key.sign(signed.encode(), ec.ECDSA(hashes.SHA256())))
        made.append(f"{signed}.{encoded(r.to_bytes(32, 'big') + s.to_bytes(32, 'big'))}")
    return made


def rotation(path: pathlib.Path, bearer: list[str], target: str) -> str:
    """A wrk script that sends one request after the other, each with its own token and, where asked, its own id."""
    lines = path.with_suffix(".txt")
    lines.write_text("\n".join(bearer))
    path.write_text(f"""
local requests = {{}}
local n = 0
init = function()  -- called when the Host is known
    for token in io.lines("{lines}") do
        n = n + 1
        local id = string.format("00000000-0000-4000-9000-%012d", (n - 1) % {ACCOUNTS} + 1)
        local target = string.gsub("{target}", "ID", id)
        wrk.headers["Authorization"] = "Bearer " .. token
        requests[n] = wrk.format("GET", target)
    end
end
local i = 0
request = function()
    i = i % n + 1
    return requests[i]
end
""")
    return str(path)


def pgbench(database: str, script: str, work: pathlib.Path, seconds: float, role: str = "") -> float:
    """Transactions a second under row-level security, 16 clients, prepared. With a role, the identity is set at connect."""
    path = work / "pgbench.sql"
    path.write_text(f"\\set n random(1, {ACCOUNTS})\n{script}")
    options = f"-c role=payments_svc -c app.user_id={account(1)} -c app.role={role}"
    done = subprocess.run(
        ["pgbench", "-n", "-M", "prepared", "-c", "16", "-T", f"{seconds:.0f}", "-f", str(path), database],
        env=os.environ | {"PGOPTIONS": options}, capture_output=True, text=True)
    if done.returncode != 0:
        raise RuntimeError(f"pgbench failed: {done.stderr.strip()[-300:]}")
    return float(re.search(r"tps = ([\d.]+)", done.stdout).group(1))


def measure(report, base: str, database: str, work: pathlib.Path, seconds: float, rounds: int):
    subprocess.run(
        ["psql", database, "-q", "-v", "ON_ERROR_STOP=1", "-f", str(HERE / "seed.sql"), "-c", "analyze auth.users, auth.sessions, payments.payments, payments.payment_transactions"],
        check=True, stdout=subprocess.DEVNULL)
    key = work / "signing-key.pem"
    warm = tokens(key, ACCOUNTS)
    one = rotation(work / "one.lua", warm, "/api/payments/ID")
    page = rotation(work / "page.lua", warm, "/api/payments?limit=20")
    wrk(base, 2, script=one)
    figures = {"one": [], "page": [], "pgbench one": [], "pgbench page": []}
    for _ in range(rounds):
        figures["pgbench one"].append(pgbench(database, as_sent(ONE), work, seconds))
        figures["one"].append(wrk(base, seconds, script=one).rate)
        figures["pgbench page"].append(pgbench(database, as_sent(PAGE), work, seconds))
        figures["page"].append(wrk(base, seconds, script=page).rate)
    middle = {name: statistics.median(values) for name, values in figures.items()}
    report.ratio("GET /api/payments/{id}, authenticated", middle["one"], middle["pgbench one"], "/s", 0.7, True)
    report.ratio("GET /api/payments?limit=20, authenticated", middle["page"], middle["pgbench page"], "/s", 0.4, True)
    # Without the identity that row-level security needs with each request; what a pool for one caller could do.
    for name, select, role in (("select of one payment", ONE, "ADMIN"), ("select of a page", PAGE, "ADMIN")):
        report.fact(f"pgbench, {name} alone", f"{pgbench(database, select, work, seconds, role):,.0f} /s")
    cold = rotation(work / "cold.lua", tokens(key, 60_000), "/api/payments/ID")
    report.fact("GET /api/payments/{id}, each token new", f"{wrk(base, 2, script=cold).rate:,.0f} /s")
