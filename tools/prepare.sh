#!/bin/sh
# Bring .venv to what a lock says:  sh tools/prepare.sh runtime|dev
#
# Nothing is done (a few milliseconds) when the lock's checksum is the one noted in .venv at the last full install.
# The project itself is put on the path by a *relative* .pth file rather than by an editable install: it holds in folders
# with spaces or Chinese names in any locale, survives moving the folder, and needs no build backend on the machine.
set -eu
cd -- "$(dirname -- "$0")/.."

want=$1
lock=requirements/$want.txt
py=.venv/bin/python

noted() { # noted LOCK: the lock as it is now is the one that was installed
    [ -f ".venv/suyuan-$1.installed" ] && [ "$(cksum <"requirements/$1.txt")" = "$(cat ".venv/suyuan-$1.installed")" ]
}

usable() { "$py" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; }

# dev.txt holds every line of runtime.txt (a test says so), so a dev environment serves both
if { noted "$want" || noted dev; } && [ -x .venv/bin/suyuan ] && [ -x "$py" ]; then
    usable && exit 0
fi

python=$(sh tools/python.sh) || exit 1

if ! usable || ! "$py" -c 'import pip' >/dev/null 2>&1; then
    rm -rf .venv
    if "$python" -c 'import ensurepip, venv' >/dev/null 2>&1; then
        "$python" -m venv .venv
    elif "$python" -m venv --without-pip .venv 2>/dev/null && "$python" -m pip --python "$py" install -q pip 2>/dev/null; then
        : # Debian without python3-venv but with pip: the machine's own pip put one into the environment
    else
        rm -rf .venv
        cat >&2 <<MESSAGE
$python 缺少 venv/ensurepip 模块，无法建立虚拟环境。请先安装：
$python lacks the venv/ensurepip modules, so no virtual environment can be made. Install them first:
    Debian / Ubuntu:  sudo apt install python3-venv
MESSAGE
        exit 1
    fi
fi

count=$(grep -c '^[A-Za-z0-9]' "$lock")
printf '安装 %s 个 Python 包（按哈希锁定，首次约一两分钟）… | Installing %s Python packages (locked by hash; a minute or two the first time)…\n' "$count" "$count"
if ! "$py" -m pip --disable-pip-version-check --no-input install --quiet --require-hashes -r "$lock"; then
    cat >&2 <<MESSAGE
安装未完成。若网络不可达，可设置 pip 镜像（pip config set global.index-url …）后重试；再次运行会从中断处继续。
The installation did not finish. If the network is the reason, point pip at a mirror (pip config set global.index-url …) and run again.
MESSAGE
    exit 1
fi

site=$(cd .venv && echo lib/python3*/site-packages)
printf '../../../../src\n' >".venv/$site/suyuan.pth"
cat >.venv/bin/suyuan <<'LAUNCHER'
#!/bin/sh
'''exec' "$(dirname -- "$0")/python" "$0" "$@"
' '''
import sys

from suyuan.entry.cli import main

if __name__ == "__main__":
    sys.argv[0] = "suyuan"
    sys.exit(main())
LAUNCHER
chmod +x .venv/bin/suyuan
cksum <"$lock" >".venv/suyuan-$want.installed"
