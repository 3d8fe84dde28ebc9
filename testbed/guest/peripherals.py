"""The devices of the test bed. Each has a name, an adapter and requests of its own."""
import struct

import dbus

import gatt

PAUSE = 5                                                # milliseconds between two values
FLUSH = 300      # ms; BlueZ lets an indication overtake notifications that wait, as the queue of a meter does not
TEST = '-0000-4000-8000-000000000001'


class Later(Exception):
    """The answer comes when it comes."""


class Peripheral:
    """Requests of every peripheral: leave (ends the link), sent, confirmed."""
    name, title, advertised = '', '', []

    def __init__(self, bus, adapter, log):
        self.bus, self.adapter, self.log = bus, adapter, log
        self.adapter_path = '/org/bluez/' + adapter
        self.path = '/org/openiomt/' + self.name
        self.application = gatt.Application(bus, self.path)
        self.advertisement = gatt.Advertisement(bus, self.path + '/adv', self.title, self.advertised)
        self.build()

    def build(self):
        raise NotImplementedError

    def service(self, number):
        one = gatt.Service(self.bus, '%s/s%d' % (self.path, len(self.application.services)), number)
        self.application.services.append(one)
        return one

    def characteristics(self):
        return [one for service in self.application.services for one in service.characteristics]

    def register(self, ready):
        for name, value in (('Powered', True), ('Alias', self.title), ('Pairable', True)):
            gatt.set_property(self.bus, self.adapter_path, 'org.bluez.Adapter1', name, value)
        left = {'application', 'advertisement'}

        def done(what):
            left.discard(what)
            if not left:
                ready()

        def failed(error):
            self.log(self.name, 'could not be registered:', error)

        gatt.on(self.bus, self.adapter_path, 'org.bluez.GattManager1').RegisterApplication(
            dbus.ObjectPath(self.path), gatt.NO_OPTIONS, reply_handler=lambda: done('application'), error_handler=failed)
        gatt.on(self.bus, self.adapter_path, 'org.bluez.LEAdvertisingManager1').RegisterAdvertisement(
            dbus.ObjectPath(self.advertisement.path), gatt.NO_OPTIONS, reply_handler=lambda: done('advertisement'),
            error_handler=failed)

    def forgotten(self):
        """The daemon is gone, and with it who had subscribed."""
        for one in self.characteristics():
            one.is_notifying = False

    def reset(self):
        for one in self.characteristics():
            one.sent = one.confirmed = 0

    def serve(self, words, answer):
        if words == ['leave']:
            return self.leave()
        if len(words) == 2 and words[0] in ('notify', 'indicate'):
            return self.stream(int(words[1]), answer)
        if words == ['sent']:
            return str(self.measurement.sent)
        if words == ['confirmed']:
            return str(self.measurement.confirmed)
        raise ValueError('no such request of ' + self.name)

    def leave(self):
        for path, device in gatt.devices(self.bus).items():
            if device['Adapter'] == self.adapter_path and device['Connected']:
                gatt.on(self.bus, path, 'org.bluez.Device1').Disconnect()

    def stream(self, count, answer):
        """Sends so many values and answers with how many it has sent in all."""
        left = [count]

        def step():
            if left[0] and self.measurement.send(self.value(self.measurement.sent)):
                left[0] -= 1
                return True
            answer(str(self.measurement.sent))
            return False
        gatt.every(PAUSE, step)
        raise Later

    def value(self, number):
        raise NotImplementedError


class Strap(Peripheral):
    """Heart rate, battery, and a service for everything that no standard one has.

    Requests: notify N; other (the next services have no battery, and a second location), whole (as at first); written.
    """
    name, title, advertised = 'strap', 'IoMT strap', [0x180D]
    measurement = None

    def build(self, whole=True):
        heart = self.service(0x180D)
        sent = 0 if self.measurement is None else self.measurement.sent
        self.measurement = heart.add(0x2A37, ['notify'])
        self.measurement.sent = sent
        heart.add(0x2A38, ['read'], b'\x01')
        if whole:
            self.service(0x180F).add(0x2A19, ['read', 'notify'], b'\x57')
        test = self.service('f0de0001' + TEST)
        self.long = test.add('f0de0004' + TEST, ['read', 'write', 'write-without-response'], bytes(range(200)))
        test.add('f0de0005' + TEST, ['encrypt-read'], b'secret')
        test.add('f0de0006' + TEST, ['encrypt-authenticated-read'], b'topsecret')

    def value(self, number):
        return struct.pack('<BH', 0x01, 30 + number % 200)

    def serve(self, words, answer):
        if words == ['written']:
            return self.long.value.hex()
        if words in (['other'], ['whole']):
            return self.rebuild(words == ['whole'], answer)
        return super().serve(words, answer)

    def rebuild(self, whole, answer):
        manager = gatt.on(self.bus, self.adapter_path, 'org.bluez.GattManager1')
        manager.UnregisterApplication(dbus.ObjectPath(self.path))
        for service in self.application.services:
            for one in service.characteristics:
                one.remove_from_connection()
            service.remove_from_connection()
        self.application.services = []
        self.build(whole)
        manager.RegisterApplication(dbus.ObjectPath(self.path), gatt.NO_OPTIONS, reply_handler=lambda: answer(),
                                    error_handler=lambda e: answer(str(e), 'error'))
        raise Later


class RecordAccess(gatt.Characteristic):
    """The Record Access Control Point of the Glucose Service 1.0.1, over records numbered from 1."""
    meter = None
    REPORT, DELETE, ABORT, COUNT, COUNTED, RESPONSE = 1, 2, 3, 4, 5, 6
    SUCCESS, NO_OP_CODE, BAD_OPERATOR, NO_OPERATOR, BAD_OPERAND, NO_RECORDS, NO_FILTER = 1, 2, 3, 4, 5, 6, 9

    def written(self, value):
        if not self.is_notifying or not self.meter.measurement.is_notifying:
            raise dbus.DBusException('announcements are off', name='org.bluez.Error.Failed')
        code, operator, operand = (value + b'\0\0')[0], (value + b'\0\0')[1], value[2:]
        if code == self.ABORT:
            self.meter.reporting = []
            return self.respond(code, self.SUCCESS if operator == 0 else self.BAD_OPERATOR)
        if code not in (self.REPORT, self.COUNT):
            return self.respond(code, self.NO_OP_CODE)
        if operator == 0:
            return self.respond(code, self.BAD_OPERATOR)
        numbers = range(1, self.meter.stored + 1)
        if operator == 1:
            chosen = list(numbers)
        elif operator in (2, 3, 4):
            bounds = 2 if operator == 4 else 1
            if operand[:1] != b'\x01':
                return self.respond(code, self.NO_FILTER)
            if len(operand) != 1 + 2 * bounds:
                return self.respond(code, self.BAD_OPERAND)
            limits = struct.unpack('<%dH' % bounds, operand[1:])
            lowest = 0 if operator == 2 else limits[0]
            highest = 0xFFFF if operator == 3 else limits[-1]
            chosen = [n for n in numbers if lowest <= n <= highest]
        elif operator in (5, 6):
            chosen = list(numbers)[:1] if operator == 5 else list(numbers)[-1:]
        else:
            return self.respond(code, self.NO_OPERATOR)
        if code == self.COUNT:
            return self.later(struct.pack('<BBH', self.COUNTED, 0, len(chosen)))
        if not chosen:
            return self.respond(code, self.NO_RECORDS)
        self.meter.report(chosen, lambda: self.send(bytes([self.RESPONSE, 0, code, self.SUCCESS])))

    def respond(self, code, result):
        self.later(bytes([self.RESPONSE, 0, code, result]))

    def later(self, value):
        """The answer to the write goes first."""
        gatt.every(10, lambda: self.send(value) and False)


class Meter(Peripheral):
    """A glucose meter. Requests: records N (as many are stored), pause MS (between two records)."""
    name, title, advertised = 'meter', 'IoMT meter', [0x1808]

    def build(self):
        glucose = self.service(0x1808)
        self.measurement = glucose.add(0x2A18, ['notify'])
        glucose.add(0x2A51, ['read'], b'\x00\x00')
        glucose.add(0x2A52, ['write', 'indicate'], kind=RecordAccess).meter = self
        self.stored, self.pause, self.reporting = 0, PAUSE, []

    def reset(self):
        super().reset()
        self.stored, self.pause, self.reporting = 0, PAUSE, []

    def report(self, numbers, done):
        run = self.reporting = list(numbers)

        def step():
            if self.reporting is not run:                # aborted, or another report
                return False
            if run and self.measurement.send(self.record(run[0])):
                run.pop(0)
                return True
            gatt.every(FLUSH, finish)
            return False

        def finish():
            if self.reporting is run:
                done()
            return False
        gatt.every(self.pause, step)

    @staticmethod
    def record(number):
        """Type and location known, in kg/L: 50 + number mg/dL at minute number of a day."""
        value = 0xB000 | 50 + number % 200               # exponent -5
        return struct.pack('<BHHBBBBBHB', 0x02, number, 2026, 11, 22, number // 60 % 24, number % 60, 0, value, 0x11)

    def serve(self, words, answer):
        if len(words) == 2 and words[0] == 'records':
            self.stored = int(words[1])
            return None
        if len(words) == 2 and words[0] == 'pause':
            self.pause = int(words[1])
            return None
        return super().serve(words, answer)


class Clinic(Peripheral):
    """A thermometer that is a cuff too. Requests: indicate N (temperatures), pressures N."""
    name, title, advertised = 'clinic', 'IoMT clinic', [0x1809]

    def build(self):
        thermometer = self.service(0x1809)
        self.temperature = self.measurement = thermometer.add(0x2A1C, ['indicate'])
        thermometer.add(0x2A1D, ['read'], b'\x02')
        cuff = self.service(0x1810)
        self.pressure = cuff.add(0x2A35, ['indicate'])
        cuff.add(0x2A49, ['read'], b'\x00\x00')

    def value(self, number):
        if self.measurement is self.pressure:            # mmHg, with a pulse rate
            return struct.pack('<BHHHH', 0x04, 100 + number % 100, 60 + number % 30, 80, 50 + number % 100)
        return struct.pack('<BI', 0x00, 0xFE << 24 | 3600 + number % 600)

    def serve(self, words, answer):
        which, rest = words[:1], words[1:]
        if which in (['temperature'], ['pressure']):
            self.measurement = self.temperature if which == ['temperature'] else self.pressure
            return super().serve(rest, answer)
        return super().serve(words, answer)
