"""What is open: requests and runs in tabs and windows, and the drafts that survive a crash."""
