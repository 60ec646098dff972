"""Introductions: who could answer what, with exact points, reasons, and what would change them."""
