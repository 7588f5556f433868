"""What is committed: nothing of one machine, locks that hold together, one version."""

from __future__ import annotations

import re
import tomllib

import suyuan
from tools import sources
from tools.places import ROOT

# Put together so that this file does not contain what it looks for.
FOREIGN = re.compile(
    "|".join(
        (
            r"(?<![\w.}@])/(?:wo" + r"rk|fa" + r"rm)/",
            r"(?<![\w.}@])/(?:ho" + r"me|Us" + r"ers|ro" + r"ot)/\w",
            r"registry\.np" + r"mjs",
            r"pythonho" + r"sted",
            r"py" + r"pi\.org/sim" + r"ple",
            r"deb\.deb" + r"ian",
            r"fa" + r"rm-(?:studio|bench)",
        )
    )
)
BINARY = (".png", ".jpg", ".webp", ".gif", ".ico", ".woff2", ".wasm", ".ttf", ".ttc", ".pdf", ".xlsx")


def test_no_path_of_a_machine_and_no_registry_host_is_committed() -> None:
    found = [
        f"{name}:{number} {hit[0]}"
        for name in sources.tracked()
        if not name.endswith(BINARY)
        for number, line in enumerate(sources.text(name).splitlines(), 1)
        if (hit := FOREIGN.search(line))
    ]
    assert not found, "\n".join(found)


def test_nothing_that_is_built_is_committed() -> None:
    built = [
        name
        for name in sources.tracked()
        if re.search(r"(^|/)(node_modules|dist|__pycache__|\.venv|\.build)/|entry/static/app/", name)
    ]
    assert not built, "\n".join(built)


def test_every_text_file_ends_its_last_line() -> None:
    open_ended = [
        name
        for name in sources.named(
            ".py", ".sql", ".md", ".ts", ".tsx", ".css", ".sh", ".toml", ".txt", ".json", "Makefile"
        )
        if sources.text(name) and not sources.text(name).endswith("\n")
    ]
    assert not open_ended, "\n".join(open_ended)


def _locked(name: str) -> dict[str, str]:
    """Return package → version (and marker) of a lock."""
    rows = re.findall(r"^([a-z0-9][a-z0-9._-]*)==(\S+(?: ;[^\\\n]*)?)", sources.text(f"requirements/{name}.txt"), re.M)
    return {package: version.strip() for package, version in rows}


def test_the_development_lock_holds_the_runtime_lock() -> None:
    runtime, dev = _locked("runtime"), _locked("dev")
    differing = [
        f"{name}: {version} / {dev.get(name)}" for name, version in runtime.items() if dev.get(name) != version
    ]
    assert len(runtime) > 10
    assert not differing, "\n".join(differing)


def test_locks_have_hashes_and_name_no_address() -> None:
    for name in sources.named(".txt", under="requirements/"):
        lock = sources.text(name)
        assert "://" not in lock, name
        for row in re.split(r"\n(?=\S)", lock.strip()):
            assert "--hash=sha256:" in row, f"{name}: {row.splitlines()[0]}"
    for name in sources.named("package-lock.json"):
        assert '"resolved"' not in sources.text(name), f"{name} names download addresses"
        assert '"integrity"' in sources.text(name), name


def test_every_direct_dependency_is_locked() -> None:
    project = tomllib.loads(sources.text("pyproject.toml"))["project"]
    asked = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    names = {re.split(r"[\[<>=!~ ;]", each)[0].lower().replace("_", "-") for each in asked}
    missing = sorted(names - _locked("dev").keys())
    assert not missing, f"run make lock: {missing}"


def test_there_is_one_version() -> None:
    project = tomllib.loads(sources.text("pyproject.toml"))["project"]
    assert project["version"] == suyuan.__version__


def test_the_ci_script_runs_make_test_and_nothing_else() -> None:
    lines = [line.strip() for line in sources.text(".ci/run").splitlines()]
    assert lines[-1] == "exec make test"
    assert sum("make test" in line for line in lines if not line.startswith("#")) == 1


def test_the_makefile_names_no_absolute_path() -> None:
    """GNU make splits on spaces: the checkout's own path must never enter a rule."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert not re.search(r"\$\((?:CURDIR|PWD|abspath|realpath|MAKEFILE_LIST)", makefile)
    assert not re.search(r"(?<![\w.$\"'])/(?:usr|opt|tmp|etc)/", makefile)
