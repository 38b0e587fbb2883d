"""The interface for other systems of the office: read-only JSON, described by OpenAPI 3.1."""
