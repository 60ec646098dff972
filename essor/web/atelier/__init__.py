"""The facilitator’s workshop."""
