"""The atelier: consultations."""
