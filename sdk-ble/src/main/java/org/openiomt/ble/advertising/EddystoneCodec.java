package org.openiomt.ble.advertising;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.openiomt.core.model.Value.Opaque;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.ByteWriter;
import org.openiomt.core.wire.DecodeException;
import org.openiomt.core.wire.Remainder;

/** Reads and writes Eddystone frames. */
final class EddystoneCodec {
    static final int NAMESPACE_SIZE = 10;
    static final int INSTANCE_SIZE = 6;
    static final int SEALED_SIZE = 12;
    static final int EID_SIZE = 8;

    private static final int UID = 0x00;
    private static final int URL = 0x10;
    private static final int TELEMETRY = 0x20;
    private static final int EID = 0x30;
    private static final int PLAIN = 0;
    private static final int SEALED = 1;

    private static final List<String> SCHEMES = List.of("http://www.", "https://www.", "http://", "https://");
    private static final List<String> ENDINGS = List.of(
            ".com/", ".org/", ".edu/", ".net/", ".info/", ".biz/", ".gov/", ".com", ".org", ".edu", ".net", ".info",
            ".biz", ".gov");
    private static final int FIRST_CHARACTER = 0x21;
    private static final int LAST_CHARACTER = 0x7E;

    private EddystoneCodec() {}

    static Eddystone read(ByteReader in) {
        int at = in.offset();
        int frame = in.uint8("frame");
        return switch (frame) {
            case UID -> readUid(in);
            case URL -> readUrl(in);
            case TELEMETRY -> readTelemetry(in);
            case EID ->
                new Eddystone.Eid(in.int8("powerDbm"), Opaque.of(in.octets("ephemeralId", EID_SIZE)), in.remainder(0));
            default -> {
                in.unforeseen("frame", at, "unknown code " + frame);
                yield new Eddystone.Unknown(frame, in.remainder(0));
            }
        };
    }

    private static Eddystone readUid(ByteReader in) {
        int power = in.int8("powerDbm");
        Opaque namespace = Opaque.of(in.octets("namespace", NAMESPACE_SIZE));
        Opaque instance = Opaque.of(in.octets("instance", INSTANCE_SIZE));
        int at = in.offset();
        OptionalInt reserved =
                in.remaining() < 2 ? OptionalInt.empty() : OptionalInt.of((int) BigEndian.read(in, "reserved", 2));
        in.unknownBits("reserved", at, reserved.orElse(0), 0);
        return new Eddystone.Uid(power, namespace, instance, reserved, in.remainder(0));
    }

    private static Eddystone readUrl(ByteReader in) {
        int power = in.int8("powerDbm");
        int at = in.offset();
        Eddystone.Url value =
                new Eddystone.Url(power, in.uint8("scheme"), Opaque.of(in.octets("text", in.remaining())));
        if (value.url().isEmpty()) {
            in.unforeseen("scheme", at, "a code in the address that is reserved");
        }
        return value;
    }

    private static Eddystone readTelemetry(ByteReader in) {
        int at = in.offset();
        if (in.remaining() == 0) {
            throw new DecodeException("version", at, "cut short, 1 octet missing");
        }
        int version = in.uint8("version");
        if (version == PLAIN) {
            return new Eddystone.Telemetry(
                    (int) BigEndian.read(in, "batteryMillivolt", 2),
                    (short) BigEndian.read(in, "temperature", 2),
                    BigEndian.read(in, "advertisements", 4),
                    BigEndian.read(in, "uptime", 4),
                    in.remainder(0));
        }
        if (version == SEALED) {
            return new Eddystone.SealedTelemetry(
                    Opaque.of(in.octets("sealed", SEALED_SIZE)),
                    (int) BigEndian.read(in, "salt", 2),
                    (int) BigEndian.read(in, "check", 2),
                    in.remainder(0));
        }
        in.unforeseen("version", at, "unknown code " + version);
        byte[] rest = in.octets("content", in.remaining());
        ByteWriter all = new ByteWriter();
        all.uint8("version", version);
        all.octets(rest);
        return new Eddystone.Unknown(TELEMETRY, Remainder.of(0, all.toByteArray()));
    }

    static void write(Eddystone frame, ByteWriter out) {
        if (frame instanceof Eddystone.Uid uid) {
            out.uint8("frame", UID);
            out.int8("powerDbm", uid.powerDbm());
            out.octets(uid.namespace().octets());
            out.octets(uid.instance().octets());
            uid.reserved().ifPresent(bits -> BigEndian.write(out, "reserved", bits, 2));
            uid.remainder().writeTo(out);
        } else if (frame instanceof Eddystone.Url url) {
            out.uint8("frame", URL);
            out.int8("powerDbm", url.powerDbm());
            out.uint8("scheme", url.scheme());
            out.octets(url.text().octets());
        } else if (frame instanceof Eddystone.Telemetry telemetry) {
            out.uint8("frame", TELEMETRY);
            out.uint8("version", PLAIN);
            BigEndian.write(out, "batteryMillivolt", telemetry.batteryMillivolt(), 2);
            BigEndian.write(out, "temperature", telemetry.temperature256() & 0xFFFF, 2);
            BigEndian.write(out, "advertisements", telemetry.advertisements(), 4);
            BigEndian.write(out, "uptime", telemetry.uptimeTenths(), 4);
            telemetry.remainder().writeTo(out);
        } else if (frame instanceof Eddystone.SealedTelemetry telemetry) {
            out.uint8("frame", TELEMETRY);
            out.uint8("version", SEALED);
            out.octets(telemetry.sealed().octets());
            BigEndian.write(out, "salt", telemetry.salt(), 2);
            BigEndian.write(out, "check", telemetry.check(), 2);
            telemetry.remainder().writeTo(out);
        } else if (frame instanceof Eddystone.Eid eid) {
            out.uint8("frame", EID);
            out.int8("powerDbm", eid.powerDbm());
            out.octets(eid.ephemeralId().octets());
            eid.remainder().writeTo(out);
        } else if (frame instanceof Eddystone.Unknown unknown) {
            out.uint8("frame", unknown.frame());
            unknown.remainder().writeTo(out);
        } else {
            throw new AssertionError(frame);
        }
    }

    static Optional<String> url(int scheme, byte[] text) {
        if (scheme >= SCHEMES.size()) {
            return Optional.empty();
        }
        StringBuilder url = new StringBuilder(SCHEMES.get(scheme));
        for (byte octet : text) {
            int code = octet & 0xFF;
            if (code < ENDINGS.size()) {
                url.append(ENDINGS.get(code));
            } else if (code >= FIRST_CHARACTER && code <= LAST_CHARACTER) {
                url.append((char) code);
            } else {
                return Optional.empty();
            }
        }
        return Optional.of(url.toString());
    }

    static void requirePower(int powerDbm) {
        if (powerDbm < Byte.MIN_VALUE || powerDbm > Byte.MAX_VALUE) {
            throw new IllegalArgumentException("powerDbm out of range -128..127");
        }
    }

    static void requireSize(String field, Opaque octets, int size) {
        if (octets.octets().length != size) {
            throw new IllegalArgumentException(field + ": expected " + size + " octets");
        }
    }
}
