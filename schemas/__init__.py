"""What the data is: geometry of pages and tables, records, errors. Imports nothing else of ratsplan."""
