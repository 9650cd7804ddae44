"""Pages for reviewers: one for each document (`page.py`), and one over an output folder (`overview.py`)."""
