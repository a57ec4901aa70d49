"""The yardstick of `sign.one_cpu`: a bare program that logs in once and does nothing but C_Sign.

`python bench/raw_c_sign.py LIBRARY SERIAL PIN`: each line on stdin is a count; the answer is the CPU time
of so many signatures with the first private key, in nanoseconds. Practice tokens only.
"""

import sys
import time

import pkcs11

DATA = bytes(300)  # about as long as the attributes that a PAdES signature signs


def main(library: str, serial: str, pin: str) -> None:
    """Answer counts until stdin ends."""
    tokens = pkcs11.lib(library).get_tokens()
    token = next(each for each in tokens if each.serial.decode().strip("\0 ") == serial)
    with token.open(user_pin=pin) as session:
        key = next(iter(session.get_objects({pkcs11.Attribute.CLASS: pkcs11.ObjectClass.PRIVATE_KEY})))
        assert isinstance(key, pkcs11.SignMixin)
        for line in sys.stdin:
            began = time.process_time_ns()
            for _ in range(int(line)):
                key.sign(DATA, mechanism=pkcs11.Mechanism.SHA256_RSA_PKCS)
            print(time.process_time_ns() - began, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
