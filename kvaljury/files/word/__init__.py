"""Word files to paragraphs and images, or to faults: text that cannot be counted is refused."""
