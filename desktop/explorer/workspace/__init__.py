"""The user's collections: folders of `.http` files on disk, listed, watched and changed without losing anything."""
