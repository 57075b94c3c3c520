"""The pages in a real browser: how soon they are usable, how light, how quick under the fingers."""
