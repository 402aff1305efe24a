"""Mirrors desktop/chat/keeping."""
