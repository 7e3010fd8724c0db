"""Steps from one schema of the store to the next, for Alembic. There is no way back: a back-up is."""
