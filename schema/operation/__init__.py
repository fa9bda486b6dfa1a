"""A request's text and variables become a priced operation, or a refusal."""
