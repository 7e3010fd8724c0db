"""The table of records: rows, columns, the grid for wide screens and cards for narrow ones."""
