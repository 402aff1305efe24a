"""Which proxy a client goes through, where that is not the URL of one."""

SYSTEM_PROXY, NO_PROXY = "system", "none"
