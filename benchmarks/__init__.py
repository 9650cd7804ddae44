"""What ratsplan costs in seconds and memory, measured beside other readers of tables."""
