"""Runs pytest with the arguments given, on a PostgreSQL cluster of its own that ends with it.

`python -m tests.on_postgres tests/conversations -q`. Debian's binaries are used; as root the
cluster runs as the user postgres, since PostgreSQL refuses root.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.running import free_port

FOLDERS = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)


def found() -> bool:
    return bool(FOLDERS)


def as_owner(*command: str) -> list[str]:
    return ["runuser", "-u", "postgres", "--", *command] if os.geteuid() == 0 else [*command]


def main(arguments: list[str]) -> int:
    folder = tempfile.mkdtemp(prefix="zaichat-postgres-")
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
    data, port = f"{folder}/data", str(free_port())
    control = [str(FOLDERS[0] / "pg_ctl"), "-D", data, "-w", "-s"]
    options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off"
    subprocess.run(
        as_owner(str(FOLDERS[0] / "initdb"), "-D", data, "-A", "trust", "-U", "zaichat"),
        check=True,
        stdout=subprocess.DEVNULL,
        cwd=folder,
    )
    start = as_owner(*control, "-o", options, "-l", f"{folder}/log", "start")
    subprocess.run(start, check=True, cwd=folder)
    try:
        url = f"postgres://zaichat@127.0.0.1:{port}/postgres"
        command = [sys.executable, "-m", "pytest", *arguments]
        return subprocess.run(
            command, env=os.environ | {"DATABASE_URL": url}, check=False
        ).returncode
    finally:
        subprocess.run(as_owner(*control, "-m", "immediate", "stop"), check=True, cwd=folder)
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
