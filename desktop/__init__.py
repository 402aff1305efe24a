"""The Qt side of Portside, by feature."""
