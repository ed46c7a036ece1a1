"""Pages as users ask for them, over Django's test client."""
