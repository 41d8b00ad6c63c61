"""One module a page: its routes, and what it asks of the store."""
