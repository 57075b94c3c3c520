"""Pages of the studio and the gallery."""
