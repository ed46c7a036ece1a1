"""What a country pack is: its models, its loader and its checks."""
