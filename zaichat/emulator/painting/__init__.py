"""Pictures and films painted from the words of a prompt: no model, and they say so themselves."""
