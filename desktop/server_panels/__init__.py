"""The Servers page: a card for each server and its live traffic."""
