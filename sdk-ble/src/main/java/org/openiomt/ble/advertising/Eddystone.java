package org.openiomt.ble.advertising;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.openiomt.ble.profile.Bits;
import org.openiomt.ble.profile.Described;
import org.openiomt.ble.profile.Fields;
import org.openiomt.core.model.Value.Opaque;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.MedicalFloat;
import org.openiomt.core.wire.Remainder;

/**
 * Eddystone, in the service data of {@code 0xFEAA}. Numbers have their high octet first.
 *
 * <pre>
 * field             type    octets      present when       meaning
 * frame             uint8   1           always             0x00 UID, 0x10 URL, 0x20 telemetry, 0x30 EID; others kept with
 *                                                          what follows
 * powerDbm          int8    1           UID, URL, EID      dBm, the strength at 0 m
 * namespace         octets  10          UID                whose beacons they are
 * instance          octets  6           UID                one of them
 * reserved          uint16  2           UID, may be cut    0; others kept
 * scheme            uint8   1           URL                0 http://www., 1 https://www., 2 http://, 3 https://; others kept
 * text              octets  to the end  URL                characters; 0 to 13 stand for endings such as .com/; others kept
 * version           uint8   1           telemetry          0 plain, 1 sealed; others kept with what follows
 * batteryMillivolt  uint16  2           plain telemetry    mV; 0 not known
 * temperature       int16   2           plain telemetry    1/256 Cel; 0x8000 not known
 * advertisements    uint32  4           plain telemetry    since it was switched on
 * uptime            uint32  4           plain telemetry    0.1 s since it was switched on
 * sealed            octets  12          sealed telemetry   readable with its key only
 * salt              uint16  2           sealed telemetry
 * check             uint16  2           sealed telemetry   shows whether the key fits
 * ephemeralId       octets  8           EID                changes; its owner knows whose it is
 * </pre>
 */
public sealed interface Eddystone extends Described {
    /** Reads and writes it. */
    Codec<Eddystone> CODEC = Codec.of(EddystoneCodec::read, EddystoneCodec::write);

    /**
     * A fixed name.
     *
     * @param powerDbm the strength at 0 m in dBm, -128 to 127
     * @param namespace whose beacons they are, 10 octets
     * @param instance one of them, 6 octets
     * @param reserved the two reserved octets, where they were sent
     * @param remainder trailing octets
     */
    record Uid(int powerDbm, Opaque namespace, Opaque instance, OptionalInt reserved, Remainder remainder)
            implements Eddystone {
        /** Checks the ranges. */
        public Uid {
            EddystoneCodec.requirePower(powerDbm);
            EddystoneCodec.requireSize("namespace", namespace, EddystoneCodec.NAMESPACE_SIZE);
            EddystoneCodec.requireSize("instance", instance, EddystoneCodec.INSTANCE_SIZE);
            Bits.requireUnsigned("reserved", reserved, 16);
            Bits.requireUnknown(remainder, ~0L);
        }

        @Override
        public Map<String, Object> fields() {
            Fields fields = Fields.start()
                    .put("frame", "UID")
                    .put("powerDbm", powerDbm)
                    .octets("namespace", namespace.octets())
                    .octets("instance", instance.octets());
            reserved.ifPresent(bits -> fields.bits("reserved", bits, 16));
            return fields.trailing(remainder).toMap();
        }

        @Override
        public String toString() {
            return Fields.names(this);
        }
    }

    /**
     * An address.
     *
     * @param powerDbm the strength at 0 m in dBm, -128 to 127
     * @param scheme how it begins, 0 to 255
     * @param text its characters as sent
     */
    record Url(int powerDbm, int scheme, Opaque text) implements Eddystone {
        /** Checks the ranges. */
        public Url {
            EddystoneCodec.requirePower(powerDbm);
            Bits.requireUnsigned("scheme", scheme, 8);
            Objects.requireNonNull(text, "text");
        }

        /** Returns the whole address, or empty when it holds a code that is reserved. */
        public Optional<String> url() {
            return EddystoneCodec.url(scheme, text.octets());
        }

        @Override
        public Map<String, Object> fields() {
            Fields fields = Fields.start().put("frame", "URL").put("powerDbm", powerDbm);
            Optional<String> url = url();
            if (url.isPresent()) {
                return fields.put("url", url).toMap();
            }
            return fields.put("scheme", scheme).octets("text", text.octets()).toMap();
        }

        @Override
        public String toString() {
            return Fields.names(this);
        }
    }

    /**
     * How the beacon is.
     *
     * @param batteryMillivolt as sent, 0 to 65,535; 0 not known
     * @param temperature256 1/256 Cel as sent, -32,768 to 32,767; -32,768 not known
     * @param advertisements how many since it was switched on, 0 to 4,294,967,295
     * @param uptimeTenths 0.1 s since it was switched on, 0 to 4,294,967,295
     * @param remainder trailing octets
     */
    record Telemetry(
            int batteryMillivolt, int temperature256, long advertisements, long uptimeTenths, Remainder remainder)
            implements Eddystone {
        private static final int UNKNOWN_BATTERY = 0;
        private static final int UNKNOWN_TEMPERATURE = Short.MIN_VALUE;

        /** Checks the ranges. */
        public Telemetry {
            Bits.requireUnsigned("batteryMillivolt", batteryMillivolt, 16);
            if (temperature256 < Short.MIN_VALUE || temperature256 > Short.MAX_VALUE) {
                throw new IllegalArgumentException("temperature256 out of range -32768..32767");
            }
            Bits.requireUnsigned("advertisements", advertisements, 32);
            Bits.requireUnsigned("uptimeTenths", uptimeTenths, 32);
            Bits.requireUnknown(remainder, ~0L);
        }

        /** Returns the voltage in mV, where it is known. */
        public OptionalInt battery() {
            return batteryMillivolt == UNKNOWN_BATTERY ? OptionalInt.empty() : OptionalInt.of(batteryMillivolt);
        }

        /** Returns degrees Celsius, exactly, where they are known. */
        public Optional<MedicalFloat> celsius() {
            return temperature256 == UNKNOWN_TEMPERATURE
                    ? Optional.empty()
                    : Optional.of(MedicalFloat.of(temperature256 * 390_625L, -8));
        }

        @Override
        public Map<String, Object> fields() {
            return Fields.start()
                    .put("frame", "TLM")
                    .put("batteryMillivolt", battery())
                    .put("temperatureCelsius", celsius())
                    .put("advertisements", advertisements)
                    .put("uptimeSeconds", MedicalFloat.of(uptimeTenths, -1))
                    .trailing(remainder)
                    .toMap();
        }

        @Override
        public String toString() {
            return Fields.names(this);
        }
    }

    /**
     * How the beacon is, for its owner only.
     *
     * @param sealed 12 octets
     * @param salt 0 to 65,535
     * @param check shows whether a key fits, 0 to 65,535
     * @param remainder trailing octets
     */
    record SealedTelemetry(Opaque sealed, int salt, int check, Remainder remainder) implements Eddystone {
        /** Checks the ranges. */
        public SealedTelemetry {
            EddystoneCodec.requireSize("sealed", sealed, EddystoneCodec.SEALED_SIZE);
            Bits.requireUnsigned("salt", salt, 16);
            Bits.requireUnsigned("check", check, 16);
            Bits.requireUnknown(remainder, ~0L);
        }

        @Override
        public Map<String, Object> fields() {
            return Fields.start()
                    .put("frame", "ETLM")
                    .octets("sealed", sealed.octets())
                    .bits("salt", salt, 16)
                    .bits("check", check, 16)
                    .trailing(remainder)
                    .toMap();
        }

        @Override
        public String toString() {
            return Fields.names(this);
        }
    }

    /**
     * A name that changes.
     *
     * @param powerDbm the strength at 0 m in dBm, -128 to 127
     * @param ephemeralId 8 octets
     * @param remainder trailing octets
     */
    record Eid(int powerDbm, Opaque ephemeralId, Remainder remainder) implements Eddystone {
        /** Checks the ranges. */
        public Eid {
            EddystoneCodec.requirePower(powerDbm);
            EddystoneCodec.requireSize("ephemeralId", ephemeralId, EddystoneCodec.EID_SIZE);
            Bits.requireUnknown(remainder, ~0L);
        }

        @Override
        public Map<String, Object> fields() {
            return Fields.start()
                    .put("frame", "EID")
                    .put("powerDbm", powerDbm)
                    .octets("ephemeralId", ephemeralId.octets())
                    .trailing(remainder)
                    .toMap();
        }

        @Override
        public String toString() {
            return Fields.names(this);
        }
    }

    /**
     * A frame that is not known, or telemetry of a version that is not.
     *
     * @param frame the kind as sent, 0 to 255
     * @param remainder the octets behind it
     */
    record Unknown(int frame, Remainder remainder) implements Eddystone {
        /** Checks the range. */
        public Unknown {
            Bits.requireUnsigned("frame", frame, 8);
            Bits.requireUnknown(remainder, ~0L);
        }

        @Override
        public Map<String, Object> fields() {
            return Fields.start().bits("frame", frame, 8).trailing(remainder).toMap();
        }

        @Override
        public String toString() {
            return Fields.names(this);
        }
    }
}
