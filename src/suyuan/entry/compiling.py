"""Compiling the trace kernels ahead, so that not even the first question waits:  python -m suyuan.entry.compiling"""

from __future__ import annotations

from suyuan.entry.compiled import compiled_by_one, is_compiled, keep_compiled_code


def compile_ahead() -> None:
    """Compile all kernels for this machine, unless that has been done."""
    keep_compiled_code()
    if is_compiled():
        return
    print(
        "编译追溯内核（每个版本一次，约一分钟）… | Compiling the trace kernels (once a version, about a minute)…",
        flush=True,
    )
    from suyuan.entry.boot import boot

    boot()
    from suyuan.trace.api.index import warm

    with compiled_by_one():
        warm()


if __name__ == "__main__":
    compile_ahead()
