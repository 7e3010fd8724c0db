"""Countries: by year, who seized, with whom, and one page each."""
