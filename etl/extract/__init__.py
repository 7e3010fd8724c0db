"""Reading the news: a page's words become claims of seizures, each value with the words that gave it."""
