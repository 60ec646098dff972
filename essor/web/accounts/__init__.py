"""One's own account: sign-in link, data, voices, erasure."""
