"""A stand-in for the Z.ai / BigModel HTTP API on a loopback port.

Written from the public documentation as a second witness of the wire: it shares no code with the
client in `zaichat.zai` and imports nothing of this project. It answers with a small local model,
or with deterministic scripts, and can produce every fault a client has to survive.
"""
