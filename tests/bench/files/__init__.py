"""What files that come in cost everybody else: memory, other pages, running answers."""
