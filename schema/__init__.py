"""GraphQL over stored reports."""
