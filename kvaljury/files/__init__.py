"""The edition folder: files to values and values to files."""
