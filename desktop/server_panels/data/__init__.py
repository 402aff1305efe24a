"""The Data tab of the REST server: its collections as tables, its files and its switches."""
