"""The dairy without files and clocks."""
