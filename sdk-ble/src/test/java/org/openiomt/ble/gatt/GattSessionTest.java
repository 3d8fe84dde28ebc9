package org.openiomt.ble.gatt;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.openiomt.ble.testing.ManualAir;
import org.openiomt.ble.testing.TestContext;
import org.openiomt.ble.virtual.Faults;
import org.openiomt.ble.virtual.Property;
import org.openiomt.ble.virtual.VirtualPeripheral;
import org.openiomt.core.model.Command;
import org.openiomt.core.model.CommandResult;
import org.openiomt.core.model.DeviceId;
import org.openiomt.core.spi.Channel;
import org.openiomt.core.spi.LinkException;
import org.openiomt.core.spi.RefusedException;
import org.openiomt.core.wire.ByteWriter;
import org.openiomt.core.wire.Codec;

class GattSessionTest {
    private static final Channel LEVEL = Gatt.channel("180f", "2a19");
    private static final Channel STREAM = Gatt.channel("180d", "2a37");
    private static final Channel CONTROL = Gatt.channel("180d", "2a39");
    private static final Channel ABSENT = Gatt.channel("1809", "2a1c");

    /** One octet; a second is kept and reported. */
    private static final Codec<Integer> OCTET = Codec.of(
            in -> {
                int value = in.uint8("value");
                in.remainder(0);
                return value;
            },
            (Integer value, ByteWriter out) -> out.uint8("value", value));

    private final ManualAir room = new ManualAir();
    private final VirtualPeripheral device = new VirtualPeripheral(room.air, "dev-1")
            .addReadable(LEVEL, new byte[] {87})
            .add(STREAM, Property.NOTIFY)
            .add(CONTROL, Property.WRITE);
    private final List<Integer> heard = new ArrayList<>();
    private final TestContext context;
    private final GattSession gatt;

    GattSessionTest() {
        device.appear();
        context = new TestContext(room.clock, ManualAir.seen("dev-1"), room.open(device));
        gatt = new GattSession(context);
    }

    private static Command command(String name) {
        return new Command("c-1", DeviceId.of("dev-1"), name, Map.of(), Instant.MAX, "test");
    }

    @Test
    void splitValuesAreJoinedAndWhatIsLostIsReported() {
        assertThat(room.now(gatt.subscribeSegmented(STREAM, OCTET, heard::add))).isTrue();

        for (String packet : List.of("0307", "0708", "09", "0E01", "1309", "1701AA", "1B")) {
            device.notify(STREAM, HexFormat.of().parseHex(packet));
        }
        room.clock.runUntilIdle();

        assertThat(heard).containsExactly(7, 8, 1, 9, 1);
        assertThat(context.odd).hasSize(1);
        assertThat(context.refused).containsExactly(STREAM + ": value at octet 0: cut short, 1 octet missing");

        device.notify(STREAM, HexFormat.of().parseHex("2305"));
        room.clock.runUntilIdle();
        assertThat(heard).hasSize(6);
        assertThat(context.refused.get(1)).isEqualTo(STREAM + ": segment at octet 0: expected the packet 7, but got 8");
        assertThat(room.now(gatt.subscribeSegmented(ABSENT, OCTET, heard::add))).isFalse();
    }

    @Test
    void aBadFrameIsReportedAndTheNextOneIsHeard() {
        assertThat(room.now(gatt.subscribe(STREAM, OCTET, heard::add))).isTrue();

        device.notify(STREAM, new byte[] {});
        device.notify(STREAM, new byte[] {7, 1});
        device.notify(STREAM, new byte[] {8});
        room.clock.runUntilIdle();

        assertThat(heard).containsExactly(7, 8);
        assertThat(context.refused).containsExactly("180d/2a37: value at octet 0: cut short, 1 octet missing");
        assertThat(context.odd).containsExactly("180d/2a37: trailing at octet 1: 1 octet after the last field");
    }

    @Test
    void aChannelThatTheDeviceLacksIsLeftOut() {
        assertThat(room.now(gatt.subscribe(ABSENT, OCTET, heard::add))).isFalse();
        assertThat(room.now(gatt.readIfPresent(ABSENT, OCTET))).isEmpty();
        assertThat(context.refused).isEmpty();
    }

    @Test
    void aRefusedReadIsReportedAndEmpty() {
        device.faults(Faults.NONE.withRefusal(LEVEL, AttError.INSUFFICIENT_ENCRYPTION));

        assertThat(room.now(gatt.readIfPresent(LEVEL, OCTET))).isEmpty();
        assertThat(context.refused).containsExactly("180f/2a19: 180f/2a19 refused: insufficient encryption (0x0F)");
    }

    @Test
    void aValueThatIsNotUnderstoodIsReportedAndEmpty() {
        device.value(LEVEL, new byte[] {});

        assertThat(room.now(gatt.readIfPresent(LEVEL, OCTET))).isEmpty();
        assertThat(context.refused).hasSize(1);
    }

    @Test
    void aRefusedSubscriptionFails() {
        device.faults(Faults.NONE.withRefusal(STREAM, AttError.INSUFFICIENT_AUTHENTICATION));

        assertThat(room.fault(gatt.subscribe(STREAM, OCTET, heard::add)))
                .isInstanceOfSatisfying(
                        GattRefusedException.class,
                        refusal -> assertThat(refusal.meaning()).contains(AttMeaning.INSUFFICIENT_AUTHENTICATION))
                .hasMessage("180d/2a37 refused: insufficient authentication (0x05)");
    }

    @Test
    void aLostLinkFailsWhatWaitsAndWhatIsQueued() {
        device.faults(Faults.NONE.withDelay(Duration.ofSeconds(1)));
        CompletionStage<?> read = gatt.readIfPresent(LEVEL, OCTET);
        CompletionStage<?> subscription = gatt.subscribe(STREAM, OCTET, heard::add);

        device.disconnect();

        assertThat(room.fault(read)).isInstanceOf(LinkException.class);
        assertThat(room.fault(subscription)).isInstanceOf(LinkException.class);
    }

    @Test
    void operationsRunOneAtATimeInTheOrderOfTheCalls() {
        List<String> order = new ArrayList<>();
        CompletableFuture<String> first = new CompletableFuture<>();

        gatt.inTurn(() -> {
            order.add("first begins");
            return first;
        });
        gatt.readIfPresent(LEVEL, OCTET).thenRun(() -> order.add("second has ended"));
        room.clock.runUntilIdle();
        assertThat(order).containsExactly("first begins");
        first.completeExceptionally(new LinkException("a fault of the test"));
        room.clock.runUntilIdle();

        assertThat(order).containsExactly("first begins", "second has ended");
    }

    @Test
    void aCommandGivesTheDevicesAnswer() {
        List<Integer> written = new ArrayList<>();
        device.onWrite(CONTROL, octets -> written.add((int) octets[0]));
        gatt.onCommand("reset", command -> gatt.write(CONTROL, OCTET, 1).thenApply(done -> new CommandResult.Done()));

        assertThat(room.now(gatt.execute(command("reset")))).isEqualTo(new CommandResult.Done());
        assertThat(written).containsExactly(1);
    }

    @Test
    void aRefusedCommandIsAnAnswerAndLeavesTheSessionAlive() {
        device.onWrite(CONTROL, octets -> {
            throw new RefusedException(0x80, "no");
        });
        gatt.onCommand("reset", command -> gatt.write(CONTROL, OCTET, 2).thenApply(done -> new CommandResult.Done()));

        assertThat(room.now(gatt.execute(command("reset"))))
                .isEqualTo(new CommandResult.Refused("180d/2a39 refused: control point not supported (0x80)", 0x80));
        assertThat(room.now(gatt.readIfPresent(LEVEL, OCTET))).contains(87);
    }

    @Test
    void anUnknownCommandIsRefusedByTheDriver() {
        assertThat(room.now(gatt.execute(command("explode"))))
                .isEqualTo(new CommandResult.Refused("the driver knows no command 'explode'", -1));
    }

    @Test
    void aCommandOverALostLinkFails() {
        gatt.onCommand("reset", command -> gatt.write(CONTROL, OCTET, 1).thenApply(done -> new CommandResult.Done()));
        device.disconnect();

        assertThat(room.fault(gatt.execute(command("reset")))).isInstanceOf(LinkException.class);
    }
}
