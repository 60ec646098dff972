"""Introductions proposed to those who may answer them."""
