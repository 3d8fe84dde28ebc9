package org.openiomt.core.model;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.List;
import org.openiomt.core.wire.MedicalFloat;

/**
 * Turns what makes an observation unique into 16 octets: SHA-256 over fields that each carry their kind or length, so that
 * two different contents never run together. The form is fixed: ids outlive versions of this library.
 */
final class ContentDigest {
    private final MessageDigest sha;

    ContentDigest() {
        try {
            sha = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    ContentDigest number(long value) {
        sha.update(ByteBuffer.allocate(Long.BYTES).putLong(value).flip());
        return this;
    }

    ContentDigest text(String value) {
        return octets(value.getBytes(StandardCharsets.UTF_8));
    }

    ContentDigest octets(byte[] value) {
        number(value.length);
        sha.update(value);
        return this;
    }

    ContentDigest instant(Instant value) {
        return number(value.getEpochSecond()).number(value.getNano());
    }

    ContentDigest time(DeviceTime time) {
        if (time instanceof DeviceTime.WallClock wall) {
            clock(number(1), wall.clock());
            return number(
                    wall.offset().map(zone -> (long) zone.getTotalSeconds()).orElse(Long.MIN_VALUE));
        }
        if (time instanceof DeviceTime.BaseOffset base) {
            clock(number(2), base.base());
            return number(base.offset().toSeconds());
        }
        if (time instanceof DeviceTime.Utc utc) {
            return number(3).instant(utc.instant());
        }
        if (time instanceof DeviceTime.Ticks ticks) {
            return number(4).number(ticks.count()).number(ticks.resolution().toNanos());
        }
        if (time instanceof DeviceTime.None) {
            return number(5);
        }
        throw new AssertionError(time);
    }

    ContentDigest value(Value value) {
        if (value instanceof Value.Numeric numeric) {
            return number(1)
                    .decimal(numeric.quantity().value())
                    .number(numeric.quantity().unit().value());
        }
        if (value instanceof Value.Compound compound) {
            List<Value.Component> components = compound.components();
            number(2).number(components.size());
            components.forEach(part -> number(part.type().value()).value(part.value()));
            return this;
        }
        if (value instanceof Value.Coded coded) {
            return number(3).number(coded.code().value());
        }
        if (value instanceof Value.Flags flags) {
            return number(4).number(flags.bits()).number(flags.width());
        }
        if (value instanceof Value.Text text) {
            return number(5).text(text.text());
        }
        if (value instanceof Value.SampleArray wave) {
            number(6).number(wave.unit().value()).decimal(wave.scale()).decimal(wave.offset());
            number(wave.rate().samples()).number(wave.rate().per().toNanos()).number(wave.size());
            for (int sample : wave.samples()) {
                number(sample);
            }
            return this;
        }
        if (value instanceof Value.Opaque opaque) {
            return number(7).octets(opaque.octets());
        }
        throw new AssertionError(value);
    }

    ObservationId toId() {
        ByteBuffer digest = ByteBuffer.wrap(sha.digest());
        return ObservationId.of(digest.getLong(), digest.getLong());
    }

    private ContentDigest decimal(MedicalFloat value) {
        return text(value.kind().name()).number(value.mantissa()).number(value.exponent());
    }

    private static void clock(ContentDigest digest, DeviceDateTime reading) {
        digest.number(reading.year()).number(reading.month()).number(reading.day());
        digest.number(reading.hour()).number(reading.minute()).number(reading.second());
        digest.number(reading.fraction());
    }
}
