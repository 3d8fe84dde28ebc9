package org.openiomt.ble.profile.activity;

import static org.openiomt.ble.conformance.ProfileValues.bits;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.openiomt.ble.conformance.Laws;
import org.openiomt.ble.profile.Segmented;
import org.openiomt.core.wire.Remainder;

class ActivityPropertyTest extends Laws {
    private static final Arbitrary<Integer> U16 = Arbitraries.integers().between(0, 0xFFFF);
    private static final Arbitrary<Integer> COUNTERS = Arbitraries.integers().between(0, 63);

    @Override
    protected List<Law<?>> laws() {
        List<Law<?>> laws = new ArrayList<>();
        for (ActivityLayout layout : ActivityLayout.values()) {
            laws.add(new Law<>(layout.codec(), data(layout), true));
            laws.add(new Law<>(
                    layout.packetCodec(),
                    Combinators.combine(COUNTERS, data(layout)).as(Segmented::whole),
                    true));
        }
        laws.add(new Law<>(
                ActivityFeatures.CODEC,
                bits(ActivityFeatures.Feature.class).map(supports -> new ActivityFeatures(supports, Remainder.NONE)),
                true));
        laws.add(new Law<>(ActivityControlPoint.CODEC, messages(), true));
        laws.add(new Law<>(
                CurrentSession.CODEC,
                Combinators.combine(Arbitraries.of(true, false), U16, moments(), U16, moments(), U16)
                        .as((isRunning, session, start, sub, subStart, type) ->
                                new CurrentSession(isRunning, session, start, sub, subStart, type, Remainder.NONE)),
                true));
        laws.add(new Law<>(SessionDescriptor.CODEC, descriptors(), true));
        laws.add(new Law<>(
                SessionDescriptor.PACKET_CODEC,
                Combinators.combine(COUNTERS, descriptors()).as(Segmented::whole),
                true));
        return laws;
    }

    private static Arbitrary<ActivityData> data(ActivityLayout layout) {
        return Combinators.combine(U16, U16, Arbitraries.longs().between(0, 0xFFFF_FFFFL), Arbitraries.randoms())
                .as((session, sub, seconds, random) -> new ActivityData(
                        layout,
                        session,
                        sub,
                        seconds,
                        seconds,
                        layout.wornBit().isPresent() && random.nextBoolean(),
                        fields(layout, random),
                        Remainder.NONE));
    }

    private static Map<String, Long> fields(ActivityLayout layout, Random random) {
        Map<String, Long> values = new LinkedHashMap<>();
        for (ActivityLayout.Field field : layout.fields()) {
            if (random.nextBoolean()) {
                long width = field.size() * (long) Byte.SIZE;
                long raw = random.nextLong() & (1L << width) - 1;
                long known = field.name().equals("sleepStage") ? raw & 0x803FFF : raw;
                values.put(field.name(), field.isSigned() ? known - (1L << (width - 1)) : known);
            }
        }
        return values;
    }

    private static Arbitrary<ActivityControlPoint> messages() {
        return Combinators.combine(
                        Arbitraries.of(ActivityControlPoint.Operation.class),
                        Arbitraries.integers().between(0, 255))
                .as((operation, number) -> {
                    byte[] octets = {(byte) operation.opCode(), number.byteValue(), 0, 0, 0, 0};
                    ActivityControlPoint padded = ActivityControlPoint.CODEC.decode(octets);
                    return ActivityControlPoint.of(operation, padded.operands());
                });
    }

    private static Arbitrary<SessionMoment> moments() {
        return Combinators.combine(
                        Arbitraries.longs().between(0, 0xFFFF_FFFFL),
                        Arbitraries.integers().between(-32768, 32767))
                .as(SessionMoment::new);
    }

    private static Arbitrary<SessionDescriptor> descriptors() {
        return Combinators.combine(bits(SessionDescriptor.Flag.class), U16, U16, moments(), moments())
                .as((flags, session, sub, start, end) -> new SessionDescriptor(
                        flags,
                        session,
                        flags.contains(SessionDescriptor.Flag.SESSION) ? OptionalInt.empty() : OptionalInt.of(sub),
                        start,
                        flags.contains(SessionDescriptor.Flag.RUNNING) ? Optional.empty() : Optional.of(end),
                        Remainder.NONE));
    }
}
