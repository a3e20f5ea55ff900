"""The table that `make bench` prints: each figure beside the limit it is held against, and whether the goal is met."""


class Report:
    def __init__(self):
        self.rows: list[tuple[str, str, str, str, str, str]] = []
        self.missed = 0

    def ratio(self, what: str, ours: float, limit: float, unit: str, goal: float, at_least: bool, note: str = ""):
        """One goal: ours divided by the limit, at least or at most `goal`."""
        ratio = ours / limit
        met = ratio >= goal if at_least else ratio <= goal
        self.missed += not met
        sign = "≥" if at_least else "≤"
        self.rows.append((what, f"{ours:,.1f} {unit}", f"{limit:,.1f}", f"{ratio:.2f}", f"{sign} {goal:g}",
                          ("met" if met else "MISSED") + (f" ({note})" if note else "")))

    def fact(self, what: str, value: str):
        """A figure without a goal."""
        self.rows.append((what, value, "", "", "", "reported"))

    def show(self):
        head = ("what", "ours", "limit", "ratio", "goal", "")
        widths = [max(len(row[i]) for row in [head, *self.rows]) for i in range(len(head))]
        for row in [head, tuple("-" * width for width in widths), *self.rows]:
            print("  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip())
