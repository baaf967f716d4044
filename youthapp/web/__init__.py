"""What every page has in common: caching, addresses, headers, errors, and what templates call."""
