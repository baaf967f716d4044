"""Places of an organisation's own list: their record, how files are read into it, and where they are kept. Imports no
Flask.

sheet, foreign  read a file into rows of our columns
judge           turn a row into a Place, or say what is wrong with it
withhold        take out every address that may not be shown, in every row
compare, store  show what differs from what is kept, and write it whole or not at all
"""
