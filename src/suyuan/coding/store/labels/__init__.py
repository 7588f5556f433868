"""What labels keep, and what they take from this machine: fonts, print jobs, printers."""
