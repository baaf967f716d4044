"""``make bench``: figures that anyone can repeat. Runs each ``tests/bench_*.py`` (``rows() -> list[str]``) and prints
what it says.

Name some to run only those: ``make bench ARGS="serve phone"``. Figures that are compared were measured side by side in
the same run, since a busy machine moves all of them; the load at the start is printed.
"""

import importlib
import os
import sys
import time
from pathlib import Path


def main(wanted: list[str]) -> int:
    names = sorted(path.stem for path in Path(__file__).parent.glob("bench_*.py"))
    chosen = [name for name in names if not wanted or name.removeprefix("bench_") in wanted]
    if not chosen:
        print(f"There is no such bench. There are: {', '.join(name.removeprefix('bench_') for name in names)}")
        return 1
    print(f"{os.cpu_count()} cores; others' load at the start: {os.getloadavg()[0]:.1f}")
    for name in chosen:
        module, start = importlib.import_module(f"tests.{name}"), time.monotonic()
        print(f"\n== {name.removeprefix('bench_')}: {(module.__doc__ or '').splitlines()[0]}", flush=True)
        for row in module.rows():
            print(row, flush=True)
        print(f"({time.monotonic() - start:.0f} s)")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
