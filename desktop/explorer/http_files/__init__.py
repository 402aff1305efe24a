"""Collections: `.http` files read, written, and kept in folders."""
