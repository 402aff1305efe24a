"""What stands for `{{names}}`: environments, dynamic values, earlier responses."""
