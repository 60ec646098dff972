"""Once a day: what was only kept to notice shared devices is forgotten after a fortnight."""

from essor.chain.opinions.services.participants import forget_devices


def run() -> None:
    """Forget the digests that are too old."""
    forget_devices()
