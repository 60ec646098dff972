"""Who is told what about projects."""
