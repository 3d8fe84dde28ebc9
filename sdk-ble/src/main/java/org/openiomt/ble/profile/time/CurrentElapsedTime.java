package org.openiomt.ble.profile.time;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.openiomt.ble.profile.Bit;
import org.openiomt.ble.profile.Bits;
import org.openiomt.ble.profile.Described;
import org.openiomt.ble.profile.Fields;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.ByteWriter;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.Remainder;

/**
 * Current Elapsed Time, characteristic {@code 0x2BF2} of the Elapsed Time Service. A device tells its clock with 11 octets and is
 * set with the first 9.
 *
 * <pre>
 * field         type         octets  present when     meaning
 * time          ElapsedTime  9       always           what the clock shows
 * status        uint8        1       not when setting  bit 0 the clock asks to be set; others kept
 * capabilities  uint8        1       not when setting  bit 0 follows summer time by itself, bit 1 follows the zone; others kept
 * </pre>
 *
 * @param time what the clock shows
 * @param clock what the device says about its clock; empty in the value that sets it
 * @param remainder trailing octets
 * @see <a href="https://www.bluetooth.com/specifications/specs/elapsed-time-service-1-0/">ETS 1.0, 3.1</a>
 */
public record CurrentElapsedTime(ElapsedTime time, Optional<Clock> clock, Remainder remainder) implements Described {
    /** Reads and writes it. */
    public static final Codec<CurrentElapsedTime> CODEC = Codec.of(CurrentElapsedTime::read, CurrentElapsedTime::write);

    /** What a device says about its clock. */
    public enum Clocking implements Bit {
        /** The clock asks to be set. */
        NEEDS_SET(0x0001),
        /** The clock follows summer time by itself. */
        APPLIES_SUMMER_TIME(0x0100),
        /** The clock follows the time zone by itself. */
        MANAGES_TIME_ZONE(0x0200);

        private final int mask;

        Clocking(int mask) {
            this.mask = mask;
        }

        @Override
        public long mask() {
            return mask;
        }
    }

    /**
     * Status and capabilities of a clock.
     *
     * @param says what the device says
     * @param unknownFlags reserved bits, those of the capabilities 8 places up
     */
    public record Clock(Set<Clocking> says, int unknownFlags) {
        /** Checks and copies. */
        public Clock {
            says = Bits.copy(Clocking.class, says);
            Bits.requireUnsigned("unknownFlags", unknownFlags, Short.SIZE);
            if ((unknownFlags & Bits.known(Clocking.class)) != 0) {
                throw new IllegalArgumentException("unknown flags hold bits that the layout knows");
            }
        }

        private int bits() {
            return (int) Bits.mask(says) | unknownFlags;
        }
    }

    /** Checks that all are there. */
    public CurrentElapsedTime {
        Objects.requireNonNull(time, "time");
        Objects.requireNonNull(clock, "clock");
        Bits.requireUnknown(remainder, ~0L);
        if (clock.isEmpty() && !remainder.isEmpty()) {
            throw new IllegalArgumentException("octets behind the time are the clock's");
        }
    }

    /** Returns the value that sets a clock. */
    public static CurrentElapsedTime setting(ElapsedTime time) {
        return new CurrentElapsedTime(time, Optional.empty(), Remainder.NONE);
    }

    private static CurrentElapsedTime read(ByteReader in) {
        ElapsedTime time = ElapsedTime.read(in);
        if (in.remaining() == 0) {
            return setting(time);
        }
        int at = in.offset();
        int bits = in.uint8("status") | in.uint8("capabilities") << Byte.SIZE;
        int unknown = (int) in.unknownBits("status", at, bits, Bits.known(Clocking.class));
        return new CurrentElapsedTime(
                time, Optional.of(new Clock(Bits.set(Clocking.class, bits), unknown)), in.remainder(0));
    }

    private static void write(CurrentElapsedTime value, ByteWriter out) {
        value.time.write(out);
        value.clock.ifPresent(clock -> out.uint16("status", clock.bits()));
        value.remainder.writeTo(out);
    }

    @Override
    public Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>(time.fields());
        Fields rest = Fields.start();
        clock.ifPresent(given -> rest.bits("status", given.bits() & 0xFF, Byte.SIZE)
                .bits("capabilities", given.bits() >> Byte.SIZE, Byte.SIZE)
                .put("says", given.says));
        fields.putAll(rest.trailing(remainder).toMap());
        return Collections.unmodifiableMap(fields);
    }

    @Override
    public String toString() {
        return Fields.names(this);
    }
}
