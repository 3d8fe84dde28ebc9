package org.openiomt.ble.quirk;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.openiomt.ble.quirk.Quirk.CheckSum;
import org.openiomt.ble.quirk.Quirk.ClockFirst;
import org.openiomt.ble.quirk.Quirk.Form;
import org.openiomt.ble.quirk.Quirk.PairFirst;
import org.openiomt.ble.quirk.Quirk.Selector;
import org.openiomt.ble.quirk.Quirk.SendsUnasked;
import org.openiomt.ble.quirk.Quirk.Tolerated;
import org.openiomt.ble.quirk.Quirk.WideAmounts;
import org.openiomt.core.model.DeviceDescription;
import org.openiomt.core.wire.Crc16;

/**
 * The only table of what known devices do otherwise than the standard says. Its test holds a frame for each effect that changes
 * how a value is read.
 */
public final class Quirks {
    private static final List<Quirk> ALL = List.of(
            // flag bit 6 stands for a user; pulse and status have their high octet first; a mean of 0 was not measured
            new Quirk(
                    "Beurer BM85",
                    Selector.of("Beurer", "BM85", "BM85"),
                    List.of(
                            new Form(
                                    "2A35",
                                    Rewrite.of(
                                            "56 s0 s1 y0 y1 00 00 t0 t1 t2 t3 t4 t5 t6 p1 p0 u z1 z0",
                                            "1E s0 s1 y0 y1 FF 07 t0 t1 t2 t3 t4 t5 t6 p0 p1 u z0 z1")),
                            new Form(
                                    "2A35",
                                    Rewrite.of(
                                            "56 s0 s1 y0 y1 m0 m1 t0 t1 t2 t3 t4 t5 t6 p1 p0 u z1 z0",
                                            "1E s0 s1 y0 y1 m0 m1 t0 t1 t2 t3 t4 t5 t6 p0 p1 u z0 z1")))),
            new Quirk(
                    "Medtronic MiniMed 780G",
                    Selector.ofMaker("Medtronic"),
                    List.of(
                            new CheckSum(Crc16.CCITT_FALSE),
                            new WideAmounts(),
                            new Tolerated("2AAA", "a zone of -128 and a daylight saving of 255: both not known"))),
            new Quirk(
                    "Accu-Chek Guide",
                    Selector.ofMaker("Roche"),
                    List.of(
                            new Tolerated("2A18", "type 8 and location 15, and a status although nothing is wrong"),
                            new PairFirst("in its pairing mode"))),
            new Quirk(
                    "A&D UA-651BLE and UC-352BLE",
                    Selector.ofMaker("A&D"),
                    List.of(new ClockFirst("1810", "2a08"), new SendsUnasked(), new PairFirst("in its pairing mode"))),
            new Quirk(
                    "Omron with the standard service",
                    Selector.ofName("BLEsmart_"),
                    List.of(
                            new ClockFirst("1805", "2a2b"),
                            new PairFirst("with its Bluetooth button held for 5 s, twice"))),
            new Quirk(
                    "Wahoo",
                    Selector.ofMaker("Wahoo"),
                    List.of(new Tolerated("2A29", "a text with seven NULs behind it"))),
            new Quirk(
                    "JetBlack Volt",
                    Selector.ofMaker("JetBlack"),
                    List.of(new Tolerated("2AD6", "a resistance in two octets where newer texts have one"))));

    private Quirks() {}

    /** Returns all quirks. */
    public static List<Quirk> all() {
        return ALL;
    }

    /** Returns the quirks of a device by what is known about it so far. */
    public static List<Quirk> of(Optional<String> advertisedName, DeviceDescription device) {
        return ALL.stream()
                .filter(quirk -> quirk.selector().chooses(advertisedName, device))
                .toList();
    }

    /** Returns the effects of one kind, in the order of the table. */
    public static <T extends Quirk.Effect> List<T> effects(List<Quirk> quirks, Class<T> kind) {
        return quirks.stream()
                .flatMap(quirk -> quirk.effects().stream())
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }

    /**
     * Returns the octets of a value in the order of the standard, or empty when they have it or no quirk knows their form.
     *
     * @param characteristic 4 hexadecimal digits, upper or lower case
     */
    public static Optional<byte[]> rewrite(List<Quirk> quirks, String characteristic, byte[] octets) {
        return effects(quirks, Form.class).stream()
                .filter(form -> form.characteristic().equals(characteristic.toUpperCase(Locale.ROOT)))
                .flatMap(form -> form.rewrite().apply(octets).stream())
                .findFirst();
    }
}
