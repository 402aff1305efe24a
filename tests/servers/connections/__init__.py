"""Tests of the connections that the HTTP and the REST server share."""
