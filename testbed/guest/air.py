#!/usr/bin/python3
"""The virtual controllers of the test bed, and the air between them.

    air.py CONTROLLERS     makes hci0 and so on by /dev/vhci, and plays their radio until it ends

A controller is one of Bluetooth 4.2 with Low Energy only, as far as a kernel asks: legacy advertising, scanning with its filters, any number
of links in both roles at once, encryption by comparing keys (nothing is enciphered). Chapter numbers are those of the Core
Specification 5.3, volume 4 part E. Nothing is ever lost or late.
"""
import os
import select
import struct
import sys
import time

COMMAND, ACL, EVENT, VENDOR = 1, 2, 4, 255               # kinds of packets on /dev/vhci
VERSION, MANUFACTURER = 8, 0xFFFF                        # 4.2, the number for tests
FEATURES = bytes([0, 0, 0, 0, 0x60, 0, 0, 0])            # 7.4.3: LE, no BR/EDR
LE_FEATURES = bytes([0x09, 0, 0, 0, 0, 0, 0, 0])         # 7.8.3: encryption, either side may ask for features
LE_STATES = bytes.fromhex('ffffffffff030000')            # 7.8.27: all of 4.2
ACL_LENGTH, ACL_PACKETS = 251, 8
ACCEPT_LIST_SIZE = 16
ADVERTISING_SECONDS = 0.1                                # for all, whatever they ask for: tests need not wait
DUPLICATE_SECONDS = 1                                    # so long is a report known as a duplicate, as by chips that remember few
ADV_IND, ADV_SCAN_IND, ADV_NONCONN_IND, SCAN_RSP = 0, 2, 3, 4

SUCCESS, UNKNOWN_COMMAND, UNKNOWN_CONNECTION, NO_KEY, TIMEOUT = 0, 0x01, 0x02, 0x06, 0x08
EXISTS, DISALLOWED, ENDED_HERE, MIC_FAILURE = 0x0B, 0x0C, 0x16, 0x3D
DISCONNECTED, ENCRYPTED, VERSION_READ, COMPLETE, STATUS, SENT, REFRESHED = 0x05, 0x08, 0x0C, 0x0E, 0x0F, 0x13, 0x30
LE_CONNECTED, LE_REPORT, LE_UPDATED, LE_FEATURES_READ, LE_KEY_WANTED = 1, 2, 3, 4, 5


class Link:
    """A link: the central's end and the peripheral's, each with a handle of its own, and the key that the central has asked to use."""

    def __init__(self, central, peripheral, timing):
        self.timing, self.key, self.is_encrypted = timing, None, False
        self.ends = {end: end.free_handle() for end in (central, peripheral)}
        self.central, self.peripheral = central, peripheral
        for end, handle in self.ends.items():
            end.links[handle] = self

    def other(self, end):
        return self.peripheral if end is self.central else self.central

    def both(self, code, form, *values):
        """Tells both ends; the first value of an event is a status, the second the handle."""
        for end, handle in self.ends.items():
            end.event(code, struct.pack(form, values[0], handle, *values[1:]))

    def end(self, reasons):
        for end, handle in self.ends.items():
            del end.links[handle]
            end.event(DISCONNECTED, struct.pack('<BHB', SUCCESS, handle, reasons[end]))


class Controller:
    def __init__(self, air, number):
        self.air = air
        self.address = bytes([number, 0, number, 1, 0xAA, 0])
        self.links = {}
        self.clear()
        self.file = os.open('/dev/vhci', os.O_RDWR | os.O_NONBLOCK)
        os.write(self.file, bytes([VENDOR, 0]))          # a primary controller

    def clear(self):
        self.advertising = self.scanning = self.wanted = None
        self.advertised = self.response = b''
        self.advertising_type, self.scan_type, self.scan_filter = ADV_IND, 0, 0
        self.accepted, self.reported = set(), {}

    def free_handle(self):
        return next(n for n in range(1, 0x0F00) if n not in self.links)

    # Packets.

    def read(self):
        packet = os.read(self.file, 4096)
        if packet[0] == COMMAND:
            opcode = struct.unpack_from('<H', packet, 1)[0]
            self.command(opcode, packet[4:])
        elif packet[0] == ACL:
            self.data(packet[1:])

    def event(self, code, values):
        os.write(self.file, bytes([EVENT, code, len(values)]) + values)

    def le_event(self, code, values):
        self.event(0x3E, bytes([code]) + values)

    def data(self, packet):
        """5.4.2. A first part arrives marked as such; more parts are marked alike on both sides."""
        handle, rest = struct.unpack_from('<H', packet)[0], packet[2:]
        link = self.links.get(handle & 0x0FFF)
        if link is not None:
            other = link.other(self)
            part = handle & 0x1000 or 0x2000
            os.write(other.file, bytes([ACL]) + struct.pack('<H', link.ends[other] | part) + rest)
        self.event(SENT, struct.pack('<BHH', 1, handle & 0x0FFF, 1))

    def command(self, opcode, values):
        if opcode not in COMMANDS:
            return self.event(COMPLETE, struct.pack('<BHB', 1, opcode, UNKNOWN_COMMAND))
        _, does, is_answered_later = COMMANDS[opcode]
        if not is_answered_later:
            return self.event(COMPLETE, struct.pack('<BH', 1, opcode) + (does(self, values) or bytes([SUCCESS])))
        status, then = does(self, values)
        self.event(STATUS, struct.pack('<BBH', status, 1, opcode))
        return then() if status == SUCCESS else None

    def on_link(self, values, then):
        """A command that begins with a handle and is answered later: calls then with the link."""
        link = self.links.get(struct.unpack_from('<H', values)[0])
        return (UNKNOWN_CONNECTION, None) if link is None else (SUCCESS, lambda: then(link))

    # Commands that are answered at once: return what they return, nothing when that is a status of 0.

    def reset(self, _):
        for link in list(self.links.values()):
            link.end({self: ENDED_HERE, link.other(self): TIMEOUT})
        self.clear()

    def read_version(self, _):
        return struct.pack('<BBHBHH', SUCCESS, VERSION, 0, VERSION, MANUFACTURER, 0)

    def read_commands(self, _):
        bits = bytearray(64)
        for (octet, bit), _, _ in COMMANDS.values():
            bits[octet] |= 1 << bit
        return bytes([SUCCESS]) + bits

    def set_advertising(self, values):
        self.advertising_type = values[4]

    def enable_advertising(self, values):
        self.advertising = values[0] or None

    def set_advertised(self, values):
        self.advertised = values[1:1 + values[0]]

    def set_response(self, values):
        self.response = values[1:1 + values[0]]

    def set_scan(self, values):
        self.scan_type, self.scan_filter = values[0], values[6]

    def enable_scan(self, values):
        self.scanning, self.reported = (values[0] or None) and ('all', 'once')[values[1]], {}

    def clear_accepted(self, _):
        self.accepted = set()

    def add_accepted(self, values):
        self.accepted.add(values)

    def remove_accepted(self, values):
        self.accepted.discard(values)

    def cancel_connection(self, _):
        if self.wanted is None:
            return bytes([DISALLOWED])
        self.air.soon(lambda: self.le_event(LE_CONNECTED, struct.pack('<BHBB6xHHHB', UNKNOWN_CONNECTION, 0, 0, 0, 0, 0, 0, 0)))
        self.wanted = None
        return None

    def give_key(self, values):
        """7.8.25, of the peripheral: the link is encrypted when both have the same key, and ends when not."""
        handle, key = struct.unpack('<H16s', values)

        def compare(link):
            if key != link.key:
                link.end({self: MIC_FAILURE, link.other(self): MIC_FAILURE})
            elif link.is_encrypted:
                link.both(REFRESHED, '<BH', SUCCESS)
            else:
                link.is_encrypted = True
                link.both(ENCRYPTED, '<BHB', SUCCESS, 1)
        return self.answer_key(handle, compare)

    def refuse_key(self, values):
        """7.8.26: the peripheral has none; the central hears why its link is not encrypted."""
        return self.answer_key(struct.unpack('<H', values)[0], lambda link: link.central.event(
            ENCRYPTED, struct.pack('<BHB', NO_KEY, link.ends[link.central], 0)))

    def answer_key(self, handle, then):
        link = self.links.get(handle)
        if link is not None:
            self.air.soon(lambda: then(link))
        return struct.pack('<BH', UNKNOWN_CONNECTION if link is None else SUCCESS, handle)

    # Commands that are answered later: return a status and what comes after it.

    def create_connection(self, values):
        _, _, by_list, kind, address, _, interval, _, latency, timeout, _, _ = struct.unpack('<HHBB6sBHHHHHH', values)
        if self.wanted is not None:
            return DISALLOWED, None
        if not by_list and any(link.other(self).address == address for link in self.links.values()):
            return EXISTS, None
        self.wanted = (None if by_list else bytes([kind]) + address, (interval, latency, timeout))
        return SUCCESS, lambda: self.air.connect(self)

    def disconnect(self, values):
        return self.on_link(values, lambda link: link.end({self: ENDED_HERE, link.other(self): values[2]}))

    def read_remote_version(self, values):
        return self.on_link(values, lambda link: self.event(
            VERSION_READ, struct.pack('<BHBHH', SUCCESS, link.ends[self], VERSION, MANUFACTURER, 0)))

    def read_remote_features(self, values):
        return self.on_link(values, lambda link: self.le_event(
            LE_FEATURES_READ, struct.pack('<BH', SUCCESS, link.ends[self]) + LE_FEATURES))

    def update_connection(self, values):
        def update(link):
            _, _, interval, latency, timeout = struct.unpack_from('<HHHHH', values)
            link.timing = (interval, latency, timeout)
            for end, handle in link.ends.items():
                end.le_event(LE_UPDATED, struct.pack('<BHHHH', SUCCESS, handle, *link.timing))
        return self.on_link(values, update)

    def encrypt(self, values):
        def ask(link):
            link.key = values[12:]
            link.peripheral.le_event(LE_KEY_WANTED, struct.pack('<H', link.ends[link.peripheral]) + values[2:12])
        return self.on_link(values, ask)

    # The radio.

    def hears(self, one, now):
        """Reports what another advertises (7.7.65.2), as its filters say."""
        sender = bytes([0]) + one.address
        if self.scan_filter == 1 and sender not in self.accepted:
            return
        reports = [(one.advertising_type, one.advertised)]
        if self.scan_type == 1 and one.advertising_type in (ADV_IND, ADV_SCAN_IND):
            reports.append((SCAN_RSP, one.response))
        for kind, content in reports:
            if self.scanning == 'once' and now - self.reported.get((sender, kind, content), -DUPLICATE_SECONDS) < DUPLICATE_SECONDS:
                continue
            self.reported[sender, kind, content] = now
            self.le_event(LE_REPORT, bytes([1, kind]) + sender + bytes([len(content)]) + content + bytes([0xC4]))   # -60 dBm


def fixed(*values):
    """A command whose answer never changes."""
    return lambda self, _: bytes([SUCCESS]) + b''.join(values)


NOTHING = fixed()
# opcode: ((octet, bit) of 6.27, what it does, whether it is answered by a status first)
COMMANDS = {
    0x0406: ((0, 5), Controller.disconnect, True),
    0x041D: ((2, 7), Controller.read_remote_version, True),
    0x0C01: ((5, 6), NOTHING, False),                    # event mask
    0x0C03: ((5, 7), Controller.reset, False),
    0x1001: ((14, 3), Controller.read_version, False),
    0x1002: ((14, 4), Controller.read_commands, False),
    0x1003: ((14, 5), fixed(FEATURES), False),
    0x1009: ((15, 1), lambda self, _: bytes([SUCCESS]) + self.address, False),
    0x2001: ((25, 0), NOTHING, False),                   # event mask
    0x2002: ((25, 1), fixed(struct.pack('<HB', ACL_LENGTH, ACL_PACKETS)), False),
    0x2003: ((25, 2), fixed(LE_FEATURES), False),
    0x2005: ((25, 4), NOTHING, False),                   # a random address, which nothing here uses
    0x2006: ((25, 5), Controller.set_advertising, False),
    0x2007: ((25, 6), fixed(b'\0'), False),              # transmit power in dBm
    0x2008: ((25, 7), Controller.set_advertised, False),
    0x2009: ((26, 0), Controller.set_response, False),
    0x200A: ((26, 1), Controller.enable_advertising, False),
    0x200B: ((26, 2), Controller.set_scan, False),
    0x200C: ((26, 3), Controller.enable_scan, False),
    0x200D: ((26, 4), Controller.create_connection, True),
    0x200E: ((26, 5), Controller.cancel_connection, False),
    0x200F: ((26, 6), fixed(bytes([ACCEPT_LIST_SIZE])), False),
    0x2010: ((26, 7), Controller.clear_accepted, False),
    0x2011: ((27, 0), Controller.add_accepted, False),
    0x2012: ((27, 1), Controller.remove_accepted, False),
    0x2013: ((27, 2), Controller.update_connection, True),
    0x2016: ((27, 5), Controller.read_remote_features, True),
    0x2018: ((27, 7), lambda self, _: bytes([SUCCESS]) + os.urandom(8), False),
    0x2019: ((28, 0), Controller.encrypt, True),
    0x201A: ((28, 1), Controller.give_key, False),
    0x201B: ((28, 2), Controller.refuse_key, False),
    0x201C: ((28, 3), fixed(LE_STATES), False),
}


class Air:
    def __init__(self, controllers):
        self.after = []                                  # what comes behind the answer to a command
        self.controllers = [Controller(self, number) for number in range(controllers)]

    def soon(self, does):
        self.after.append(does)

    def connect(self, central):
        """Makes the link that a controller waits for, if a device of its wish can be heard."""
        wanted, timing = central.wanted
        for one in self.controllers:
            sender = bytes([0]) + one.address
            if one is central or not one.advertising or one.advertising_type != ADV_IND:
                continue
            if sender != wanted and (wanted is not None or sender not in central.accepted):
                continue
            central.wanted = one.advertising = None
            link = Link(central, one, timing)
            for end, role, other in ((one, 1, central), (central, 0, one)):
                end.le_event(LE_CONNECTED, struct.pack('<BHBB6sHHHB', SUCCESS, link.ends[end], role, 0, other.address, *timing, 0))
            return

    def advertise(self, now):
        for hearer in self.controllers:
            if hearer.wanted is not None:
                self.connect(hearer)
            if hearer.scanning:
                for one in self.controllers:
                    if one is not hearer and one.advertising:
                        hearer.hears(one, now)

    def run(self):
        files = {one.file: one for one in self.controllers}
        poll = select.poll()
        for file in files:
            poll.register(file, select.POLLIN)
        due = time.monotonic()
        while True:
            is_waited_for = any(one.scanning or one.wanted for one in self.controllers)
            now = time.monotonic()
            if is_waited_for and now >= due:
                self.advertise(now)
                due = now + ADVERTISING_SECONDS
            for file, _ in poll.poll(max(0, due - now) * 1000 + 1 if is_waited_for else None):
                files[file].read()
                while self.after:
                    self.after.pop(0)()


if __name__ == '__main__':
    Air(int(sys.argv[1])).run()
