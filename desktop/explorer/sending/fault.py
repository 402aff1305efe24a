"""A failure that is already a sentence."""


class Fault(Exception):
    """Why a request could not be sent or its response not be kept; its text is a sentence for the user."""
