"""The admin panel as a place of its own: people enter and leave it as they do the chat."""
