"""The atelier: meeting those who carry projects."""
