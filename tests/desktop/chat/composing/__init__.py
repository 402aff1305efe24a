"""Mirrors desktop/chat/composing."""
