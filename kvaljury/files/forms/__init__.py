"""Excel forms for examiners and teams: made from an edition, and read back with every answer."""
