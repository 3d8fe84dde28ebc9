package org.openiomt.ble.procedure;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Queue;
import org.openiomt.ble.gatt.Gatt;
import org.openiomt.ble.gatt.GattSession;
import org.openiomt.ble.testing.ManualAir;
import org.openiomt.ble.testing.TestContext;
import org.openiomt.ble.virtual.Property;
import org.openiomt.ble.virtual.VirtualPeripheral;
import org.openiomt.core.spi.Channel;

/** A glucose meter that answers each request with what the test has written down, and a session on it. */
final class ScriptedMeter {
    static final Channel MEASUREMENT = Gatt.channel("1808", "2a18");
    static final Channel CONTEXT = Gatt.channel("1808", "2a34");
    static final Channel CONTROL_POINT = Gatt.channel("1808", "2a52");

    final ManualAir room = new ManualAir();
    final VirtualPeripheral device;
    final TestContext context;
    final GattSession gatt;

    /** What was asked, as octets in hexadecimal digits. */
    final List<String> asked = new ArrayList<>();

    private final Queue<Runnable> answers = new ArrayDeque<>();

    ScriptedMeter(Channel... announcing) {
        device = new VirtualPeripheral(room.air, "meter");
        for (Channel channel : announcing) {
            device.add(channel, Property.NOTIFY);
        }
        device.add(CONTROL_POINT, Property.WRITE, Property.INDICATE).onWrite(CONTROL_POINT, octets -> {
            asked.add(HexFormat.of().withUpperCase().formatHex(octets));
            Runnable answer = answers.poll();
            if (answer != null) {
                answer.run();
            }
        });
        device.appear();
        context = new TestContext(room.clock, ManualAir.seen("meter"), room.open(device));
        gatt = new GattSession(context);
    }

    /** Says what the meter does when the next request comes; without it, the meter says nothing. */
    void answersNext(Runnable answer) {
        answers.add(answer);
    }

    /** Sends octets on the control point. */
    void indicate(String hex) {
        send(CONTROL_POINT, hex);
    }

    /** Sends the measurement of this number, 5.9 mmol/L, taken in the minute of the number; no context is announced. */
    void measurement(int number) {
        send(MEASUREMENT, measurement("06", number));
    }

    /** The same, with a context announced. */
    void measurementWithContext(int number) {
        send(MEASUREMENT, measurement("16", number));
    }

    /** Sends the context of this number: before a meal. */
    void context(int number) {
        send(CONTEXT, "02" + uint16(number) + "01");
    }

    void send(Channel channel, String hex) {
        device.notify(channel, HexFormat.of().parseHex(hex));
    }

    private static String measurement(String flags, int number) {
        return flags + uint16(number) + "E80706170E" + HexFormat.of().toHexDigits((byte) (number % 60)) + "00"
                + "3BC0F1";
    }

    private static String uint16(int number) {
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits((byte) number) + hex.toHexDigits((byte) (number >> 8));
    }
}
