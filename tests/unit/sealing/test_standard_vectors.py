"""SM3 and SM4 are the standards' SM3 and SM4: the examples printed in them come out."""

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import SM4
from cryptography.hazmat.primitives.ciphers.modes import ECB

from anju.sealing.sm3 import hmac_sm3, sm3
from anju.sealing.sm4 import decrypt, encrypt

KEY = bytes.fromhex("0123456789abcdeffedcba9876543210")


@pytest.mark.parametrize(
    ("text", "digest"),
    [
        # GB/T 32905-2016, annex A.1 and A.2
        (b"abc", "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"),
        (b"abcd" * 16, "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"),
    ],
)
def test_sm3_gives_the_digests_of_gb_t_32905(text: bytes, digest: str) -> None:
    assert sm3(text).hex() == digest


def test_sm4_encrypts_the_block_of_gb_t_32907() -> None:
    # GB/T 32907-2016, annex A.1: plaintext and key are the same 16 bytes.
    encryptor = Cipher(SM4(KEY), ECB()).encryptor()

    assert encryptor.update(KEY).hex() == "681edf34d206965e86b3e94f536e4246"


def test_sm4_gcm_gives_the_example_of_rfc_8998() -> None:
    # RFC 8998, appendix A.1
    nonce = bytes.fromhex("00001234567800000000abcd")
    bound = bytes.fromhex("feedfacedeadbeeffeedfacedeadbeefabaddad2")
    plain = bytes.fromhex(
        "".join(pair * 8 for pair in ("aa", "bb", "cc", "dd", "ee", "ff", "ee", "aa"))
    )

    sealed = encrypt(SM4(KEY), nonce, plain, bound)

    assert sealed.hex() == (
        "17f399f08c67d5ee19d0dc9969c4bb7d5fd46fd3756489069157b282bb200735"
        "d82710ca5c22f0ccfa7cbf93d496ac15a56834cbcf98c397b4024a2691233b8d"
        "83de3541e4c2b58177e065a9bf7b62ec"
    )
    assert decrypt(SM4(KEY), nonce, sealed, bound) == plain


def test_hmac_sm3_is_the_definition_of_hmac() -> None:
    key, text = b"k" * 32, "身份".encode()
    block = key.ljust(64, b"\0")
    inner = sm3(bytes(byte ^ 0x36 for byte in block) + text)
    outer = sm3(bytes(byte ^ 0x5C for byte in block) + inner)

    assert hmac_sm3(key, text) == outer
