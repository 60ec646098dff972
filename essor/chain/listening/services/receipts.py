"""The code by which somebody without an account finds their voice again."""

from essor.common.codes import ALPHABET, digest, read_code

LENGTH = 12  # 60 bits


def receipt_for(*, once: str, words: str) -> str:
    """The code of a voice sent with the secret ``once``: sent twice, it has the same code twice.

    So a phone that lost the network after sending can send again and still be given its receipt.
    """
    number = int(digest(f"{once}\n{words}", "receipt-from-form"), 16)
    signs = []
    for _sign in range(LENGTH):
        number, rest = divmod(number, len(ALPHABET))
        signs.append(ALPHABET[rest])
    return read_code("".join(signs))


def key_for(*, once: str, words: str) -> str:
    """Under which key a voice sent with ``once`` is known, so that it is written only once."""
    return f"form:{digest(f'{once}{chr(10)}{words}', 'form')}"


def receipt_digest(*, code: str) -> str:
    """What is stored of a receipt."""
    return digest(read_code(code), "receipt")
