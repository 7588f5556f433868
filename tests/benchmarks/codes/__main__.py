"""Benchmarks of codes: ``make bench-codes``. The last line is machine-readable.

Each part is a module beside this one with a function ``measure`` that returns some of the figures; a figure that no
part measures is null. ``PARTS=parsing`` runs only the parts named.
"""

from __future__ import annotations

import importlib
import json
import os
import pkgutil
import time
from pathlib import Path

FIGURES = ("issue_1m_s", "parse_per_s", "labels_1k_s", "duplicates")


def parts() -> list[str]:
    """Return the names of all parts, or of those that ``PARTS`` names."""
    found = sorted(module.name for module in pkgutil.iter_modules([str(Path(__file__).parent)]))
    asked = os.environ.get("PARTS", "").replace(",", " ").split()
    return [name for name in found if name != "__main__" and (not asked or name in asked)]


def main() -> None:
    """Run the parts and print their figures."""
    figures: dict[str, float | int | None] = dict.fromkeys(FIGURES)
    for name in parts():
        begun = time.perf_counter()
        measured: dict[str, float | int] = importlib.import_module(f"{__package__}.{name}").measure()
        unknown = measured.keys() - set(FIGURES)
        if unknown:
            raise SystemExit(f"{name} measures {sorted(unknown)}, which nobody asked for")
        figures.update(measured)
        print(f"{name}: {measured}  ({time.perf_counter() - begun:.1f} s)", flush=True)
    print("BENCH", json.dumps(figures))


if __name__ == "__main__":
    main()
