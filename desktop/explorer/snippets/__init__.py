"""A request as code of other languages."""
