package org.openiomt.ble.virtual.surroundings;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.openiomt.ble.gatt.AttMeaning;
import org.openiomt.ble.gatt.Gatt;
import org.openiomt.ble.gatt.GattRefusedException;
import org.openiomt.ble.profile.bond.BondManagementCommand;
import org.openiomt.ble.profile.bond.BondManagementCommand.Operation;
import org.openiomt.ble.profile.bond.BondManagementFeature;
import org.openiomt.ble.profile.bond.BondManagementFeature.Feature;
import org.openiomt.ble.virtual.Property;
import org.openiomt.ble.virtual.VirtualPeripheral;
import org.openiomt.core.spi.Channel;
import org.openiomt.core.wire.DecodeException;
import org.openiomt.core.wire.DecodeMode;

/**
 * The Bond Management Service: a client has bonds forgotten. It refuses with ATT error 0x80 an operation that it cannot do, with
 * 0x81 one that finds no bond, and as "insufficient authorization" one that lacks its code. The bond with the client itself is
 * forgotten when the link ends. Any thread may call.
 */
public final class BondManagementService {
    /** Bond Management Control Point. */
    public static final Channel CONTROL_POINT = Gatt.channel("181e", "2aa4");

    /** Bond Management Feature. */
    public static final Channel FEATURE = Gatt.channel("181e", "2aa5");

    private final Set<Feature> features;
    private final Optional<String> code;
    private final String client;

    // Guarded by this.
    private final Set<Bond> bonds = new LinkedHashSet<>();
    private final List<Bond> leaving = new ArrayList<>();

    /** Which radio a bond is for. */
    public enum Radio {
        /** Basic rate. */
        BR_EDR,
        /** Low energy. */
        LE
    }

    /**
     * A bond.
     *
     * @param with who knows the key
     */
    public record Bond(String with, Radio radio) {}

    /**
     * Adds the service to a peripheral that no central is connected to. It can do everything.
     *
     * @param client whose bond is that of the central that is connected
     * @param code what every operation needs; none does without
     */
    public BondManagementService(VirtualPeripheral peripheral, String client, Optional<String> code) {
        this(
                peripheral,
                client,
                code,
                EnumSet.copyOf(EnumSet.allOf(Feature.class).stream()
                        .filter(feature -> code.isPresent() || !feature.name().endsWith("_NEEDS_CODE"))
                        .toList()));
    }

    /**
     * Adds the service to a peripheral that no central is connected to.
     *
     * @param client whose bond is that of the central that is connected
     * @param code what those operations need that say so
     * @param features what it can do
     */
    public BondManagementService(
            VirtualPeripheral peripheral, String client, Optional<String> code, Set<Feature> features) {
        this.client = client;
        this.code = code;
        this.features = Set.copyOf(features);
        peripheral
                .add(CONTROL_POINT, Property.WRITE)
                .onWrite(CONTROL_POINT, this::control)
                .addReadable(FEATURE, BondManagementFeature.CODEC.encode(BondManagementFeature.of(features)))
                .onDisconnected(this::leave);
    }

    /** Bonds. */
    public synchronized void bond(String with, Radio radio) {
        bonds.add(new Bond(with, radio));
    }

    /** Returns the bonds, oldest first. */
    public synchronized Set<Bond> bonds() {
        return new LinkedHashSet<>(bonds);
    }

    private synchronized void leave() {
        leaving.forEach(bonds::remove);
        leaving.clear();
    }

    private void control(byte[] octets) {
        if (octets.length == 0) {
            throw refusal(AttMeaning.INVALID_ATTRIBUTE_VALUE_LENGTH, "an op code is expected");
        }
        BondManagementCommand command;
        try {
            command = BondManagementCommand.CODEC
                    .decode(octets, DecodeMode.STRICT)
                    .value();
        } catch (DecodeException e) {
            throw refusal(AttMeaning.OP_CODE_NOT_SUPPORTED, e.field());
        }
        Operation operation = command.operation()
                .filter(wanted -> features.contains(Feature.valueOf(wanted.name())))
                .orElseThrow(() -> refusal(AttMeaning.OP_CODE_NOT_SUPPORTED, "op code " + command.opCode()));
        boolean needsCode = features.contains(Feature.valueOf(operation.name() + "_NEEDS_CODE"));
        if (needsCode && !code.equals(Optional.of(command.authorizationCode().text()))) {
            throw refusal(AttMeaning.INSUFFICIENT_AUTHORIZATION, "the code does not fit");
        }
        forget(operation);
    }

    private synchronized void forget(Operation operation) {
        List<Bond> found =
                bonds.stream().filter(bond -> concerns(operation, bond)).toList();
        if (found.isEmpty()) {
            throw refusal(AttMeaning.OPERATION_FAILED, "there is no such bond");
        }
        for (Bond bond : found) {
            if (bond.with.equals(client)) {
                leaving.add(bond);
            } else {
                bonds.remove(bond);
            }
        }
    }

    private boolean concerns(Operation operation, Bond bond) {
        boolean isClient = bond.with.equals(client);
        return switch (operation) {
            case DELETE_REQUESTING_DEVICE -> isClient;
            case DELETE_REQUESTING_DEVICE_BR_EDR -> isClient && bond.radio == Radio.BR_EDR;
            case DELETE_REQUESTING_DEVICE_LE -> isClient && bond.radio == Radio.LE;
            case DELETE_ALL -> true;
            case DELETE_ALL_BR_EDR -> bond.radio == Radio.BR_EDR;
            case DELETE_ALL_LE -> bond.radio == Radio.LE;
            case DELETE_ALL_BUT_ACTIVE -> !isClient;
            case DELETE_ALL_BUT_ACTIVE_BR_EDR -> !isClient && bond.radio == Radio.BR_EDR;
            case DELETE_ALL_BUT_ACTIVE_LE -> !isClient && bond.radio == Radio.LE;
        };
    }

    private static GattRefusedException refusal(AttMeaning meaning, String why) {
        return new GattRefusedException(CONTROL_POINT, meaning, why);
    }
}
