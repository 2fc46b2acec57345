"""A charger made of a register image, served by pymodbus 3.0.

Reads one line of JSON from standard input:
  framing  "tcp" or "rtu_over_tcp"
  units    {unit: {"holding": {address: word}, "input": {address: word}}}
  shows    [{"unit", "from", "words", "at", "as"}]: a number written at "from" is shown at "at",
           in "as" words, as devices do that are read elsewhere than they are written

Prints "port N" when it serves, then a line for every request: seconds, "read" or "write", unit,
address, words. Ends with its standard input.
"""
import asyncio
import json
import os
import sys
import threading
import time

from pymodbus.datastore import ModbusServerContext, ModbusSlaveContext, ModbusSparseDataBlock
from pymodbus.server.async_io import ModbusTcpServer
from pymodbus.transaction import ModbusRtuFramer, ModbusSocketFramer

wanted = json.loads(sys.stdin.readline())


def said(*words):
    print(f"{time.monotonic():.3f}", *words, flush=True)


class Table(ModbusSparseDataBlock):
    """Registers that tell who asks for them."""

    def __init__(self, unit, words):
        super().__init__({int(address): word for address, word in words.items()} or {65535: 0})
        self.unit = unit

    def getValues(self, address, count=1):
        values = super().getValues(address, count)
        said("read", self.unit, address, *values)
        return values

    def setValues(self, address, values, use_as_default=False):
        said("write", self.unit, address, *values)
        super().setValues(address, values)
        for rule in wanted["shows"]:
            if rule["unit"] == self.unit and rule["from"] == address and rule["words"] == len(values):
                number = 0
                for word in values:
                    number = number << 16 | word
                shown = [number >> 16 * (rule["as"] - 1 - i) & 0xFFFF for i in range(rule["as"])]
                super().setValues(rule["at"], shown)


def slave(unit, tables):
    return ModbusSlaveContext(
        hr=Table(unit, tables["holding"]),
        ir=Table(unit, tables["input"]),
        co=ModbusSparseDataBlock({65535: 0}),
        di=ModbusSparseDataBlock({65535: 0}),
        zero_mode=True,
    )


def end_with_input():
    sys.stdin.read()
    os._exit(0)


async def serve():
    slaves = {int(unit): slave(int(unit), tables) for unit, tables in wanted["units"].items()}
    framer = ModbusRtuFramer if wanted["framing"] == "rtu_over_tcp" else ModbusSocketFramer
    server = ModbusTcpServer(
        ModbusServerContext(slaves=slaves, single=False),
        framer=framer,
        address=("127.0.0.1", 0),
        ignore_missing_slaves=True,
    )
    serving = asyncio.ensure_future(server.serve_forever())
    await server.serving
    print("port", server.server.sockets[0].getsockname()[1], flush=True)
    await serving


threading.Thread(target=end_with_input, daemon=True).start()
asyncio.run(serve())
