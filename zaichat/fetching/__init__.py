"""The one way to addresses that people or models name: guarded, bounded, without our cookies,
proxies or keys."""
