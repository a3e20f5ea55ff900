"""What turns schemathesis from a stranger into a client: tokens signed with the platform's key, and real ids, keys and
passwords in half of the positive cases. Negative cases are left as they were generated."""
import atexit
import base64
import collections
import itertools
import json
import os
import random
import time
import uuid

import schemathesis
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, utils

ROLE = os.environ.get("SCHEMATHESIS_ROLE", "")
ACCOUNT = os.environ["SCHEMATHESIS_ACCOUNT"]
SESSIONS = itertools.cycle(range(1, 4001))
ONE_TIME = itertools.cycle(range(1, 4001))
ONE_TIME_LETTERS = {"POST /api/auth/verify-email": "v", "POST /api/auth/reset-password": "s"}
PAYMENTS = itertools.cycle(range(1, 4001))
ADDRESSES = itertools.count(1)
LOGIN = {"email": "ada@example.com", "password": "correct horse battery"}
chooser = random.Random(int(os.environ.get("SCHEMATHESIS_SEED", "0")))
statuses: dict[tuple[str, bool], collections.Counter] = collections.defaultdict(collections.Counter)
refresh_token = os.environ.get("SCHEMATHESIS_REFRESH_TOKEN", "")
# Queries whose cursor came from the page before.
more_pages: collections.deque[dict] = collections.deque(maxlen=20)

with open(os.environ["JWT_KEY_FILE"], "rb") as file:
    KEY = serialization.load_pem_private_key(file.read(), password=None)


def encoded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def key_id() -> str:
    """RFC 7638 thumbprint, which the platform uses as `kid`."""
    numbers = KEY.public_key().public_numbers()
    member = lambda value: encoded(value.to_bytes(32, "big"))
    canonical = json.dumps(
        {"crv": "P-256", "kty": "EC", "x": member(numbers.x), "y": member(numbers.y)}, separators=(",", ":"))
    digest = hashes.Hash(hashes.SHA256())
    digest.update(canonical.encode())
    return encoded(digest.finalize())


def token() -> str:
    """An access token of a session of its own, so that a logout ends no other test's session."""
    now = int(time.time())
    session = f"00000000-0000-4000-8000-{next(SESSIONS):012d}"
    header = {"alg": "ES256", "kid": key_id(), "typ": "at+jwt"}
    claims = {
        "userId": ACCOUNT, "email": "schemathesis@example.com", "role": ROLE, "iat": now, "exp": now + 900,
        "iss": "lockstep-platform", "aud": "lockstep-platform", "sub": ACCOUNT, "sid": session,
        "jti": str(uuid.uuid4()), "auth_time": now, "amr": ["pwd"]}
    signed = ".".join(encoded(json.dumps(part, separators=(",", ":")).encode()) for part in (header, claims))
    r, s = utils.decode_dss_signature(KEY.sign(signed.encode(), ec.ECDSA(hashes.SHA256())))
    return f"{signed}.{encoded(r.to_bytes(32, 'big') + s.to_bytes(32, 'big'))}"


if ROLE:

    @schemathesis.auth(refresh_interval=None)
    class SignedToken:
        def get(self, case, context):
            return token()

        def set(self, case, data, context):
            case.headers["Authorization"] = f"Bearer {data}"


def is_positive(case) -> bool:
    meta = case.meta
    return meta is not None and meta.generation.mode.value == "positive"


@schemathesis.hook
def before_call(context, case, kwargs):
    """Half of the positive cases meet something that exists, and all of those that a token opens, which is part of being valid."""
    name = case.operation.label
    if is_positive(case) and name in ONE_TIME_LETTERS and isinstance(case.body, dict):
        case.body["token"] = str(next(ONE_TIME)).rjust(43, ONE_TIME_LETTERS[name])
    if not is_positive(case) or chooser.random() < 0.5:
        return
    if "{id}" in name:
        case.path_parameters["id"] = f"00000000-0000-4000-9000-{next(PAYMENTS):012d}"
        if case.method in ("PUT", "DELETE", "POST") and case.headers is not None:
            case.headers["If-Match"] = "*"
        if name == "PUT /api/payments/{id}" and isinstance(case.body, dict):
            case.body.pop("amount", None)
            case.body.setdefault("description", "by schemathesis")
        if name.endswith("/status") and isinstance(case.body, dict):
            case.body["status"] = "cancelled"
    elif name == "POST /api/auth/register" and isinstance(case.body, dict):
        case.body["email"] = f"new{next(ADDRESSES)}@example.com"
    elif name == "POST /api/payments" and isinstance(case.body, dict):
        case.headers["Idempotency-Key"] = str(uuid.UUID(int=chooser.getrandbits(128), version=4))
        case.body["type"] = "initiate" if ROLE == "VENDOR" else "payment"
        if ROLE == "ADMIN":
            case.body["onBehalfOf"] = ACCOUNT
        else:
            case.body.pop("onBehalfOf", None)
    elif name == "GET /api/payments":
        if more_pages and chooser.random() < 0.3:
            case.query = dict(chooser.choice(more_pages))
        elif case.query:
            case.query.pop("cursor", None)
    elif name == "POST /api/auth/login":
        case.body = dict(LOGIN)
    elif name == "POST /api/auth/refresh" and refresh_token:
        case.body = {"refreshToken": refresh_token}


@schemathesis.hook
def after_call(context, case, response):
    global refresh_token
    # Another method on the path is no call of the operation.
    is_valid = is_positive(case) and case.method.upper() == case.operation.method.upper()
    statuses[case.operation.label, is_valid][response.status_code] += 1
    if case.operation.label == "POST /api/auth/refresh" and response.status_code == 200:
        refresh_token = response.json()["data"]["refreshToken"]
    if case.operation.label == "GET /api/payments" and is_valid and response.status_code == 200:
        cursor = response.json()["meta"].get("nextCursor")
        if cursor:
            more_pages.append({**(case.query or {}), "cursor": cursor})


@atexit.register
def write_statuses():
    with open(os.environ["SCHEMATHESIS_STATUSES"], "a") as file:
        for (operation, is_valid), counts in sorted(statuses.items()):
            row = {"role": ROLE or "none", "operation": operation, "valid": is_valid, "statuses": counts}
            file.write(json.dumps(row) + "\n")
