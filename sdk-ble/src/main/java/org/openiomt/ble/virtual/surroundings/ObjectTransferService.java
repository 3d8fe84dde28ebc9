package org.openiomt.ble.virtual.surroundings;

import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import org.openiomt.ble.gatt.AttMeaning;
import org.openiomt.ble.gatt.Gatt;
import org.openiomt.ble.gatt.GattRefusedException;
import org.openiomt.ble.profile.Bits;
import org.openiomt.ble.profile.DeviceText;
import org.openiomt.ble.profile.objecttransfer.ObjectActionMessage;
import org.openiomt.ble.profile.objecttransfer.ObjectActionResult;
import org.openiomt.ble.profile.objecttransfer.ObjectChanged;
import org.openiomt.ble.profile.objecttransfer.ObjectChanged.Change;
import org.openiomt.ble.profile.objecttransfer.ObjectId;
import org.openiomt.ble.profile.objecttransfer.ObjectListFilter;
import org.openiomt.ble.profile.objecttransfer.ObjectListMessage;
import org.openiomt.ble.profile.objecttransfer.ObjectListResult;
import org.openiomt.ble.profile.objecttransfer.ObjectProperties;
import org.openiomt.ble.profile.objecttransfer.ObjectSize;
import org.openiomt.ble.profile.objecttransfer.ObjectTransferFeatures;
import org.openiomt.ble.profile.objecttransfer.ObjectTransferFeatures.Action;
import org.openiomt.ble.profile.objecttransfer.ObjectTransferFeatures.ListOf;
import org.openiomt.ble.profile.objecttransfer.ObjectType;
import org.openiomt.ble.profile.time.DateTime;
import org.openiomt.ble.virtual.ControlPointServer;
import org.openiomt.ble.virtual.Property;
import org.openiomt.ble.virtual.VirtualPeripheral;
import org.openiomt.ble.virtual.surroundings.ObjectShelf.Item;
import org.openiomt.core.model.DeviceDateTime;
import org.openiomt.core.model.Value.Opaque;
import org.openiomt.core.spi.Channel;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.DecodeException;
import org.openiomt.core.wire.DecodeMode;
import org.openiomt.core.wire.Remainder;

/**
 * The Object Transfer Service: objects that a client chooses through the Object List Control Point and handles through the Object
 * Action Control Point. What is read of an object is that of the current one; without one it is refused with ATT error 0x81.
 *
 * <p>The content goes over an L2CAP channel, which a {@link org.openiomt.core.spi.Link} does not have: reading and writing content is
 * answered "channel unavailable", as by a server to which no channel was opened. So the content of an object that a client makes stays
 * empty. Any thread may call.
 */
public final class ObjectTransferService {
    /** OTS Feature. */
    public static final Channel FEATURE = Gatt.channel("1825", "2abd");

    /** Object Name. */
    public static final Channel NAME = Gatt.channel("1825", "2abe");

    /** Object Type. */
    public static final Channel TYPE = Gatt.channel("1825", "2abf");

    /** Object Size. */
    public static final Channel SIZE = Gatt.channel("1825", "2ac0");

    /** Object First-Created. */
    public static final Channel FIRST_CREATED = Gatt.channel("1825", "2ac1");

    /** Object Last-Modified. */
    public static final Channel LAST_MODIFIED = Gatt.channel("1825", "2ac2");

    /** Object ID. */
    public static final Channel ID = Gatt.channel("1825", "2ac3");

    /** Object Properties. */
    public static final Channel PROPERTIES = Gatt.channel("1825", "2ac4");

    /** Object Action Control Point. */
    public static final Channel ACTION = Gatt.channel("1825", "2ac5");

    /** Object List Control Point. */
    public static final Channel LIST = Gatt.channel("1825", "2ac6");

    /** Object Changed; what a client does itself is not told to it. */
    public static final Channel CHANGED = Gatt.channel("1825", "2ac8");

    /** How many filters there are. */
    public static final int FILTERS = 3;

    private static final int MAX_NAME = 120;

    private final VirtualPeripheral peripheral;
    private final long capacity;
    private final Set<ObjectType> types;

    // Guarded by this.
    private final ObjectShelf shelf = new ObjectShelf(FILTERS);
    private @Nullable Item current;

    /**
     * Adds the service to a peripheral that no central is connected to. There are no objects.
     *
     * @param capacity the most octets of an object that a client makes
     * @param types the kinds of objects that a client can make
     */
    public ObjectTransferService(VirtualPeripheral peripheral, long capacity, Set<ObjectType> types) {
        this.peripheral = peripheral;
        this.capacity = capacity;
        this.types = Set.copyOf(types);
        Set<Action> actions = EnumSet.of(
                Action.CREATE, Action.DELETE, Action.CALCULATE_CHECKSUM, Action.EXECUTE, Action.READ, Action.WRITE);
        ObjectTransferFeatures features =
                new ObjectTransferFeatures(Bits.mask(actions), Bits.mask(EnumSet.allOf(ListOf.class)), Remainder.NONE);
        peripheral
                .advertises("1825")
                .addReadable(FEATURE, ObjectTransferFeatures.CODEC.encode(features))
                .add(NAME, Property.READ, Property.WRITE)
                .onRead(NAME, () -> about(NAME, item -> DeviceText.CODEC.encode(DeviceText.of(item.name))))
                .onWrite(NAME, this::rename)
                .add(TYPE, Property.READ)
                .onRead(TYPE, () -> about(TYPE, item -> ObjectType.CODEC.encode(item.type)))
                .add(SIZE, Property.READ)
                .onRead(SIZE, () -> about(SIZE, ObjectTransferService::size))
                .add(FIRST_CREATED, Property.READ)
                .onRead(FIRST_CREATED, () -> about(FIRST_CREATED, item -> time(item.created)))
                .add(LAST_MODIFIED, Property.READ)
                .onRead(LAST_MODIFIED, () -> about(LAST_MODIFIED, item -> time(item.modified)))
                .add(ID, Property.READ)
                .onRead(ID, () -> about(ID, item -> ObjectId.CODEC.encode(ObjectId.of(item.id))))
                .add(PROPERTIES, Property.READ, Property.WRITE)
                .onRead(PROPERTIES, () -> about(PROPERTIES, ObjectTransferService::properties))
                .onWrite(PROPERTIES, this::mark)
                .add(ACTION, Property.WRITE, Property.INDICATE)
                .add(LIST, Property.WRITE, Property.INDICATE)
                .add(CHANGED, Property.INDICATE)
                .onDisconnected(this::forget);
        for (int i = 0; i < FILTERS; i++) {
            int index = i;
            peripheral
                    .add(filter(i), Property.READ, Property.WRITE)
                    .onRead(filter(i), () -> filterOf(index))
                    .onWrite(filter(i), octets -> setFilter(index, octets));
        }
        ControlPointServer.serveAtOnce(peripheral, ACTION, octets -> List.of(act(octets)));
        ControlPointServer.serveAtOnce(peripheral, LIST, octets -> List.of(list(octets)));
    }

    /** Returns where a filter is, from 0 to 2. */
    public static Channel filter(int index) {
        return Gatt.channel("1825", "2ac7", index + 1);
    }

    /**
     * Adds an object and tells it.
     *
     * @param name at most 120 octets in UTF-8
     * @param content copied
     * @param allowed what a client may do with it
     * @return its number, from 256
     */
    public long add(String name, ObjectType type, byte[] content, Set<ObjectProperties.Property> allowed) {
        requireName(name).ifPresent(why -> {
            throw new IllegalArgumentException(why.toString());
        });
        long id;
        synchronized (this) {
            Item item = shelf.add(name, type, now(), allowed);
            item.content = content.clone();
            item.allocated = content.length;
            id = item.id;
        }
        tell(id, Set.of(Change.CREATION));
        return id;
    }

    /**
     * Gives an object another content and tells it.
     *
     * @throws IllegalArgumentException when there is no such object
     */
    public void change(long id, byte[] content) {
        synchronized (this) {
            Item item = require(id);
            item.content = content.clone();
            item.allocated = Math.max(item.allocated, content.length);
            item.modified = now();
        }
        tell(id, Set.of(Change.CONTENTS));
    }

    /**
     * Takes an object away and tells it.
     *
     * @throws IllegalArgumentException when there is no such object
     */
    public void remove(long id) {
        synchronized (this) {
            delete(require(id));
        }
        tell(id, Set.of(Change.DELETION));
    }

    /** Returns the numbers of all objects, in their order. */
    public synchronized List<Long> objects() {
        return shelf.ids();
    }

    private Item require(long id) {
        return shelf.find(id).orElseThrow(() -> new IllegalArgumentException("no object " + id));
    }

    private void delete(Item item) {
        shelf.remove(item);
        if (current == item) {
            current = null;
        }
    }

    private LocalDateTime now() {
        return LocalDateTime.ofInstant(peripheral.scheduler().clock().instant(), ZoneOffset.UTC)
                .withNano(0);
    }

    private void tell(long id, Set<Change> changes) {
        peripheral.notify(CHANGED, ObjectChanged.CODEC.encode(new ObjectChanged(changes, id, Remainder.NONE)));
    }

    private synchronized void forget() {
        shelf.showAll();
        current = null;
    }

    private synchronized byte[] about(Channel channel, Function<Item, byte[]> what) {
        return what.apply(selected(channel));
    }

    private Item selected(Channel channel) {
        Item item = current;
        if (item == null) {
            throw new GattRefusedException(channel, AttMeaning.OBJECT_NOT_SELECTED, "choose an object first");
        }
        return item;
    }

    private static byte[] size(Item item) {
        return ObjectSize.CODEC.encode(new ObjectSize(item.content.length, item.allocated, Remainder.NONE));
    }

    private static byte[] time(LocalDateTime time) {
        return DateTime.CODEC.encode(DateTime.of(DeviceDateTime.from(time)));
    }

    private static byte[] properties(Item item) {
        return ObjectProperties.CODEC.encode(new ObjectProperties(item.allowed, Remainder.NONE));
    }

    private static <T> T decode(Channel channel, Codec<T> codec, byte[] octets) {
        try {
            return codec.decode(octets, DecodeMode.STRICT).value();
        } catch (DecodeException e) {
            throw new GattRefusedException(channel, AttMeaning.WRITE_REQUEST_REJECTED, e.field());
        }
    }

    private Optional<AttMeaning> requireName(String name) {
        int octets = name.getBytes(StandardCharsets.UTF_8).length;
        if (octets == 0 || octets > MAX_NAME) {
            return Optional.of(AttMeaning.WRITE_REQUEST_REJECTED);
        }
        synchronized (this) {
            return shelf.isTaken(name) ? Optional.of(AttMeaning.OBJECT_NAME_ALREADY_EXISTS) : Optional.empty();
        }
    }

    private synchronized void rename(byte[] octets) {
        Item item = selected(NAME);
        String name = decode(NAME, DeviceText.CODEC, octets).text();
        if (!name.equals(item.name)) {
            requireName(name).ifPresent(why -> {
                throw new GattRefusedException(NAME, why, "another name of 1 to 120 octets");
            });
            item.name = name;
            item.modified = now();
        }
    }

    /** A client can mark an object, and change no other property. */
    private synchronized void mark(byte[] octets) {
        Item item = selected(PROPERTIES);
        Set<ObjectProperties.Property> wanted =
                decode(PROPERTIES, ObjectProperties.CODEC, octets).allowed();
        if (!unmarked(wanted).equals(unmarked(item.allowed))) {
            throw new GattRefusedException(
                    PROPERTIES, AttMeaning.WRITE_REQUEST_REJECTED, "only the mark can be changed");
        }
        item.allowed.clear();
        item.allowed.addAll(wanted);
    }

    private static Set<ObjectProperties.Property> unmarked(Set<ObjectProperties.Property> properties) {
        Set<ObjectProperties.Property> others = new HashSet<>(properties);
        others.remove(ObjectProperties.Property.MARK);
        return others;
    }

    private synchronized byte[] filterOf(int index) {
        return ObjectListFilter.CODEC.encode(shelf.filter(index));
    }

    private synchronized void setFilter(int index, byte[] octets) {
        ObjectListFilter filter = decode(filter(index), ObjectListFilter.CODEC, octets);
        if (!ObjectShelf.isKnown(filter)) {
            throw new GattRefusedException(filter(index), AttMeaning.WRITE_REQUEST_REJECTED, "a filter that is known");
        }
        shelf.filter(index, filter);
        if (!shelf.shown().contains(current)) {
            current = null;
        }
    }

    private synchronized byte[] act(byte[] octets) {
        int opCode = opCode(ACTION, octets);
        ObjectActionMessage.Response response;
        if (opCode < ObjectActionMessage.CREATE || opCode > ObjectActionMessage.ABORT) {
            response = ObjectActionMessage.Response.of(opCode, ObjectActionResult.OP_CODE_NOT_SUPPORTED);
        } else {
            try {
                response = act(ObjectActionMessage.CODEC
                        .decode(octets, DecodeMode.STRICT)
                        .value());
            } catch (DecodeException e) {
                response = ObjectActionMessage.Response.of(opCode, ObjectActionResult.INVALID_PARAMETER);
            }
        }
        return ObjectActionMessage.CODEC.encode(response);
    }

    private ObjectActionMessage.Response act(ObjectActionMessage request) {
        int opCode = request.opCode();
        if (request instanceof ObjectActionMessage.Create create) {
            return ObjectActionMessage.Response.of(opCode, make(create));
        }
        if (opCode == ObjectActionMessage.ABORT) {
            return ObjectActionMessage.Response.of(opCode, ObjectActionResult.OPERATION_FAILED);
        }
        Item item = current;
        if (item == null) {
            return ObjectActionMessage.Response.of(opCode, ObjectActionResult.INVALID_OBJECT);
        }
        if (!isPermitted(request, item)) {
            return ObjectActionMessage.Response.of(opCode, ObjectActionResult.PROCEDURE_NOT_PERMITTED);
        }
        if (request instanceof ObjectActionMessage.Execute) {
            return ObjectActionMessage.Response.of(opCode, ObjectActionResult.SUCCESS);
        }
        if (request instanceof ObjectActionMessage.Part part) {
            return handle(part, item);
        }
        delete(item);
        return ObjectActionMessage.Response.of(opCode, ObjectActionResult.SUCCESS);
    }

    private static boolean isPermitted(ObjectActionMessage request, Item item) {
        return switch (request.opCode()) {
            case ObjectActionMessage.DELETE -> item.allows(ObjectProperties.Property.DELETE);
            case ObjectActionMessage.EXECUTE -> item.allows(ObjectProperties.Property.EXECUTE);
            case ObjectActionMessage.READ -> item.allows(ObjectProperties.Property.READ);
            case ObjectActionMessage.WRITE -> item.allows(ObjectProperties.Property.WRITE);
            default -> true;
        };
    }

    private ObjectActionResult make(ObjectActionMessage.Create create) {
        if (!types.contains(create.type())) {
            return ObjectActionResult.UNSUPPORTED_TYPE;
        }
        if (create.size() > capacity) {
            return ObjectActionResult.INSUFFICIENT_RESOURCES;
        }
        Item item =
                shelf.add("", create.type(), now(), EnumSet.complementOf(EnumSet.of(ObjectProperties.Property.MARK)));
        item.allocated = create.size();
        current = item;
        return ObjectActionResult.SUCCESS;
    }

    private static ObjectActionMessage.Response handle(ObjectActionMessage.Part part, Item item) {
        long room = part.opCode() == ObjectActionMessage.WRITE ? item.allocated : item.content.length;
        if (part.offset() + part.length() > room) {
            return ObjectActionMessage.Response.of(part.opCode(), ObjectActionResult.INVALID_PARAMETER);
        }
        if (part.opCode() != ObjectActionMessage.CALCULATE_CHECKSUM) {
            return ObjectActionMessage.Response.of(part.opCode(), ObjectActionResult.CHANNEL_UNAVAILABLE);
        }
        CRC32 crc = new CRC32();
        crc.update(Arrays.copyOfRange(item.content, (int) part.offset(), (int) (part.offset() + part.length())));
        return new ObjectActionMessage.Response(
                part.opCode(),
                ObjectActionResult.SUCCESS.code(),
                OptionalLong.of(crc.getValue()),
                Opaque.of(new byte[0]),
                Remainder.NONE);
    }

    private synchronized byte[] list(byte[] octets) {
        int opCode = opCode(LIST, octets);
        ObjectListResult result;
        if (opCode < ObjectListMessage.FIRST || opCode > ObjectListMessage.CLEAR_MARKING) {
            result = ObjectListResult.OP_CODE_NOT_SUPPORTED;
        } else {
            try {
                result = list(ObjectListMessage.CODEC
                        .decode(octets, DecodeMode.STRICT)
                        .value());
            } catch (DecodeException e) {
                result = ObjectListResult.INVALID_PARAMETER;
            }
        }
        boolean isCount = opCode == ObjectListMessage.REQUEST_NUMBER_OF_OBJECTS && result == ObjectListResult.SUCCESS;
        OptionalLong count = isCount ? OptionalLong.of(shelf.shown().size()) : OptionalLong.empty();
        return ObjectListMessage.CODEC.encode(
                new ObjectListMessage.Response(opCode, result.code(), count, Remainder.NONE));
    }

    private ObjectListResult list(ObjectListMessage request) {
        List<Item> shown = shelf.shown();
        if (request instanceof ObjectListMessage.GoTo wanted) {
            Optional<Item> found =
                    shown.stream().filter(item -> item.id == wanted.id()).findFirst();
            found.ifPresent(item -> current = item);
            return found.isPresent() ? ObjectListResult.SUCCESS : ObjectListResult.OBJECT_ID_NOT_FOUND;
        }
        if (request instanceof ObjectListMessage.Order order) {
            shelf.sort(order.order());
            return ObjectListResult.SUCCESS;
        }
        return switch (request.opCode()) {
            case ObjectListMessage.FIRST -> goTo(shown, 0);
            case ObjectListMessage.LAST -> goTo(shown, shown.size() - 1);
            case ObjectListMessage.PREVIOUS -> step(shown, -1);
            case ObjectListMessage.NEXT -> step(shown, 1);
            case ObjectListMessage.CLEAR_MARKING -> {
                shown.forEach(item -> item.allowed.remove(ObjectProperties.Property.MARK));
                yield ObjectListResult.SUCCESS;
            }
            default -> ObjectListResult.SUCCESS;
        };
    }

    private ObjectListResult goTo(List<Item> shown, int index) {
        if (shown.isEmpty()) {
            return ObjectListResult.NO_OBJECT;
        }
        if (index < 0 || index >= shown.size()) {
            return ObjectListResult.OUT_OF_BOUNDS;
        }
        current = shown.get(index);
        return ObjectListResult.SUCCESS;
    }

    private ObjectListResult step(List<Item> shown, int by) {
        if (shown.isEmpty()) {
            return ObjectListResult.NO_OBJECT;
        }
        int at = shown.indexOf(current);
        return at < 0 ? ObjectListResult.OPERATION_FAILED : goTo(shown, at + by);
    }

    private static int opCode(Channel channel, byte[] octets) {
        if (octets.length == 0) {
            throw new GattRefusedException(
                    channel, AttMeaning.INVALID_ATTRIBUTE_VALUE_LENGTH, "a request has an op code");
        }
        return octets[0] & 0xFF;
    }
}
