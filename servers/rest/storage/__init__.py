"""Documents in SQLite: the tables, the index that queries search, whole datasets."""
