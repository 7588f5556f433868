"""Other people's implementations, asked in processes of their own: python-stdnum and bwip-js."""

from __future__ import annotations

import json
import os
import subprocess
import sys

from tools.node import environment
from tools.places import FRONTEND

_STDNUM = """
import importlib, json, sys
for line in sys.stdin:
    module, function, args, keywords = json.loads(line)
    try:
        answer = getattr(importlib.import_module("stdnum." + module), function)(*args, **keywords)
    except Exception as error:
        answer = "refused: " + type(error).__name__
    print(json.dumps(answer))
"""

_BWIP = """
const bwipjs = require("bwip-js");
for (const line of require("fs").readFileSync(0, "utf8").split("\\n").filter(Boolean)) {
  const options = JSON.parse(line);
  try {
    bwipjs.raw(options);
    console.log("null");
  } catch (error) {
    console.log(JSON.stringify(String(error.message ?? error)));
  }
}
"""


def stdnum(calls: list[tuple[str, str, list[object], dict[str, object]]]) -> list[object]:
    """Return what python-stdnum answers to each (module, function, arguments, keywords)."""
    return _answers([sys.executable, "-c", _STDNUM], calls, dict(os.environ))


def bwip(options: list[dict[str, object]]) -> list[object]:
    """Return for each set of options the complaint of bwip-js, None where it draws the symbol."""
    return _answers(["node", "-e", _BWIP], options, environment())


def _answers(command: list[str], questions: list[object], env: dict[str, str]) -> list[object]:
    lines = "\n".join(map(json.dumps, questions))
    done = subprocess.run(
        command, input=lines.encode(), capture_output=True, timeout=240, check=False, env=env, cwd=FRONTEND
    )
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(answers) == len(questions)
    return answers
