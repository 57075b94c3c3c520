"""Pages of conversations, and the small changes that need no socket. All synchronous."""
