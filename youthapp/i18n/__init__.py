"""Languages: which there are, and records and pages in each."""
