"""Views that can be cited: pinned releases, what changed since, and the list of changes as page and feed."""
