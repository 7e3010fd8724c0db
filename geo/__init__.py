"""Where things are: the Iraq-Syria line, countries and governorates, named places, and words for all of
them."""
