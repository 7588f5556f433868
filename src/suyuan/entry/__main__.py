"""``python -m suyuan.entry``: the ``suyuan`` command without an installed script."""

from suyuan.entry.cli import main

if __name__ == "__main__":
    main()
