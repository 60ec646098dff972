"""Writing people's places, invitations, organisations and accounts; journeys record the facts."""
