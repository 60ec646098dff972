"""Opinion votes: read a question, vote on one statement at a time, propose one."""
