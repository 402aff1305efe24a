"""Tests of the event loop, on the batched loop and on stock qasync."""
