"""The state of the collection: its last run, its sources, what it covers, and where its ways changed."""
