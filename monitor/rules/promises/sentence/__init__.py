"""A sentence as a row of pieces (`chunks`), made plain: places and times as one piece each, titles, remarks left out."""
