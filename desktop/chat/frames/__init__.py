"""Every frame of a connection as it was on the wire (RFC 6455, section 5.2), and the table of them."""
