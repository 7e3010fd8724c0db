"""Production sites: laboratories, factories, stores."""
