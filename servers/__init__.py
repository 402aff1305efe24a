"""The servers of Portside: they know nothing of Qt and run under any asyncio loop."""

VERSION = "0.1.0"
