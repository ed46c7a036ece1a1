"""Who may do what to whose data. Pure: the one place where it is decided; lists and single pages both ask here."""
