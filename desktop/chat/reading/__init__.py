"""How a transcript is read: filtered, searched, paused and saved."""
