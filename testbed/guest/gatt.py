"""A GATT server, advertisements and an agent on BlueZ's D-Bus API."""
import dbus
import dbus.service
from gi.repository import GLib

SERVICE, CHARACTERISTIC = 'org.bluez.GattService1', 'org.bluez.GattCharacteristic1'
PROPERTIES, AGENT = 'org.freedesktop.DBus.Properties', 'org.bluez.Agent1'
NO_OPTIONS = dbus.Dictionary({}, signature='sv')


def uuid(short):
    """A 16-bit number of the SIG, or a whole UUID as text."""
    return short if isinstance(short, str) else '0000%04x-0000-1000-8000-00805f9b34fb' % short


def on(bus, path, interface):
    """An object of BlueZ. Nobody asks it for the types of its methods, so arguments need theirs."""
    return dbus.Interface(bus.get_object('org.bluez', path, introspect=False), interface)


def get(bus, path, interface, name):
    return on(bus, path, PROPERTIES).Get(interface, name)


def set_property(bus, path, interface, name, value):
    value = dbus.Boolean(value, variant_level=1) if isinstance(value, bool) else dbus.String(value, variant_level=1)
    on(bus, path, PROPERTIES).Set(interface, name, value)


def devices(bus):
    """What all adapters know: paths and properties."""
    manager = on(bus, '/', 'org.freedesktop.DBus.ObjectManager')
    return {path: interfaces['org.bluez.Device1'] for path, interfaces in manager.GetManagedObjects().items()
            if 'org.bluez.Device1' in interfaces}


def ignoring(errors, call, *arguments):
    """Calls, and passes over these errors of BlueZ."""
    try:
        call(*arguments)
    except dbus.DBusException as e:
        if e.get_dbus_name().rpartition('.')[2] not in errors:
            raise


class Characteristic(dbus.service.Object):
    """A characteristic. It counts what it sent and what was confirmed."""

    def __init__(self, bus, path, number, flags, value=b''):
        self.bus, self.path, self.uuid, self.flags, self.value = bus, path, uuid(number), flags, value
        self.is_notifying, self.sent, self.confirmed = False, 0, 0
        super().__init__(bus, path)

    def properties(self, service):
        return {CHARACTERISTIC: {'UUID': self.uuid, 'Service': dbus.ObjectPath(service),
                                 'Flags': dbus.Array(self.flags, signature='s')}}

    @dbus.service.method(CHARACTERISTIC, in_signature='a{sv}', out_signature='ay')
    def ReadValue(self, options):
        return dbus.ByteArray(self.value[int(options.get('offset', 0)):])

    @dbus.service.method(CHARACTERISTIC, in_signature='aya{sv}')
    def WriteValue(self, value, options):
        offset = int(options.get('offset', 0))
        self.value = self.value[:offset] + bytes(value)
        self.written(self.value)

    @dbus.service.method(CHARACTERISTIC)
    def StartNotify(self):
        self.is_notifying = True

    @dbus.service.method(CHARACTERISTIC)
    def StopNotify(self):
        self.is_notifying = False

    @dbus.service.method(CHARACTERISTIC)
    def Confirm(self):
        self.confirmed += 1

    @dbus.service.signal(PROPERTIES, signature='sa{sv}as')
    def PropertiesChanged(self, interface, changed, invalidated):
        pass

    def send(self, value):
        """Notifies or indicates, as the flags say. False when nobody has subscribed."""
        if not self.is_notifying:
            return False
        self.PropertiesChanged(CHARACTERISTIC, {'Value': dbus.ByteArray(value)}, [])
        self.sent += 1
        return True

    def written(self, value):
        pass


class Service(dbus.service.Object):
    def __init__(self, bus, path, number):
        self.bus, self.path, self.uuid, self.characteristics = bus, path, uuid(number), []
        super().__init__(bus, path)

    def add(self, number, flags, value=b'', kind=Characteristic):
        one = kind(self.bus, '%s/c%d' % (self.path, len(self.characteristics)), number, flags, value)
        self.characteristics.append(one)
        return one

    def properties(self):
        return {SERVICE: {'UUID': self.uuid, 'Primary': dbus.Boolean(True)}}


class Application(dbus.service.Object):
    def __init__(self, bus, path):
        self.path, self.services = path, []
        super().__init__(bus, path)

    @dbus.service.method('org.freedesktop.DBus.ObjectManager', out_signature='a{oa{sa{sv}}}')
    def GetManagedObjects(self):
        objects = {}
        for service in self.services:
            objects[dbus.ObjectPath(service.path)] = service.properties()
            for one in service.characteristics:
                objects[dbus.ObjectPath(one.path)] = one.properties(service.path)
        return objects


class Advertisement(dbus.service.Object):
    def __init__(self, bus, path, name, numbers):
        self.path, self.name, self.numbers = path, name, numbers
        super().__init__(bus, path)

    @dbus.service.method(PROPERTIES, in_signature='s', out_signature='a{sv}')
    def GetAll(self, interface):
        return {'Type': 'peripheral', 'LocalName': self.name, 'Discoverable': dbus.Boolean(True),
                'ServiceUUIDs': dbus.Array([uuid(n) for n in self.numbers], signature='s')}

    @dbus.service.method('org.bluez.LEAdvertisement1')
    def Release(self):
        pass


class Agent(dbus.service.Object):
    """The default agent of the machine: it answers for the peripherals."""
    PATH = '/org/openiomt/agent'

    def __init__(self, bus, log):
        self.bus, self.log, self.capability = bus, log, 'NoInputNoOutput'
        self.passkey, self.pairings = None, 0
        super().__init__(bus, self.PATH)

    def register(self, capability=None):
        agents = on(self.bus, '/org/bluez', 'org.bluez.AgentManager1')
        ignoring(('DoesNotExist',), agents.UnregisterAgent, dbus.ObjectPath(self.PATH))
        self.capability = capability or self.capability
        agents.RegisterAgent(dbus.ObjectPath(self.PATH), self.capability)
        agents.RequestDefaultAgent(dbus.ObjectPath(self.PATH))

    @dbus.service.method(AGENT, in_signature='ouq')
    def DisplayPasskey(self, device, passkey, entered):
        if int(entered) == 0 and self.passkey != int(passkey):
            self.pairings += 1
        self.passkey = int(passkey)
        self.log('shows a passkey for', device)

    @dbus.service.method(AGENT, in_signature='ou')
    def RequestConfirmation(self, device, passkey):
        self.pairings += 1
        self.passkey = int(passkey)
        self.log('shows a number and takes it for the same as that of', device)

    @dbus.service.method(AGENT, in_signature='o')
    def RequestAuthorization(self, device):
        self.pairings += 1
        self.log('authorizes', device)

    @dbus.service.method(AGENT, in_signature='os')
    def AuthorizeService(self, device, service):
        pass

    @dbus.service.method(AGENT)
    def Cancel(self):
        self.log('a pairing was cancelled')

    @dbus.service.method(AGENT)
    def Release(self):
        pass


def every(milliseconds, step):
    """Calls step until it says False."""
    GLib.timeout_add(milliseconds, step)
