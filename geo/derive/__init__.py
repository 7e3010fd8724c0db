"""How each shipped data file was made from its raw input: `python -m geo.derive RAW_DIR`.

The raw inputs (named with their checksums in `data/SOURCES.toml`) are not shipped; what is made from them is.
A file whose inputs are missing from RAW_DIR is left as it is.
"""
