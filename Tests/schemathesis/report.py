"""Prints, for each operation and role, how many answers there were and the share of 2xx: of all, and of those to valid data."""
import collections
import json
import sys

ROLES = ["none", "CUSTOMER", "VENDOR", "ADMIN"]
seen: dict[tuple[str, str], dict[bool, collections.Counter]] = collections.defaultdict(
    lambda: {True: collections.Counter(), False: collections.Counter()})
with open(sys.argv[1]) as file:
    for line in file:
        row = json.loads(line)
        seen[row["operation"], row["role"]][row["valid"]].update({int(status): n for status, n in row["statuses"].items()})


def share(counts: collections.Counter) -> str:
    total = sum(counts.values())
    return f"{sum(n for status, n in counts.items() if 200 <= status < 300) / total:.0%}" if total else "-"


def listing(counts: collections.Counter) -> str:
    return " ".join(f"{status}:{n}" for status, n in sorted(counts.items())) or "-"


print(f"{'operation':31} {'role':9} {'answers':>7} {'2xx':>4} {'valid':>6} {'2xx':>4}  statuses of valid data | of the rest")
for (operation, role), counts in sorted(seen.items(), key=lambda item: (item[0][0], ROLES.index(item[0][1]))):
    valid, rest = counts[True], counts[False]
    print(f"{operation:31} {role:9} {sum((valid + rest).values()):7} {share(valid + rest):>4} {sum(valid.values()):6} "
          f"{share(valid):>4}  {listing(valid)} | {listing(rest)}")
