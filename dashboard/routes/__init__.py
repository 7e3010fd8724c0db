"""Routes: from where, to where, as the reports say it."""
