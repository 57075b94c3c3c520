"""Runs a Python program as a child that never outlives its parent.

`python -m zaichat.child module|file arguments…`: the parent holds the other end of standard
input, so when it dies, however it dies, reading ends, and this process ends in order, or by
force when it does not manage to. Works alike on every system; imports nothing of Django.
"""

import os
import runpy
import signal
import sys
import threading
import time

PATIENCE = 10.0  # seconds, as for every role


def watch_parent() -> None:
    while os.read(0, 1024):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(PATIENCE)
    os._exit(1)


def main(arguments: list[str]) -> None:
    threading.Thread(target=watch_parent, name="watch-parent", daemon=True).start()
    sys.argv = arguments
    program = arguments[0]
    if program.endswith(".py"):
        runpy.run_path(program, run_name="__main__")
    else:
        runpy.run_module(program, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main(sys.argv[1:])
