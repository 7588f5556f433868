"""What ``coding`` keeps."""
