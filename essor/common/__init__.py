"""Model-free, domain-free foundations: clock, text, money, jobs, pagination."""
