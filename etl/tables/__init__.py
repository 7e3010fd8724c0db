"""Spreadsheets that a ministry or an agency publishes -> rows shaped like those of the ledger.

A mapping says which column is what (docs/tables.md); `etl.ledger` reads the rows beside its own files, by the
same rules. Whatever the bytes are, the answer is rows and issues, and the rows add up.
"""

from etl.tables.read import read_table
from etl.tables.records import TableRows, TableSource

__all__ = ["TableRows", "TableSource", "read_table"]
