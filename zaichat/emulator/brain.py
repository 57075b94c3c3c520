"""The sidecar: llama.cpp's own HTTP server in a process of its own, so that a crash of C++ or
its memory never concerns the stand-in.

Prints one JSON line `{"address": "http://127.0.0.1:N"}` when the model is loaded, and ends as
soon as its standard input closes: it cannot outlive the process that started it.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
from typing import Any

KEY = "LOCAL_BRAIN_KEY"  # the variable that carries the key of the loopback server
# Spinning OpenMP threads would take the cores of everything else on the machine.
os.environ.setdefault("OMP_WAIT_POLICY", "passive")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="zaichat.emulator.brain", description=__doc__)
    parser.add_argument("--gguf", required=True)
    parser.add_argument("--alias", required=True)
    parser.add_argument("--context", type=int, default=8192, help="tokens, shared by the slots")
    parser.add_argument("--slots", type=int, default=2)
    parser.add_argument("--threads", type=int, default=min(2, os.cpu_count() or 1))
    return parser.parse_args()


def load(options: argparse.Namespace) -> Any:
    """llama.cpp's server, listening. Takes about a second for the small model."""
    import xllamacpp  # only after OMP_WAIT_POLICY stands

    engine: Any = xllamacpp  # compiled: it has no types to read
    params = engine.CommonParams()
    params.model.path = options.gguf
    params.model_alias = {options.alias}
    params.n_ctx, params.n_parallel = options.context, options.slots
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = options.threads
    params.ui = False
    params.verbosity = 0
    params.api_keys = [os.environ[KEY]]
    return engine.Server(params)


def main() -> int:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the parent, which ends us
    server = load(arguments())
    print(json.dumps({"address": server.listening_address}), flush=True)
    while sys.stdin.buffer.read(4096):
        pass
    os._exit(0)  # the parent is gone: nothing is left to tidy


if __name__ == "__main__":
    sys.exit(main())
