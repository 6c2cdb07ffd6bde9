"""The model folder, prediction and explanation. Loads neither scikit-learn nor scipy."""
