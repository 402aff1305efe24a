"""From a prepared request to a reply: connections, redirects, cookies, authentication."""
