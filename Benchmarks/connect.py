"""As many connects with asyncio: connect.py PORT COUNT CONCURRENCY; prints how many a second."""

import asyncio
import sys
import time

port, count, concurrency = map(int, sys.argv[1:])


async def connect(number):
    address = f"127.1.{number >> 8}.{number & 255}"
    try:
        _, writer = await asyncio.open_connection(address, port)
    except ConnectionRefusedError:
        return
    writer.transport.abort()


async def work(numbers):
    for number in numbers:
        await connect(number)


async def main():
    numbers = iter(range(count))
    start = time.monotonic()
    await asyncio.gather(*(work(numbers) for _ in range(concurrency)))
    print(f"{count / (time.monotonic() - start):.0f}")


asyncio.run(main())
