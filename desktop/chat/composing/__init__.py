"""Where messages are written: their forms, what is wrong with them, and those that were written before."""
