"""A printer made of other people's parts: zpl-renderer-js (Zebrash) behind a TCP socket, in a process of its own.

It tells how many labels it has still to draw when it is asked for its state, as printers do.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tools.node import environment
from tools.places import FRONTEND

_SERVER = r"""
const { ready } = require("zpl-renderer-js");
const { createServer } = require("node:net");
const { writeFileSync } = require("node:fs");
const { join } = require("node:path");
const [folder, width, height, dpmm] = process.argv.slice(1);
const waiting = [];
let drawn = 0;

function state() {
  const left = String(waiting.length).padStart(8, "0");
  return `\x02030,0,0,0800,000,0,0,0,000,0,0,0\x03\r\n\x02000,0,0,0,0,2,4,0,${left},1,000\x03\r\n\x021234,0\x03\r\n`;
}

ready.then(async ({ api }) => {
  const server = createServer((socket) => {
    let data = "";
    socket.setEncoding("utf8");
    socket.on("error", () => undefined);
    socket.on("data", (part) => {
      data += part;
      for (let found; (found = /^\s*(~HS|\^XA[^]*?\^XZ)/.exec(data)); data = data.slice(found[0].length)) {
        if (found[1] === "~HS") socket.write(state());
        else waiting.push(found[1]);
      }
    });
  });
  server.listen(0, "127.0.0.1", () => console.log(server.address().port));
  for (;;) {
    if (waiting.length === 0) {
      await new Promise((resolve) => setTimeout(resolve, 5));
      continue;
    }
    const png = await api.zplToBase64Async(waiting[0], +width, +height, +dpmm);
    drawn += 1;
    writeFileSync(join(folder, `${String(drawn).padStart(6, "0")}.png`), Buffer.from(png, "base64"));
    waiting.shift();
    await new Promise((resolve) => setImmediate(resolve));
  }
});
"""


@contextmanager
def foreign_printer(folder: Path, width: float, height: float, dots_per_mm: int) -> Iterator[int]:
    """Give the port of a printer that draws labels of this size, in millimetres, into ``folder``."""
    command = ["node", "-e", _SERVER, "--", str(folder), str(width), str(height), str(dots_per_mm)]
    server = subprocess.Popen(command, cwd=FRONTEND, env=environment(), stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout is not None
        yield int(server.stdout.readline())
    finally:
        server.kill()
        server.wait()
