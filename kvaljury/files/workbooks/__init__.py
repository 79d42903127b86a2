"""Excel workbooks to sheets of cells, or to faults: nothing is read that cannot be read surely."""
