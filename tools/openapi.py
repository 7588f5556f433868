"""Write what the interface offers, and the web client's types from it:  python -m tools.openapi [--check]

docs/reference/openapi.json is the document that the server answers at /api/v1/openapi.json, and
frontend/src/api/schema.d.ts is made from it by openapi-typescript. Both are committed, and a test fails when the first
no longer says what is served.
"""

from __future__ import annotations

import json
import os
import sys

from tools import node, web
from tools.places import BUILD, FRONTEND, ROOT

DOCUMENT = ROOT / "docs" / "reference" / "openapi.json"
TYPES = FRONTEND / "src" / "api" / "schema.d.ts"


def served() -> str:
    """Return the document as JSON text, as this checkout would serve it."""
    os.environ.setdefault("SUYUAN_DATA", str(BUILD / "openapi"))
    os.environ.setdefault("DATABASE_APP_URL", "postgresql:///")  # described without a database
    from suyuan.entry.boot import boot

    boot()
    from suyuan.entry.web.description import document

    return json.dumps(document(), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def main() -> int:
    """Write both files, or with ``--check`` only tell whether they are up to date."""
    text = served()
    if "--check" in sys.argv[1:]:
        same = DOCUMENT.exists() and DOCUMENT.read_text(encoding="utf-8") == text
        print("docs/reference/openapi.json is up to date" if same else "out of date: run make openapi")
        return 0 if same else 1
    DOCUMENT.write_text(text, encoding="utf-8")
    if status := web.install_packages():
        return status
    made = node.run(
        "npx", "--no-install", "openapi-typescript", str(DOCUMENT), "-o", str(TYPES), cwd=FRONTEND, quiet=True
    )
    print(f"{len(json.loads(text)['paths'])} paths → {DOCUMENT.relative_to(ROOT)}, {TYPES.relative_to(ROOT)}")
    return made


if __name__ == "__main__":
    sys.exit(main())
