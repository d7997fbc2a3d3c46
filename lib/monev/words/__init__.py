"""What users are told: messages in both languages, findings with their catalogue, errors with exit codes.

The ground: imports nothing of the project, and everything may use it.
"""
