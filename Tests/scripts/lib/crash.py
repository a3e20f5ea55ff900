"""P-12, P-14, D-C01, D-D02: the platform is killed in the middle of payments. Afterwards each payment has settled once, and payments,
ledger, events and audit trail say the same."""
import random
import sys
import threading
import time
import uuid

import instances
from instances import Instance, check, sql, until

ROUNDS = 4


def books() -> list[str]:
    """What does not add up, a line each."""
    return sql(
        """
        select p.id || ' ' || p.status || ' ledger ' || array_to_string(t.steps, ',') || ' events ' || e.made || '/' || e.settled
            || ' audit ' || a.made || '/' || a.settled || ' keys ' || k.keys
        from payments.payments p
        cross join lateral (select array_agg(status::text order by id) steps from payments.payment_transactions
            where payment_id = p.id) t
        cross join lateral (select count(*) filter (where type like '%created') made,
            count(*) filter (where type like '%completed') settled from events.outbox where aggregate_id = p.id) e
        cross join lateral (select count(*) filter (where action = 'payments.created') made,
            count(*) filter (where action = 'payments.status_changed') settled from admin.audit_logs
            where resource_id = p.id) a
        cross join lateral (select count(*) keys from payments.idempotency_records where payment_id = p.id) k
        where p.status <> 'completed' or t.steps <> array['pending', 'processing', 'completed'] or e.made <> 1 or e.settled <> 1
            or a.made <> 1 or a.settled <> 1 or k.keys <> 1
        """).splitlines()


class Orders:
    """Payments with a key each, sent at once by threads of their own."""

    def __init__(self, count: int, simulate: str):
        self.keys = [str(uuid.uuid4()) for _ in range(count)]
        self.body = {"type": "payment", "amount": "10.50", "currency": "EUR", "metadata": {"simulate": simulate}}
        self.answers: dict[str, tuple[int, dict]] = {}

    def send(self, instance: Instance, token: str) -> list[threading.Thread]:
        def one(key: str) -> None:
            self.answers[key] = instance.try_call("POST", "/api/payments", self.body, token, Idempotency_Key=key)

        threads = [threading.Thread(target=one, args=(key,)) for key in self.keys]
        for thread in threads:
            thread.start()
        return threads

    def repeat(self, instance: Instance, token: str) -> dict[str, str]:
        """The payment of each key, as a repetition is told, which may have to wait for the sweeper."""
        made = {}
        for key in self.keys:
            def answered() -> bool:
                status, answer = instance.try_call("POST", "/api/payments", self.body, token, Idempotency_Key=key)
                if status == 201:
                    made[key] = answer["data"]["id"]
                return status == 201
            until(answered, 120)
        return made


def in_flight() -> None:
    """Killed while the provider has been asked and has not answered."""
    first = Instance(PAYMENTS_SWEEP_AFTER="1h")
    token = first.register("ada@example.com")
    paid, waiting, slow = Orders(3, "approve"), Orders(3, "timeout"), Orders(10, "slow")
    for orders in (paid, waiting):
        for thread in orders.send(first, token):
            thread.join()
    threads = slow.send(first, token)
    processing = "select count(*) from payments.payments where status = 'processing'"
    # The provider takes three seconds: all ten are caught, unless the machine is busy; then those that are.
    until(lambda: int(sql(processing)) > 3)
    until(lambda: sql(processing) == "13", 1)
    first.kill()
    for thread in threads:
        thread.join()
    caught = int(sql(processing)) - 3
    check(f"payments were being processed ({caught} of 10)", caught > 0)
    answered = sum(status == 201 for status, _ in slow.answers.values())
    lost = sum(status == 0 for status, _ in slow.answers.values())
    check(f"{lost} that were on their way got no answer", lost >= caught and lost + answered == 10, slow.answers)
    settled = int(sql("select count(*) from payments.payment_transactions where status = 'completed'"))
    check("none of those that were being processed has settled", 3 + answered <= settled <= 13 - caught, settled)

    both = [Instance(PAYMENTS_SWEEP_AFTER="1s") for _ in range(2)]
    check("two instances that sweep at once settle them", until(lambda: sql(processing) == "0"), sql(processing))
    check("each once, in ledger, events and audit trail", books() == [], books())
    token = both[0].call(
        "POST", "/api/auth/login", {"email": "ada@example.com", "password": "correct horse battery"}
    )[1]["data"]["accessToken"]
    for orders, name in ((slow, "lost"), (waiting, "pending"), (paid, "paid")):
        one, two = (orders.repeat(instance, token) for instance in both)
        check(f"repetitions of the {name} requests get one payment a key from both", one == two and len(one) == len(orders.keys),
              (one, two))
    total = sql("select count(*) from payments.payments")
    check("there are 16 payments", total == "16", total)
    for instance in both:
        instance.stop()


def storm() -> None:
    """Killed at any moment: before the claim, between claim and settlement, before the answer."""
    keys = 0
    chance = random.Random(7)
    for number in range(ROUNDS):
        victim = Instance(PAYMENTS_SWEEP_AFTER="1h")
        token = victim.register(f"storm{number}@example.com")
        orders = Orders(24, "approve")
        threads = orders.send(victim, token)
        time.sleep(0.02 + 0.06 * number + chance.uniform(0, 0.04))
        victim.kill()
        for thread in threads:
            thread.join()
        answered = {key: answer["data"]["id"] for key, (status, answer) in orders.answers.items() if status == 201}
        after = Instance(PAYMENTS_SWEEP_AFTER="1s")
        made = orders.repeat(after, token)
        keys += len(orders.keys)
        check(f"storm {number + 1}: {len(answered)} of 24 answered before; a repetition names the same payment",
              len(made) == 24 and all(made[key] == id for key, id in answered.items()), made)
        after.stop()
    total = int(sql("select count(*) from payments.payments"))
    check(f"{keys} keys made {keys} payments", total == 16 + keys, total - 16)
    check("payments, ledger, events and audit trail agree", books() == [], books())


try:
    in_flight()
    storm()
finally:
    instances.stop_all()
sys.exit(instances.failures > 0)
