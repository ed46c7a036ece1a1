"""Who acts, in what role, for what purpose; may this actor do this?"""
