"""What clients send: documents as JSON, XML and forms, and merge patches."""
