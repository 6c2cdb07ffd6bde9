"""Model times documents gives figures."""
