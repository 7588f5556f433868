"""What the demo plant is and does; pure, repeatable for a seed, no input or output."""
