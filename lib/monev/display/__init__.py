"""What the report says, as blocks: sections, tables, figures, phrases. Pure; how it looks is decided in `quarto/`."""
