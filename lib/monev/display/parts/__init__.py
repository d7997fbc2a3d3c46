"""The parts of the report, each as the sections that fill its slots."""
