"""The GraphQL types and the schema that is made of them."""
