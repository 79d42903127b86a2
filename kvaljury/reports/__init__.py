"""Documents made of neutral blocks to bytes of HTML and PDF."""
