"""The forms in which clients get to see resources: one module a media type, each with `render(view)`."""
