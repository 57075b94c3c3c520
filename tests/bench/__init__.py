"""Benchmarks: every figure is a ratio or a limit measured in one run, on this machine."""
