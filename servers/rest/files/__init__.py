"""Data files: the user's JSON and CSV, and the sample that comes with the program."""
