"""Shares a budget between projects from people's votes, and says why, round by round."""
