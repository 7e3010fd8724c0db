"""Is a trend real? Statistics of two periods, the rule that turns them into a sentence, and its charts.

Numbers (`periods`, `sides`, `rates`, `bootstrap`, `outages`, `coverage`, `official`), the decision
(`verdict`) and its words (`sentence`) know nothing of drawing; the figures are
`dashboard/figures/trend_*.py`. Every threshold stands with its reason in docs/trends.md.
"""
