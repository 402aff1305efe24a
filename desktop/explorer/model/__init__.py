"""What a request is: values, without any doing."""
