"""The relay of streamed tokens, beside a bare proxy in the same run."""
