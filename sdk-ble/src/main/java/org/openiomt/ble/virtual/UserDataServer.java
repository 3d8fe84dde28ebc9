package org.openiomt.ble.virtual;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.openiomt.ble.gatt.AttError;
import org.openiomt.ble.gatt.Gatt;
import org.openiomt.ble.profile.DeviceText;
import org.openiomt.ble.profile.userdata.Gender;
import org.openiomt.ble.profile.userdata.RegisteredUser;
import org.openiomt.ble.profile.userdata.UserControlMessage;
import org.openiomt.ble.profile.userdata.UserControlMessage.Consent;
import org.openiomt.ble.profile.userdata.UserControlMessage.DeleteUser;
import org.openiomt.ble.profile.userdata.UserControlMessage.Outcome;
import org.openiomt.ble.profile.userdata.UserControlMessage.Register;
import org.openiomt.ble.profile.userdata.UserControlMessage.Response;
import org.openiomt.ble.profile.userdata.UserDate;
import org.openiomt.ble.profile.userdata.UserNumber;
import org.openiomt.core.spi.Channel;
import org.openiomt.core.spi.RefusedException;
import org.openiomt.core.wire.ByteWriter;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.DecodeException;
import org.openiomt.core.wire.DecodeMode;
import org.openiomt.core.wire.Remainder;

/**
 * The User Data Service of a device that knows several people: they register with a code of theirs, and a central reads and
 * writes the data of the one whose consent it has. Consent ends with the connection.
 */
final class UserDataServer {
    static final Channel FIRST_NAME = Gatt.channel("181c", "2a8a");
    static final Channel DATE_OF_BIRTH = Gatt.channel("181c", "2a85");
    static final Channel GENDER = Gatt.channel("181c", "2a8c");
    static final Channel HEIGHT = Gatt.channel("181c", "2a8e");
    static final Channel WEIGHT = Gatt.channel("181c", "2a98");
    static final Channel CHANGE_INCREMENT = Gatt.channel("181c", "2a99");
    static final Channel USER_INDEX = Gatt.channel("181c", "2a9a");
    static final Channel CONTROL_POINT = Gatt.channel("181c", "2a9f");
    static final Channel REGISTERED_USER = Gatt.channel("181c", "2b37");

    static final int UNKNOWN_USER = 0xFF;

    private static final Map<Channel, Codec<?>> FIELDS = fields();

    private final VirtualPeripheral peripheral;
    private final Runnable onConsent;
    private final SegmentSender segments;
    private final ControlPointServer server;

    // Guarded by this.
    private final TreeMap<Integer, User> users = new TreeMap<>();
    private OptionalInt consented = OptionalInt.empty();
    private boolean isFailing;

    private static final class User {
        final int consentCode;
        final Map<Channel, byte[]> data = new HashMap<>();
        long changeIncrement;

        User(int consentCode) {
            this.consentCode = consentCode;
        }
    }

    /**
     * Adds the service to a peripheral.
     *
     * @param onConsent runs when a central has got the consent of a user
     */
    UserDataServer(VirtualPeripheral peripheral, Runnable onConsent) {
        this.peripheral = peripheral;
        this.onConsent = onConsent;
        this.segments = new SegmentSender(peripheral);
        for (Map.Entry<Channel, Codec<?>> field : FIELDS.entrySet()) {
            Channel channel = field.getKey();
            peripheral
                    .add(channel, Property.READ, Property.WRITE)
                    .onRead(channel, () -> read(channel))
                    .onWrite(channel, octets -> write(channel, field.getValue(), octets));
        }
        peripheral
                .add(CHANGE_INCREMENT, Property.READ, Property.WRITE, Property.NOTIFY)
                .onRead(CHANGE_INCREMENT, this::readIncrement)
                .onWrite(CHANGE_INCREMENT, this::writeIncrement)
                .add(USER_INDEX, Property.READ)
                .onRead(USER_INDEX, () -> new byte[] {(byte) current().orElse(UNKNOWN_USER)})
                .add(CONTROL_POINT, Property.WRITE, Property.INDICATE)
                .add(REGISTERED_USER, Property.INDICATE)
                .onDisconnected(this::end);
        server = new ControlPointServer(peripheral, CONTROL_POINT, ProcedureErrors.COMMON, this::serve);
    }

    private static Map<Channel, Codec<?>> fields() {
        Map<Channel, Codec<?>> fields = new LinkedHashMap<>();
        fields.put(FIRST_NAME, DeviceText.CODEC);
        fields.put(DATE_OF_BIRTH, UserDate.CODEC);
        fields.put(GENDER, Gender.CODEC);
        fields.put(HEIGHT, UserNumber.Kind.HEIGHT.profile().codec());
        fields.put(WEIGHT, UserNumber.Kind.WEIGHT.profile().codec());
        return fields;
    }

    /** Registers somebody at the device itself and returns the index, 0 to 254. */
    synchronized int register(int consentCode) {
        int index = 0;
        while (users.containsKey(index)) {
            index++;
        }
        if (index >= UNKNOWN_USER) {
            throw new IllegalStateException("the device knows 255 users already");
        }
        users.put(index, new User(consentCode));
        return index;
    }

    synchronized boolean knows(int index) {
        return users.containsKey(index);
    }

    /** Returns the user whose consent the central at hand has. */
    synchronized OptionalInt current() {
        return consented;
    }

    /** Returns what a field holds of a user; empty when nobody has said it. */
    synchronized Optional<byte[]> field(int index, Channel field) {
        return Optional.ofNullable(users.get(index)).map(user -> user.data.get(field));
    }

    /** Sets a field at the device itself, and announces that the data have changed to a central with the user's consent. */
    void change(int index, Channel field, byte[] octets) {
        byte[] increment;
        synchronized (this) {
            User user = Optional.ofNullable(users.get(index))
                    .orElseThrow(() -> new IllegalArgumentException("no user " + index));
            user.data.put(field, octets.clone());
            user.changeIncrement++;
            increment = octets(user.changeIncrement);
            if (consented.orElse(UNKNOWN_USER) != index) {
                return;
            }
        }
        peripheral.notify(CHANGE_INCREMENT, increment);
    }

    synchronized void failNext() {
        isFailing = true;
    }

    void refuseNext(int attError) {
        server.refuseNext(attError);
    }

    private synchronized void end() {
        consented = OptionalInt.empty();
    }

    private User consented() {
        return consented.stream()
                .mapToObj(users::get)
                .findFirst()
                .orElseThrow(() -> new RefusedException(
                        AttError.USER_DATA_ACCESS_NOT_PERMITTED, "no user has consented on this connection"));
    }

    private synchronized byte[] read(Channel channel) {
        return consented().data.getOrDefault(channel, new byte[0]).clone();
    }

    private synchronized void write(Channel channel, Codec<?> codec, byte[] octets) {
        User user = consented();
        requireSound(codec, octets);
        user.data.put(channel, octets.clone());
    }

    private synchronized byte[] readIncrement() {
        return octets(consented().changeIncrement);
    }

    private synchronized void writeIncrement(byte[] octets) {
        User user = consented();
        Codec<UserNumber> codec =
                UserNumber.Kind.DATABASE_CHANGE_INCREMENT.profile().codec();
        requireSound(codec, octets);
        user.changeIncrement = codec.decode(octets).value().toBigDecimal().longValueExact();
    }

    private static void requireSound(Codec<?> codec, byte[] octets) {
        try {
            codec.decode(octets, DecodeMode.STRICT);
        } catch (DecodeException e) {
            throw new RefusedException(AttError.OUT_OF_RANGE, "not a value of this field: " + e.getMessage());
        }
    }

    private static byte[] octets(long increment) {
        ByteWriter out = new ByteWriter();
        out.uint32("increment", increment & 0xFFFFFFFFL);
        return out.toByteArray();
    }

    private List<byte[]> serve(byte[] octets) {
        int opCode = octets.length == 0 ? 0 : octets[0] & 0xFF;
        UserControlMessage answer;
        OptionalInt before = current();
        try {
            answer = answer(UserControlMessage.CODEC.decode(octets));
        } catch (DecodeException e) {
            answer = Response.of(opCode, Outcome.INVALID_PARAMETER);
        }
        if (!before.equals(current()) && current().isPresent()) {
            onConsent.run();
        }
        return List.of(UserControlMessage.CODEC.encode(answer));
    }

    private synchronized Response answer(UserControlMessage request) {
        int opCode = request.opCode();
        if (request instanceof UserControlMessage.Unknown || request instanceof Response) {
            return Response.of(opCode, Outcome.OP_CODE_NOT_SUPPORTED);
        }
        if (!request.remainder().isEmpty()) {
            return Response.of(opCode, Outcome.INVALID_PARAMETER);
        }
        if (isFailing) {
            isFailing = false;
            return Response.of(opCode, Outcome.OPERATION_FAILED);
        }
        if (request instanceof Register register) {
            return register(register);
        }
        if (request instanceof Consent consent) {
            return Response.of(opCode, consent(consent));
        }
        if (request instanceof UserControlMessage.DeleteData) {
            return Response.of(opCode, deleteData());
        }
        if (request instanceof UserControlMessage.ListUsers) {
            return list();
        }
        if (request instanceof DeleteUser delete) {
            return delete(delete);
        }
        throw new AssertionError(request);
    }

    private Response register(Register request) {
        if (request.consentCode() > UserControlMessage.MAX_CONSENT_CODE) {
            return Response.of(request.opCode(), Outcome.INVALID_PARAMETER);
        }
        return users.size() >= UNKNOWN_USER
                ? Response.of(request.opCode(), Outcome.OPERATION_FAILED)
                : Response.done(request.opCode(), register(request.consentCode()));
    }

    private Outcome consent(Consent request) {
        User user = users.get(request.userIndex());
        if (user == null || request.consentCode() > UserControlMessage.MAX_CONSENT_CODE) {
            return Outcome.INVALID_PARAMETER;
        }
        if (user.consentCode != request.consentCode()) {
            return Outcome.USER_NOT_AUTHORIZED;
        }
        consented = OptionalInt.of(request.userIndex());
        return Outcome.SUCCESS;
    }

    private Outcome deleteData() {
        if (consented.isEmpty()) {
            return Outcome.USER_NOT_AUTHORIZED;
        }
        User user = consented();
        user.data.clear();
        user.changeIncrement = 0;
        return Outcome.SUCCESS;
    }

    /** Indicates every user before the answer, which counts them. */
    private Response list() {
        if (!peripheral.isSubscribed(REGISTERED_USER)) {
            throw new RefusedException(ProcedureErrors.COMMON.notSubscribed(), "nobody listens to the list of users");
        }
        users.forEach((index, user) -> {
            byte[] name = user.data.get(FIRST_NAME);
            RegisteredUser entry = new RegisteredUser(
                    index, Optional.ofNullable(name).map(DeviceText.CODEC::decode), false, Remainder.NONE);
            segments.send(REGISTERED_USER, RegisteredUser.WHOLE.encode(entry));
        });
        return Response.done(UserControlMessage.LIST_USERS, users.size());
    }

    private Response delete(DeleteUser request) {
        int index = request.userIndex();
        if (!users.containsKey(index)) {
            return Response.of(request.opCode(), Outcome.INVALID_PARAMETER);
        }
        if (consented.orElse(UNKNOWN_USER) != index) {
            return Response.of(request.opCode(), Outcome.USER_NOT_AUTHORIZED);
        }
        users.remove(index);
        consented = OptionalInt.empty();
        return Response.done(request.opCode(), index);
    }

    /** Returns the indices of all users. */
    synchronized List<Integer> indices() {
        return new ArrayList<>(users.keySet());
    }
}
