"""Prints the folder of a virtual environment with what requirements.txt names, and makes it first where it is missing.

With --if-ready it fails instead of making it. It is kept in ${XDG_CACHE_HOME:-~/.cache}/launch-guard-tests, under a
name that changes with the requirements and with Python. Scripts in it hold its absolute path, so it is built where it
stays, under a lock that ends with its holder; a file `ready` says that it is whole.
"""

import fcntl
import hashlib
import os
import pathlib
import shutil
import subprocess
import sys
import venv

requirements = pathlib.Path(__file__).with_name("requirements.txt")


def main() -> int:
    made_of = requirements.read_bytes() + f"{sys.version} {sys.executable}".encode()
    cache = pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache") / "launch-guard-tests"
    folder = cache / f"python-{hashlib.sha256(made_of).hexdigest()[:12]}"
    if not is_ready(folder):
        if "--if-ready" in sys.argv:
            return 1
        make(folder)
    print(folder)
    return 0


def is_ready(folder: pathlib.Path) -> bool:
    return (folder / "ready").exists()


def make(folder: pathlib.Path) -> None:
    folder.parent.mkdir(parents=True, exist_ok=True)
    with open(f"{folder}.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        # Somebody else may have made it while we waited for the lock.
        if not is_ready(folder):
            build(folder)


def build(folder: pathlib.Path) -> None:
    print(f"Making {folder}; this takes some minutes, once.", file=sys.stderr)
    shutil.rmtree(folder, ignore_errors=True)
    venv.create(folder, with_pip=True)
    install = ["install", "--quiet", "--disable-pip-version-check", "--no-input", "--only-binary", ":all:"]
    subprocess.run(
        [folder / "bin" / "python", "-m", "pip", *install, "--requirement", requirements],
        stdin=subprocess.DEVNULL,
        stdout=sys.stderr,
        check=True,
    )
    (folder / "ready").touch()


sys.exit(main())
