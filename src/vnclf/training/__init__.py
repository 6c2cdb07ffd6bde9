"""Documents and a recipe give a fitted, calibrated model."""
