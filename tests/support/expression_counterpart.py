"""The browser's evaluator, asked from here: one process of Node for all questions."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from typing import Any

from suyuan.kernel.expressions import ExpressionError, evaluate, from_plain, plain
from tools.node import environment
from tools.places import ROOT

_RUN = """
import { rolldown } from "rolldown";
const made = await rolldown({ input: "src/expressions/tests/answer.ts", platform: "node", logLevel: "silent" });
const { output } = await made.generate({ format: "esm" });
await import("data:text/javascript," + encodeURIComponent(output[0].code));
"""


def here(tree: Any, values: dict[str, Any], now: str) -> dict[str, Any]:
    """Return what our own evaluator answers."""
    given = {name: from_plain(value) for name, value in values.items()}
    clock = from_plain({"datetime": now})
    try:
        return {"value": plain(evaluate(tree, given, now=clock))}
    except ExpressionError as fault:
        return {"fault": fault.kind.code.rpartition(".")[2], "at": fault.at}


def browser(questions: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return what the browser's evaluator answers to each ``{tree, values, now}``."""
    lines = "\n".join(json.dumps(question) for question in questions)
    command = ["node", "--input-type=module", "-e", _RUN]
    done = subprocess.run(
        command, input=lines.encode(), capture_output=True, timeout=240, check=False, env=environment(),
        cwd=ROOT / "frontend",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(answers) == len(questions)
    return answers
