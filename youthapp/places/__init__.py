"""Places of an organisation's own list: their record, how files are read into it, where they are kept, and how they are
said.

sheet, foreign  read a file into rows of our columns
judge           turn a row into a Place, or say what is wrong with it
withhold        take out every address that may not be shown, in every row
importing, store  show what differs from what is kept, and write it whole or not at all
directory       the places that may be shown, looked up by county, town, kind and code
wording         what a page says of a place
"""
