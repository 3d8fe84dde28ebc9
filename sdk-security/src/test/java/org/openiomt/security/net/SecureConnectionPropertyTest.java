package org.openiomt.security.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class SecureConnectionPropertyTest {
    private static final int COUNT = 40;

    /** A step of more than 0 brings so many octets at once, one of less asks for so many messages. */
    @Property(tries = 300)
    void whatWasAskedForAndHasComeIsGivenAtOnceInOrder(
            @ForAll @Size(min = 1, max = 60) List<@IntRange(min = -4, max = 120) Integer> steps) throws Exception {
        try (HandCarried ends = new HandCarried()) {
            for (int i = 1; i <= COUNT; i++) {
                ends.device.connection().send(new byte[] {(byte) i});
            }
            ByteBuf octets = ends.sent();
            int frame = octets.readableBytes() / COUNT;
            ends.device.connection().close();
            octets.writeBytes(ends.sent());
            long asked = 0;
            for (int step : steps) {
                if (step > 0) {
                    ends.carry(octets.readBytes(Math.min(step, octets.readableBytes())));
                } else if (step < 0) {
                    ends.request(-step);
                    asked -= step;
                }
                int come = Math.min(COUNT, octets.readerIndex() / frame);
                assertThat(ends.gateway.messages).hasSize((int) Math.min(asked, come));
            }

            ends.carry(octets);
            ends.request(Long.MAX_VALUE);
            assertThat(ends.gateway.messages).hasSize(COUNT);
            int expected = 1;
            for (byte[] message : ends.gateway.messages) {
                assertThat(message).containsExactly(expected++);
            }
            assertThat(ends.gateway.closed()).isEqualTo(CloseReason.CLOSED_BY_PEER);
        }
    }
}
