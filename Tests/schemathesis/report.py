"""Prints, for each operation and role, how many answers there were and the share of 2xx and 3xx."""
import collections
import json
import sys

seen: dict[tuple[str, str], collections.Counter] = collections.defaultdict(collections.Counter)
with open(sys.argv[1]) as file:
    for line in file:
        row = json.loads(line)
        seen[row["operation"], row["role"]].update({int(status): count for status, count in row["statuses"].items()})
print(f"{'operation':38} {'role':9} {'answers':>7} {'2xx/3xx':>8}  statuses")
for (operation, role), counts in sorted(seen.items()):
    total = sum(counts.values())
    good = sum(count for status, count in counts.items() if 200 <= status < 400)
    listing = " ".join(f"{status}:{count}" for status, count in sorted(counts.items()))
    print(f"{operation:38} {role:9} {total:7} {good / total:8.0%}  {listing}")
