"""One factory a model, and the same small county and cast of people for all tests."""
