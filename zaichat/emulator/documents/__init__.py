"""Documents without a model: their text page by page, and the passages that fit a question."""
