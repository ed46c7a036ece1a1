"""What institutions' machines ask for, ``/api/v1``: signed messages in, the least that answers them out."""
