"""Labels: what they are, how they are laid out in dots, drawn, checked, and said to printers."""
