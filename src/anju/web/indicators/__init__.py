"""Pages of indicators: what is followed, its values against targets, reporting and checking them."""
