#!/bin/sh
# Print the path of a Python >= 3.11, or say in both languages how to get one. Sourced by nothing; run by tools/prepare.sh.
set -u
for name in ${SUYUAN_PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11 python; do
    found=$(command -v "$name" 2>/dev/null) || continue
    if "$found" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
        printf '%s\n' "$found"
        exit 0
    fi
done
seen=$(python3 --version 2>&1) || seen='no python3'
cat >&2 <<MESSAGE
需要 Python 3.11 或更高版本（找到的是：$seen）。请先安装：
Python 3.11 or newer is needed (found: $seen). Install it first:
    Debian 12+ / Ubuntu 24.04+:  sudo apt install python3 python3-venv
    Ubuntu 22.04:                sudo apt install python3.11 python3.11-venv
    macOS:                       brew install python@3.13
如果已安装在别处，请指明它的路径：SUYUAN_PYTHON=/path/to/python3.12 make …
If it is installed elsewhere, say where:  SUYUAN_PYTHON=/path/to/python3.12 make …
MESSAGE
exit 1
