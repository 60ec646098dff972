"""Files of a territory, with their versions."""
