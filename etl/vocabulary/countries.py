"""Country codes: the two letters of ISO 3166, as CLDR lists them."""

from functools import cache

from babel import Locale

# Two-letter codes of CLDR that are no country: groupings, unknown, and test locales.
_NO_COUNTRY = frozenset({"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ", "AC", "CP", "CQ", "DG", "EA", "IC", "TA"})


@cache
def country_codes() -> frozenset[str]:
    """Return every ISO 3166 alpha-2 code, with XK for Kosovo."""
    known = (str(code) for code in Locale("en").territories)
    return frozenset(code for code in known if len(code) == 2 and code.isalpha()) - _NO_COUNTRY
