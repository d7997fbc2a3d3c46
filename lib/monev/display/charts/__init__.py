"""Charts: what each shows (`specs`, frozen values), and its picture by matplotlib (`draw` and a module per kind)."""
