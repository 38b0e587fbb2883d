"""Public-welfare posts: the posts, who holds them, hiring and leaving, pay by month."""
