"""The socket at which central listens."""

import asyncio
import socket

from sync.central.serve import Address


def test_the_second_piece_of_an_answer_does_not_wait_for_the_first_to_be_confirmed() -> None:
    """With Nagle's algorithm it would, some 40 ms for each answer."""

    async def accepted() -> int:
        told: asyncio.Future[int] = asyncio.get_running_loop().create_future()

        def greet(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            line = writer.get_extra_info("socket")
            told.set_result(line.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
            writer.close()

        listener = Address().listening()
        async with await asyncio.start_server(greet, sock=listener):
            with socket.create_connection(listener.getsockname()):
                return await asyncio.wait_for(told, 10)

    assert asyncio.run(accepted())
