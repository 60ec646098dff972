"""Meeting those who carry projects: encounters, next steps, the board."""
