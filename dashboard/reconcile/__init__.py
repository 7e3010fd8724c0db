"""Official and UN totals held against the events: what is traced, what is not, what cannot be compared.

A total never enters a sum of events. What events make up "ours" is what the page of records shows for the
place and the period of the total; here they are only added up and held against it.
"""
