"""Pure functions over frozen values: no files, no clock, no unseeded random numbers."""
