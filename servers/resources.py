"""The one place on the server side that knows where the resources folder is."""

from pathlib import Path

_ROOT = Path(__file__).resolve().parent.parent / "resources"


def resource_path(*parts: str) -> Path:
    """The path of a bundled file or folder: ``resources`` lies beside the ``servers`` package, packaged or not."""
    return _ROOT.joinpath(*parts)
