"""`make conformance`: the WebSocket server against the Autobahn test suite, which needs Python 2.7."""
