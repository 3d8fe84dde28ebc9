package org.openiomt.ble.scenario;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.openiomt.ble.gatt.AttError;
import org.openiomt.ble.gatt.Gatt;
import org.openiomt.ble.profile.battery.BatteryLevel;
import org.openiomt.ble.virtual.Faults;
import org.openiomt.ble.virtual.Property;
import org.openiomt.ble.virtual.VirtualAir;
import org.openiomt.ble.virtual.VirtualDevice;
import org.openiomt.ble.virtual.VirtualGlucoseMeter;
import org.openiomt.ble.virtual.VirtualHeartRateStrap;
import org.openiomt.ble.virtual.VirtualThermometer;
import org.openiomt.core.spi.Channel;
import org.openiomt.core.spi.RefusedException;
import org.openiomt.core.spi.Scheduler;

/**
 * The three devices in a virtual air, and what can be asked of them.
 *
 * <p>The air has no radio, no host stack and no bonds, so what has none of these is played by its nearest equal: that the daemon dies,
 * or that the adapter is switched off, is that all links are lost and no device can be reached until it is back; a bond is a mark in the
 * strap that {@link BondingTransport} sets, as a host stack does; a long write is one packet of an MTU that is large enough.
 */
final class AirRoom {
    private static final String STRAP = "C0:FF:EE:00:00:01";
    private static final String METER = "C0:FF:EE:00:00:02";
    private static final String CLINIC = "C0:FF:EE:00:00:03";
    private static final Channel PRESSURE = Gatt.channel("1810", "2a35");
    private static final int CHARGE = 0x57;
    private static final int LARGEST_MTU = 517;

    final VirtualAir air;
    private final Scheduler scheduler;
    private final VirtualGlucoseMeter meter;
    private final VirtualThermometer clinic;
    private VirtualDevice strap;
    private byte[] written = {};
    private boolean isPasskey;
    private Bond bond = Bond.NONE;
    private int pairings;
    private int beats;
    private int temperatures;
    private int pressures;
    private int confirmedTemperatures;
    private int confirmedPressures;
    private int records;

    /** How a bond was proved. */
    enum Bond {
        NONE,
        JUST_WORKS,
        PASSKEY
    }

    AirRoom(Scheduler scheduler) {
        this.scheduler = scheduler;
        air = new VirtualAir(scheduler);
        strap = strap(true);
        meter = new VirtualGlucoseMeter(air, METER);
        meter.peripheral().name("IoMT meter");
        clinic = new VirtualThermometer(air, CLINIC);
        clinic.peripheral().name("IoMT clinic").add(PRESSURE, Property.INDICATE);
    }

    private VirtualDevice strap(boolean isWhole) {
        VirtualDevice made;
        if (isWhole) {
            made = new VirtualHeartRateStrap(air, STRAP);
            made.peripheral().value(VirtualDevice.BATTERY_LEVEL, BatteryLevel.CODEC.encode(BatteryLevel.of(CHARGE)));
        } else {
            made = new BareStrap(air);
        }
        made.peripheral()
                .name("IoMT strap")
                .mtu(LARGEST_MTU)
                .add(ScenarioSuite.LONG, Property.READ, Property.WRITE)
                .onWrite(ScenarioSuite.LONG, octets -> {
                    written = octets.clone();
                    made.peripheral().value(ScenarioSuite.LONG, octets);
                })
                .add(ScenarioSuite.ENCRYPTED, Property.READ)
                .onRead(
                        ScenarioSuite.ENCRYPTED,
                        () -> secret("secret", bond != Bond.NONE, AttError.INSUFFICIENT_ENCRYPTION))
                .add(ScenarioSuite.AUTHENTICATED, Property.READ)
                .onRead(
                        ScenarioSuite.AUTHENTICATED,
                        () -> secret("topsecret", bond == Bond.PASSKEY, AttError.INSUFFICIENT_AUTHENTICATION));
        return made;
    }

    private static byte[] secret(String words, boolean isAllowed, int otherwise) {
        if (!isAllowed) {
            throw new RefusedException(otherwise, "the bond does not allow it");
        }
        return words.getBytes(StandardCharsets.US_ASCII);
    }

    /** A strap after a change of its firmware: it has no heart rate service any more, and no longer says its charge. */
    private static final class BareStrap extends VirtualDevice {
        BareStrap(VirtualAir air) {
            super(air, STRAP, "Virtual strap with other firmware", "180d");
            peripheral().appear();
        }
    }

    /** Makes a bond with the strap, as strong as what it can do. */
    void pair() {
        bond = isPasskey ? Bond.PASSKEY : Bond.JUST_WORKS;
        pairings++;
    }

    boolean isBonded() {
        return bond != Bond.NONE;
    }

    /** Does what is asked for. */
    CompletionStage<String> ask(String request) {
        try {
            return CompletableFuture.completedFuture(serve(request.split(" ")));
        } catch (IllegalArgumentException e) {
            return CompletableFuture.failedFuture(new RefusedException(1, String.valueOf(e.getMessage())));
        }
    }

    private String serve(String... words) {
        return switch (words[0]) {
            case "strap" -> strap(words);
            case "meter" -> meter(words);
            case "clinic" -> clinic(words);
            case "pairing" -> {
                isPasskey = words[1].equals("passkey");
                yield "";
            }
            case "passkey" -> "123456";
            case "pairings" -> String.valueOf(pairings);
            case "daemon", "adapter" -> {
                boolean isThere = words[1].equals("start") || words[1].equals("on");
                for (VirtualDevice device : new VirtualDevice[] {strap, meter, clinic}) {
                    there(device, isThere);
                }
                yield "";
            }
            default -> throw new IllegalArgumentException("no such request: " + words[0]);
        };
    }

    private static void there(VirtualDevice device, boolean isThere) {
        if (isThere) {
            device.faults(Faults.NONE);
            device.peripheral().appear();
        } else {
            device.peripheral().vanish();
            device.faults(Faults.NONE.withConnectionsRefused().withLinkLostAfter(0));
        }
    }

    private String strap(String... words) {
        return switch (words[1]) {
            case "notify" -> {
                for (int i = 0; i < Integer.parseInt(words[2]); i++) {
                    if (strap.peripheral().isSubscribed(VirtualHeartRateStrap.MEASUREMENT)
                            && strap instanceof VirtualHeartRateStrap heart) {
                        heart.measure(30 + beats++ % 200);
                    }
                }
                yield String.valueOf(beats);
            }
            case "sent" -> String.valueOf(beats);
            case "leave" -> {
                strap.disconnect();
                yield "";
            }
            case "written" -> HexFormat.of().formatHex(written);
            case "other", "whole" -> {
                strap.close();
                strap = strap(words[1].equals("whole"));
                yield "";
            }
            default -> throw new IllegalArgumentException("no such request of the strap: " + words[1]);
        };
    }

    private String meter(String... words) {
        return switch (words[1]) {
            case "records" -> {
                while (records < Integer.parseInt(words[2])) {
                    records++;
                    meter.measureMilligramPerDecilitre(50 + records % 200);
                }
                yield "";
            }
            case "pause" -> ""; // the air's meter sends a record each millisecond
            case "sent" -> String.valueOf(records);
            case "leave" -> {
                meter.disconnect();
                yield "";
            }
            default -> throw new IllegalArgumentException("no such request of the meter: " + words[1]);
        };
    }

    private String clinic(String... words) {
        boolean isTemperature = words[1].equals("temperature");
        return switch (words[2]) {
            case "indicate" -> {
                for (int i = 0; i < Integer.parseInt(words[3]); i++) {
                    indicate(isTemperature);
                }
                yield String.valueOf(isTemperature ? temperatures : pressures);
            }
            case "confirmed" -> String.valueOf(isTemperature ? confirmedTemperatures : confirmedPressures);
            default -> throw new IllegalArgumentException("no such request of the clinic: " + words[2]);
        };
    }

    private void indicate(boolean isTemperature) {
        Channel channel = isTemperature ? VirtualThermometer.MEASUREMENT : PRESSURE;
        if (!clinic.peripheral().isSubscribed(channel)) {
            return;
        }
        byte[] value = HexFormat.of().parseHex(isTemperature ? temperature(temperatures++) : pressure(pressures++));
        clinic.peripheral().notify(channel, value).thenRun(() -> {
            confirmedTemperatures += isTemperature ? 1 : 0;
            confirmedPressures += isTemperature ? 0 : 1;
        });
    }

    private static String temperature(int number) {
        int mantissa = 3_600 + number % 600;
        return String.format(Locale.ROOT, "00%02x%02x00fe", mantissa & 0xFF, mantissa >> 8);
    }

    private static String pressure(int number) {
        return String.format(
                Locale.ROOT, "04%02x00%02x005000%02x00", 100 + number % 100, 60 + number % 30, 50 + number % 100);
    }

    /** Ends everything. */
    void close() {
        air.close();
        scheduler.close();
    }
}
