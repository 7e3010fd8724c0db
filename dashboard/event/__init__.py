"""One seizure in full: what each outlet said, which figure was taken and why, and what to doubt."""
