package org.openiomt.ble.profile.reconnection;

import java.util.ArrayList;
import java.util.List;
import org.openiomt.ble.profile.Bits;
import org.openiomt.ble.profile.Fields;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.ByteWriter;
import org.openiomt.core.wire.MedicalFloat;

/**
 * How a device advertises and connects: 16 octets that several messages of the control point hold.
 *
 * <pre>
 * field                  type    octets  meaning
 * reconnectionTimeout    uint16  2       its unit is unverified; 0xFFFE switched off
 * minConnectionInterval  uint16  2       in 1.25 ms
 * maxConnectionInterval  uint16  2       in 1.25 ms
 * peripheralLatency      uint16  2       connection events that the device may leave out
 * supervisionTimeout     uint16  2       in 10 ms
 * advertisingInterval    uint16  2       in 0.625 ms
 * advertisingCount       uint16  2       how many advertisements
 * repetitionTime         uint16  2       between two rounds of advertisements; its unit is unverified
 * </pre>
 *
 * 0xFFFF stands for "leave it as it is" in what a client writes and for "not supported" in what a device answers.
 *
 * @param codes the numbers as sent, 0 to 65,535 each, in this order
 */
public record ConnectionParameters(List<Integer> codes) {
    /** Leaves a parameter as it is, or says that it is not supported. */
    public static final int NONE = 0xFFFF;

    /** Switches the reconnection time-out off. */
    public static final int TIMEOUT_OFF = 0xFFFE;

    private static final List<Parameter> PARAMETERS = List.of(
            new Parameter("reconnectionTimeout", 0, 0),
            new Parameter("minConnectionIntervalMillis", 125, -2),
            new Parameter("maxConnectionIntervalMillis", 125, -2),
            new Parameter("peripheralLatency", 0, 0),
            new Parameter("supervisionTimeoutMillis", 10, 0),
            new Parameter("advertisingIntervalMillis", 625, -3),
            new Parameter("advertisingCount", 0, 0),
            new Parameter("repetitionTime", 0, 0));

    /** A number that counts steps of {@code digits} x 10^{@code exponent}; no digits: a plain number. */
    private record Parameter(String name, int digits, int exponent) {
        Object value(int code) {
            if (this.equals(PARAMETERS.get(0)) && code == TIMEOUT_OFF) {
                return "off";
            }
            return digits == 0 ? (Object) code : MedicalFloat.of((long) code * digits, exponent);
        }
    }

    /** Checks the ranges and copies. */
    public ConnectionParameters {
        codes = List.copyOf(codes);
        if (codes.size() != PARAMETERS.size()) {
            throw new IllegalArgumentException("expected 8 numbers, but got " + codes.size());
        }
        for (int i = 0; i < codes.size(); i++) {
            Bits.requireUnsigned(PARAMETERS.get(i).name, codes.get(i), 16);
        }
    }

    static ConnectionParameters read(ByteReader in) {
        List<Integer> codes = new ArrayList<>();
        PARAMETERS.forEach(parameter -> codes.add(in.uint16(parameter.name)));
        return new ConnectionParameters(codes);
    }

    void writeTo(ByteWriter out) {
        for (int i = 0; i < PARAMETERS.size(); i++) {
            out.uint16(PARAMETERS.get(i).name, codes.get(i));
        }
    }

    /** Adds those that are there. */
    void describe(Fields fields) {
        for (int i = 0; i < PARAMETERS.size(); i++) {
            if (codes.get(i) != NONE) {
                fields.put(PARAMETERS.get(i).name, PARAMETERS.get(i).value(codes.get(i)));
            }
        }
    }
}
