"""Numbers as scripts in the browser write them too: 12,345."""

THOUSAND_SEPARATOR = ","
NUMBER_GROUPING = 3
