"""The contract, held against real processes over HTTP and WebSocket. Imports nothing of the app."""
