"""Code rules: what they mean, what is wrong with one, making codes and taking them apart. Pure."""
