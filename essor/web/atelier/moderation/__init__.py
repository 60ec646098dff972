"""The atelier: moderation."""
