"""Fields for texts with variables: lines, secrets, names of files, proxies, tables."""
