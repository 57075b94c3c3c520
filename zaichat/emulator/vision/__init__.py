"""What a small program can honestly say about pictures: measures, colours, places. No model."""
