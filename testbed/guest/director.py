#!/usr/bin/python3
"""Runs bluetoothd and the peripherals of the test bed, and does what a test asks for over TCP.

    director.py CONTROLLERS     hci0 is left to the test, the others get a peripheral each

A request is one line of words, its answer one line: "ok", "ok WORDS" or "error WORDS".

  daemon kill | daemon start        kills bluetoothd as a crash does; starts it, and answers when all advertise again
  adapter off | adapter on          the test's adapter
  pairing just-works | pairing passkey | pairing compare   what the peripherals can do from now on
  passkey                           the passkey that was shown last, waits for it
  pairings                          how often a pairing was shown or confirmed since the start
  bonds                             how many sides keep a bond: two for each
  reset                             everything as after the start: bonds and devices forgotten, counts at 0, bluetoothd up
  PERIPHERAL forget                 it loses its bonds
  PERIPHERAL REQUEST...             see the peripherals
  end                               switches the machine off
"""
import signal
import socket
import subprocess
import sys
import time
import traceback

import dbus
import dbus.mainloop.glib
from gi.repository import GLib

import gatt
import peripherals

DAEMON = ['/usr/libexec/bluetooth/bluetoothd', '-n']
PORT = 5556
START_SECONDS = 60


def log(*words):
    print('[%.3f]' % time.monotonic(), *words, flush=True)


CAPABILITIES = {'just-works': 'NoInputNoOutput', 'passkey': 'DisplayOnly', 'compare': 'DisplayYesNo'}


class Later(Exception):
    """The answer comes when it comes."""


class Director:
    def __init__(self, controllers):
        self.bus = dbus.SystemBus()
        self.daemon = None
        self.agent = gatt.Agent(self.bus, log)
        self.peripherals = [peripherals.Strap(self.bus, 'hci1', log), peripherals.Meter(self.bus, 'hci3', log),
                            peripherals.Clinic(self.bus, 'hci2', log)][:controllers - 1]
        self.waiting = []                                # (what must be true, what to do then, until when)

    # The daemon.

    def start(self, ready):
        if self.daemon is not None:
            raise ValueError('bluetoothd runs')
        with open('/bed/bluetoothd.log', 'ab') as output:
            self.daemon = subprocess.Popen(DAEMON, stdout=output, stderr=output)
        adapters = ['hci%d' % n for n in range(len(self.peripherals) + 1)]
        self.when('adapters', lambda: all(self.has_adapter(name) for name in adapters), lambda: self.register(ready))

    def has_adapter(self, name):
        try:
            gatt.get(self.bus, '/org/bluez/' + name, 'org.bluez.Adapter1', 'Address')
            return True
        except dbus.DBusException:
            return False

    def register(self, ready):
        gatt.set_property(self.bus, '/org/bluez/hci0', 'org.bluez.Adapter1', 'Powered', True)
        self.agent.register()
        left = {one.name for one in self.peripherals}
        for one in self.peripherals:
            one.register(lambda one=one: left.discard(one.name))
        self.when('registration', lambda: not left, ready)

    def kill(self):
        if self.daemon is None:
            raise ValueError('bluetoothd does not run')
        self.daemon.send_signal(signal.SIGKILL)
        self.daemon.wait()
        self.daemon = None
        for one in self.peripherals:
            one.forgotten()

    # Requests.

    def serve(self, words, answer):
        """Answers a request: a text, or raises Later and calls answer when it is done."""
        name, rest = words[0], words[1:]
        for one in self.peripherals:
            if one.name == name and rest == ['forget']:
                self.forget(one.adapter_path + '/', answer)
                raise Later
            if one.name == name:
                return one.serve(rest, answer)
        if words == ['daemon', 'kill']:
            return self.kill()
        if words == ['daemon', 'start']:
            self.start(answer)
            raise Later
        if words in (['adapter', 'off'], ['adapter', 'on']):
            return gatt.set_property(self.bus, '/org/bluez/hci0', 'org.bluez.Adapter1', 'Powered', words[1] == 'on')
        if name == 'pairing' and len(rest) == 1 and rest[0] in CAPABILITIES:
            self.agent.passkey = None
            return self.agent.register(CAPABILITIES[rest[0]])
        if words == ['passkey']:
            self.when('a passkey', lambda: self.agent.passkey is not None, lambda: answer('%06d' % self.agent.passkey))
            raise Later
        if words == ['pairings']:
            return str(self.agent.pairings)
        if words == ['bonds']:
            return str(sum(bool(device['Paired']) for device in gatt.devices(self.bus).values()))
        if words == ['reset']:
            self.reset(answer)
            raise Later
        if words == ['end']:
            GLib.timeout_add(50, self.end)
            return None
        raise ValueError('no such request')

    def reset(self, ready):
        for one in self.peripherals:
            one.reset()
        if self.daemon is not None and self.daemon.poll() is not None:
            log('bluetoothd ended by itself with', self.daemon.returncode)
            self.daemon = None
        if self.daemon is None:
            self.start(lambda: self.clean(ready))
        else:
            self.clean(ready)

    def clean(self, ready):
        gatt.set_property(self.bus, '/org/bluez/hci0', 'org.bluez.Adapter1', 'Powered', True)

        def forgotten():
            self.agent.pairings, self.agent.passkey = 0, None
            self.agent.register(CAPABILITIES['just-works'])
            GLib.timeout_add(500, lambda: ready() and False)
        self.forget('/org/bluez/', forgotten)

    def forget(self, adapters, then):
        """Forgets devices and bonds. Ends links first: BlueZ, and the kernel, mix up a device that is removed while it is connected."""
        def known():
            return {path: device for path, device in gatt.devices(self.bus).items() if path.startswith(adapters)}

        def remove():
            for path, device in known().items():
                gatt.ignoring(('DoesNotExist',), gatt.on(self.bus, device['Adapter'], 'org.bluez.Adapter1').RemoveDevice,
                              dbus.ObjectPath(path))
            then()

        for path, device in known().items():
            if device['Connected']:
                gatt.ignoring(('NotConnected', 'Failed'), gatt.on(self.bus, path, 'org.bluez.Device1').Disconnect)
        self.when('links to end', lambda: not any(device['Connected'] for device in known().values()), remove)

    def end(self):
        if self.daemon is not None:
            self.daemon.terminate()
        LOOP.quit()
        return False

    # Waiting.

    def when(self, what, is_so, then, seconds=START_SECONDS):
        """Calls then as soon as is_so() is true; who waits for an answer has a time-out."""
        until = time.monotonic() + seconds

        def look():
            if is_so():
                then()
                return False
            if time.monotonic() > until:
                log('waited in vain for', what)
                return False
            return True
        if look():
            GLib.timeout_add(100, look)


class Control:
    """The TCP port. One request of a connection at a time; several connections."""

    def __init__(self, director):
        self.director = director
        server = socket.socket()
        server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        server.bind(('0.0.0.0', PORT))
        server.listen(4)
        GLib.io_add_watch(server, GLib.IO_IN, self.accept)

    def accept(self, server, condition):
        connection, _ = server.accept()
        pending = bytearray()
        GLib.io_add_watch(connection, GLib.IO_IN | GLib.IO_HUP, lambda *any: self.received(connection, pending))
        return True

    def received(self, connection, pending):
        try:
            octets = connection.recv(4096)
        except ConnectionError:
            octets = b''
        if not octets:
            connection.close()
            return False
        pending += octets
        while b'\n' in pending:
            line, _, rest = bytes(pending).partition(b'\n')
            pending[:] = rest
            self.request(connection, line.decode())
        return True

    def request(self, connection, line):
        log('asked', line)

        def answer(words=None, verdict='ok'):
            text = verdict if words is None else verdict + ' ' + words
            log('answers', text[:60])
            try:
                connection.sendall(text.encode() + b'\n')
            except ConnectionError:
                pass

        try:
            answer(self.director.serve(line.split(), answer))
        except (Later, peripherals.Later):
            pass
        except Exception as e:
            traceback.print_exc()
            answer(' '.join(str(e).split()) or type(e).__name__, 'error')


if __name__ == '__main__':
    dbus.mainloop.glib.DBusGMainLoop(set_as_default=True)
    LOOP = GLib.MainLoop()
    DIRECTOR = Director(int(sys.argv[1]))
    Control(DIRECTOR)
    DIRECTOR.start(lambda: open('/bed/ready', 'w').close())
    LOOP.run()
