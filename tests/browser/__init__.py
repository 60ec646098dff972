"""The site in a real browser: journeys, accessibility, and no request that leaves the machine."""
