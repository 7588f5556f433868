"""Parse and check any code; code rules, issuing, labels."""
