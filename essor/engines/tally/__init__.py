"""Decisions counted exactly: consent, majorities, colleges, judgement, approval, scores and rankings."""
