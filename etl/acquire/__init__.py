"""Stage `acquire`: sources -> documents in the store; the one stage that touches network and clock."""
