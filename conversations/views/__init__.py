"""Pages of conversations, and the three small changes that need no socket. All synchronous."""
