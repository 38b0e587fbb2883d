"""Papers of a case to download, and the county's templates of them."""
