package org.openiomt.security.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.openiomt.core.model.AuditEvent;
import org.openiomt.core.model.AuditEventType;
import org.openiomt.core.model.ClockState;
import org.openiomt.core.model.DeviceId;
import org.openiomt.core.wire.DecodeException;

class AuditEntryPropertyTest {
    @Property
    void whatIsEncodedDecodesToItself(@ForAll("entries") AuditEntry entry) {
        byte[] octets = entry.encode();

        assertThat(octets.length).isLessThanOrEqualTo(AuditEntry.MAX_OCTETS);
        assertThat(AuditEntry.decode(octets)).isEqualTo(entry);
    }

    @Property(tries = 100)
    void everyCutAndEveryTailIsRefused(@ForAll("entries") AuditEntry entry) {
        byte[] octets = entry.encode();

        for (int length = 0; length < octets.length; length++) {
            byte[] cut = Arrays.copyOf(octets, length);
            assertThatThrownBy(() -> AuditEntry.decode(cut)).isInstanceOf(DecodeException.class);
        }
        assertThatThrownBy(() -> AuditEntry.decode(Arrays.copyOf(octets, octets.length + 1)))
                .isInstanceOf(DecodeException.class);
    }

    @Property
    void anyOctetsHaveOneFormOrAreRefused(
            @ForAll("entries") AuditEntry entry, @ForAll @Size(max = 6) int[] places, @ForAll byte[] values) {
        byte[] octets = entry.encode();
        for (int i = 0; i < Math.min(places.length, values.length); i++) {
            octets[Math.floorMod(places[i], octets.length)] = values[i];
        }
        AuditEntry read;
        try {
            read = AuditEntry.decode(octets);
        } catch (DecodeException e) {
            return;
        }
        assertThat(read.encode()).isEqualTo(octets);
    }

    @Property(tries = 200)
    void longTextsAreCutBetweenCharacters(@ForAll @Size(min = 80, max = 400) String text) {
        AuditEvent event = new AuditEvent(AuditEventType.COMMAND_ASKED, Optional.empty(), text, "", "");
        AuditEntry entry = new AuditEntry(0, Instant.EPOCH, ClockState.UNKNOWN, 1, event);

        String read = AuditEntry.decode(entry.encode()).event().subject();

        byte[] whole = text.getBytes(StandardCharsets.UTF_8);
        String valid = new String(whole, StandardCharsets.UTF_8);
        if (whole.length <= 255) {
            assertThat(read).isEqualTo(valid);
        } else {
            assertThat(read)
                    .endsWith("…")
                    .satisfies(cut -> assertThat(valid).startsWith(cut.substring(0, cut.length() - 1)));
            assertThat(read.getBytes(StandardCharsets.UTF_8).length).isBetween(252, 255);
        }
    }

    @Provide
    Arbitrary<AuditEntry> entries() {
        Arbitrary<AuditEvent> events = Combinators.combine(
                        Arbitraries.of(AuditEventType.class),
                        Arbitraries.strings()
                                .withChars("ABCabc019_-")
                                .ofMinLength(1)
                                .ofMaxLength(64)
                                .map(DeviceId::of)
                                .optional(),
                        Arbitraries.strings().alpha().withChars("é中 \n").ofMaxLength(85),
                        Arbitraries.strings().ascii().ofMaxLength(255),
                        Arbitraries.strings().ascii().ofMaxLength(20))
                .as(AuditEvent::new);
        Arbitrary<Instant> times = Combinators.combine(
                        Arbitraries.longs().between(Instant.MIN.getEpochSecond(), Instant.MAX.getEpochSecond()),
                        Arbitraries.integers().between(0, 999_999_999))
                .as((second, nano) -> Instant.ofEpochSecond(second, nano));
        Arbitrary<ClockState> clocks = Combinators.combine(
                        Arbitraries.of(ClockState.Synchronisation.class), Arbitraries.of(ClockState.Continuity.class))
                .as(ClockState::new);
        return Combinators.combine(
                        Arbitraries.longs().greaterOrEqual(0),
                        times,
                        clocks,
                        Arbitraries.longs().greaterOrEqual(1),
                        events)
                .as(AuditEntry::new);
    }
}
