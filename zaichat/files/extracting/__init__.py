"""Takes text and pictures out of a document, in a process of its own with bounded memory and time.

    python -m zaichat.files.extracting SOURCE FOLDER

What SOURCE is shows in its bytes; its suffix only tells the language of what is text anyway.
Pages are written to FOLDER/pages.jsonl, one `{"number", "label", "text", "picture"}` a line, and
pictures beside it. Prints one JSON object: `{"format", "media_type", "suffix", "page_count",
"thumbnail", "colour", "origin"}`, or `{"refused": code}`. Knows nothing of Django.
"""
