"""Given records laid out as PDFs in many ways and by several producers: truth comes from here, not from the extractor.

records.py makes plans out of phrases, plans.py and cards.py turn them into the neutral elements of sheets.py, and a
producer (platypus.py, html.py, typst_source.py, fpdf_pages.py) draws those. score.py compares with what was read.
"""
