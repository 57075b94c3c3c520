"""Pictures and films of the API, made by a painter instead of a model."""
