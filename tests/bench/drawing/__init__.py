"""Drawing answers in a browser, beside a page that only appends their text."""
