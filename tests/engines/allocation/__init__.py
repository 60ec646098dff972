"""Tests of the sharing of a budget."""
