"""Every request that was sent, with its whole response, and without the secrets in it."""
