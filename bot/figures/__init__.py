"""How Loa is used, from the store's figures: for a page, a table and a report."""
