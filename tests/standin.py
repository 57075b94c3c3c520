"""The stand-in for the API as a process of its own, and its control plane."""

import subprocess
import sys
from typing import Any

import httpx


class StandIn:
    """`python -m zaichat.emulator` on a free port, scripted and under control."""

    def __init__(self, data_dir: str) -> None:
        command = [sys.executable, "-m", "zaichat.emulator", "--port", "0", "--control"]
        command += ["--brain", "scripted", "--data-dir", data_dir]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line.startswith("listening on "), line
        self.origin = line.removeprefix("listening on ").strip()
        self.base_url = f"{self.origin}/api/paas/v4"
        self._http = httpx.Client(base_url=self.origin, trust_env=False, timeout=10)

    def requests(self) -> list[dict[str, Any]]:
        """Chat requests seen since the last reset, oldest first."""
        seen = self._http.get("/__control/requests").raise_for_status().json()
        listed = seen["requests"] if isinstance(seen, dict) else seen
        return [request for request in listed if request["path"].endswith("/chat/completions")]

    def asked(self, words: str) -> list[dict[str, Any]]:
        """Requests whose last message contains these words."""
        return [
            request
            for request in self.requests()
            if words in str(request["body"]["messages"][-1]["content"])
        ]

    def reset(self) -> None:
        self._http.post("/__control/reset").raise_for_status()

    def stop(self) -> None:
        self._http.close()
        self.process.terminate()
        self.process.wait(timeout=10)
        assert self.process.stdout is not None
        self.process.stdout.close()
