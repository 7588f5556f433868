"""A small dairy: lots, tanks with overlapping loads, co-products, expiry dates; two stories worth tracing."""
