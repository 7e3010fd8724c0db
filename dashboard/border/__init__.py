"""The border page: what lies at the Iraq-Syria line, period against period."""
