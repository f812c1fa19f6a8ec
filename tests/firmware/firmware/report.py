"""The rows of an image: what each shows, whether it held, and the figures it found."""

import json
import time
import traceback
from pathlib import Path

from .machine import Failed


class Report:
    """Rows in the order they were tried, written after each.

    A run may try some groups only: what another run found of the same image stays in the file."""

    def __init__(self, file):
        self.file = Path(file)
        self.image, self.rows, self.kept = {}, [], []
        try:
            self.before = json.loads(self.file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            self.before = {}

    def about(self, image):
        """What is tried from now on is this image: the SHA-256 of its parts, by name."""
        self.image = image
        self.kept = self.before.get("rows", []) if self.before.get("image") == image else []

    def row(self, number, what, tries):
        """Tries one row: `tries` returns its facts, or raises."""
        began = time.monotonic()
        entry = {"row": number, "what": what, "held": False, "facts": {}}
        try:
            entry["facts"] = tries() or {}
            entry["held"] = True
        except Failed as missed:
            entry["why"] = str(missed)
        except Exception:  # pylint: disable=broad-except
            entry["why"] = traceback.format_exc()
        entry["seconds"] = round(time.monotonic() - began, 1)
        self.rows.append(entry)
        self.write()
        mark = "✓" if entry["held"] else "✗"
        print(f"{mark} {number} {what} ({entry['seconds']} s) {json.dumps(entry['facts'], ensure_ascii=False)}",
              flush=True)
        if "why" in entry:
            print("   " + entry["why"].replace("\n", "\n   "), flush=True)
        return entry["held"]

    def write(self):
        tried = {row["row"] for row in self.rows}
        kept = [row for row in self.kept if row["row"] not in tried]
        found = {"image": self.image, "rows": kept + self.rows}
        text = json.dumps(found, indent=2, ensure_ascii=False)
        self.file.write_text(text + "\n", encoding="utf-8")

    def summary(self):
        held = sum(row["held"] for row in self.rows)
        print(f"{held} passed, {len(self.rows) - held} failed", flush=True)
        return held == len(self.rows)


def expect(holds, message):
    """A row holds only if this does."""
    if not holds:
        raise Failed(message)
