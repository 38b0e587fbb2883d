"""The register of relief assets: the list, one asset, and putting things right."""
