"""Files as the service takes them: kept, parsed, laid out (API: files, file parser, layout)."""
