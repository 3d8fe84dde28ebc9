package org.openiomt.testkit.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.openiomt.core.gateway.Gateway;
import org.openiomt.core.model.AuditEvent;
import org.openiomt.core.model.AuditEventType;
import org.openiomt.core.model.Command;
import org.openiomt.core.model.CommandResult;
import org.openiomt.core.model.DeviceDescription;
import org.openiomt.core.model.DeviceEvent;
import org.openiomt.core.model.DeviceId;
import org.openiomt.core.model.Value;
import org.openiomt.core.spi.AuditSink;
import org.openiomt.core.spi.AuthenticationException;
import org.openiomt.core.spi.DeviceDriver;
import org.openiomt.core.spi.DriverContext;
import org.openiomt.core.spi.FrameGuard;
import org.openiomt.core.spi.LinkException;
import org.openiomt.testkit.LoopbackDevice;
import org.openiomt.testkit.LoopbackTransport;
import org.openiomt.testkit.ManualClock;

/** What the gateway has written down, and what it does not do before that. */
class GatewayAuditTest {
    private static final DeviceId A1 = DeviceId.of("A1");

    private final ManualClock clock = new ManualClock();
    private final LoopbackTransport transport = new LoopbackTransport(clock);
    private final Book book = new Book();
    private final List<DeviceEvent> events = new ArrayList<>();

    /** A sink that the test can make slow or broken. */
    private static final class Book implements AuditSink {
        private final List<AuditEvent> written = new ArrayList<>();
        private CompletionStage<Void> answer = CompletableFuture.completedFuture(null);

        @Override
        public CompletionStage<Void> record(AuditEvent event) {
            written.add(event);
            return answer;
        }

        List<AuditEventType> types() {
            return written.stream().map(AuditEvent::type).toList();
        }
    }

    private Gateway start(Gateway.Builder builder) {
        Gateway gateway = builder.scheduler(clock)
                .transport(transport)
                .commandPolicy(command ->
                        command.id().startsWith("no") ? Optional.of("a dose of 5 units is too much") : Optional.empty())
                .build()
                .onEvent(events::add)
                .start();
        clock.runUntilIdle();
        return gateway;
    }

    private Gateway start() {
        return start(builder(new CounterDriver("test.counter", 50)));
    }

    private Gateway.Builder builder(DeviceDriver driver) {
        return Gateway.builder().driver(driver).audit(book);
    }

    private LoopbackDevice show(String service) {
        LoopbackDevice device = new LoopbackDevice(clock, "A1", service)
                .with("count", new byte[2])
                .with("wave", new byte[0])
                .with("control", new byte[0]);
        transport.show(device);
        clock.runUntilIdle();
        return device;
    }

    private Command command(String id) {
        return new Command(
                id,
                A1,
                "start",
                Map.of("dose", new Value.Text("five units")),
                clock.instant().plusSeconds(60),
                "dr-no");
    }

    private CompletableFuture<CommandResult> ask(Gateway gateway, String id) {
        CompletableFuture<CommandResult> result = gateway.execute(command(id)).toCompletableFuture();
        clock.runUntilIdle();
        return result;
    }

    private AuditEvent event(AuditEventType type, String id, String detail) {
        return new AuditEvent(type, Optional.of(A1), id, "dr-no", detail);
    }

    @Test
    void everyCommandAndItsEndAreWrittenDownWithoutContent() {
        Gateway gateway = start();
        LoopbackDevice device = show("counter");
        book.written.clear();

        CompletableFuture<CommandResult> first = ask(gateway, "c1");
        CompletableFuture<CommandResult> second = ask(gateway, "no-2");
        device.silent(true);
        CompletableFuture<CommandResult> third = ask(gateway, "c3");
        clock.advance(Duration.ofSeconds(30));
        CompletableFuture<CommandResult> fourth = ask(gateway, "c4");
        device.loseLink("gone");
        clock.runUntilIdle();

        assertThat(first).isCompletedWithValue(new CommandResult.Done());
        assertThat(second).isCompletedWithValueMatching(CommandResult.Refused.class::isInstance);
        assertThat(fourth).isCompletedExceptionally();
        assertThat(third).isCompletedWithValue(new CommandResult.NoAnswer(Duration.ofSeconds(30)));
        assertThat(book.written)
                .containsSubsequence(
                        event(AuditEventType.COMMAND_ASKED, "c1", "start"),
                        event(AuditEventType.COMMAND_DONE, "c1", ""),
                        event(AuditEventType.COMMAND_ASKED, "no-2", "start"),
                        event(AuditEventType.COMMAND_REFUSED, "no-2", "not by the device"),
                        event(AuditEventType.COMMAND_ASKED, "c3", "start"),
                        event(AuditEventType.COMMAND_UNANSWERED, "c3", ""),
                        event(AuditEventType.COMMAND_ASKED, "c4", "start"),
                        event(AuditEventType.COMMAND_BROKEN, "c4", ""))
                .allSatisfy(written ->
                        assertThat(written.toString()).doesNotContain("dose").doesNotContain("units"));
    }

    @Test
    void aCommandThatIsTooOldIsWrittenDownAsExpired() {
        Gateway gateway = start();
        show("counter");
        Command old = new Command("c1", A1, "start", Map.of(), clock.instant(), "dr-no");

        assertThat(gateway.execute(old).toCompletableFuture()).isCompletedWithValue(new CommandResult.Expired());
        assertThat(book.types()).endsWith(AuditEventType.COMMAND_ASKED, AuditEventType.COMMAND_EXPIRED);
    }

    @Test
    void aCommandWaitsUntilItIsWrittenDown() {
        Gateway gateway = start();
        LoopbackDevice device = show("counter");
        CompletableFuture<Void> disk = new CompletableFuture<>();
        book.answer = disk;

        CompletableFuture<CommandResult> result = ask(gateway, "c1");
        assertThat(device.writes()).isEmpty();
        disk.complete(null);
        clock.runUntilIdle();

        assertThat(result).isCompletedWithValue(new CommandResult.Done());
        assertThat(device.writes()).hasSize(1);
    }

    @Test
    void aCommandThatCannotBeWrittenDownIsNotRun() {
        Gateway gateway = start();
        LoopbackDevice device = show("counter");
        book.answer = CompletableFuture.failedFuture(new IllegalStateException("the disk is full"));

        assertThat(ask(gateway, "c1"))
                .isCompletedWithValue(new CommandResult.Refused("the command could not be written down", -1));
        assertThat(device.writes()).isEmpty();
    }

    @Test
    void aCommandThatIsWrittenDownTooLateIsNeverRun() {
        Gateway gateway = start();
        LoopbackDevice device = show("counter");
        CompletableFuture<Void> disk = new CompletableFuture<>();
        book.answer = disk;

        CompletableFuture<CommandResult> result = ask(gateway, "c1");
        clock.advance(Duration.ofSeconds(30));
        assertThat(result).isCompletedWithValue(new CommandResult.Refused("the command could not be written down", -1));
        disk.complete(null);
        clock.runUntilIdle();

        assertThat(device.writes()).isEmpty();
    }

    @Test
    void aSinkThatThrowsHurtsNobodyAndLetsNoCommandPass() {
        Gateway gateway = start(
                Gateway.builder().driver(new CounterDriver("test.counter", 50)).audit(event -> {
                    throw new IllegalStateException("broken");
                }));
        LoopbackDevice device = show("counter");

        assertThat(ask(gateway, "c1")).isCompletedWithValueMatching(CommandResult.Refused.class::isInstance);
        assertThat(device.isConnected()).isTrue();
    }

    @Test
    void aLinkThatBreaksIsToldAsItIs() {
        Gateway gateway = start();
        LoopbackDevice device = show("counter");
        device.silent(true);

        CompletableFuture<CommandResult> result = ask(gateway, "c1");
        device.loseLink("gone");
        clock.runUntilIdle();

        assertThatThrownBy(result::join).hasCauseInstanceOf(LinkException.class);
    }

    @Test
    void sessionsThatBeginAndEndAreWrittenDown() {
        Gateway gateway = start();
        LoopbackDevice device = show("counter");
        device.loseLink("gone");
        clock.advance(Duration.ofMinutes(5));
        gateway.close();

        assertThat(book.written)
                .containsExactly(
                        AuditEvent.of(AuditEventType.PEER_CONNECTED, A1, ""),
                        AuditEvent.of(AuditEventType.PEER_LOST, A1, ""),
                        AuditEvent.of(AuditEventType.PEER_CONNECTED, A1, ""),
                        AuditEvent.of(AuditEventType.PEER_CLOSED, A1, ""));
    }

    @Test
    void aDeviceThatDescribesItselfAnewIsWrittenDownWithoutTheDescription() {
        start(builder(new ScriptedDriver(context -> {
            context.describe(DeviceDescription.EMPTY);
            context.describe(described("serial-1"));
            context.describe(DeviceDescription.EMPTY);
            context.describe(described("serial-1"));
            context.describe(described("serial-2"));
            return CompletableFuture.completedFuture(ScriptedDriver.session());
        })));
        show("scripted");

        assertThat(book.written)
                .containsExactly(
                        AuditEvent.of(AuditEventType.PEER_CHANGED, A1, ""),
                        AuditEvent.of(AuditEventType.PEER_CONNECTED, A1, ""));
    }

    @Test
    void framesThatAreNotAuthenticOrNotUnderstoodAreWrittenDown() {
        start(builder(new CounterDriver("test.counter", 50)).guards(any -> Optional.of(new ForgeryGuard())));
        LoopbackDevice device = show("counter");
        book.written.clear();

        device.announce("count", new byte[] {'f', 0});
        device.announce("count", new byte[1]);
        device.announce("count", CounterDriver.octets(7));
        clock.runUntilIdle();

        assertThat(book.written)
                .containsExactlyInAnyOrder(
                        AuditEvent.of(AuditEventType.FRAME_NOT_AUTHENTIC, A1, "count"),
                        AuditEvent.of(AuditEventType.FRAME_NOT_UNDERSTOOD, A1, "count"));
    }

    @Test
    void aForgedAnswerToAReadIsWrittenDownAndReported() {
        start(builder(new ScriptedDriver(context -> read(context).thenApply(octets -> ScriptedDriver.session())))
                .guards(any -> Optional.of(new ForgeryGuard())));
        LoopbackDevice device = new LoopbackDevice(clock, "A1", "scripted").with("count", new byte[] {'f', 0});
        transport.show(device);
        clock.runUntilIdle();

        assertThat(book.written).containsExactly(AuditEvent.of(AuditEventType.FRAME_NOT_AUTHENTIC, A1, "count"));
        assertThat(events.stream().filter(DeviceEvent.FrameRefused.class::isInstance))
                .hasSize(1);
    }

    @Test
    void aPeerForWhomThereIsNoKeyIsWrittenDown() {
        start(builder(new CounterDriver("test.counter", 50)).guards(any -> {
            throw new IllegalStateException("no key for this device");
        }));
        show("counter");

        assertThat(book.written).containsExactly(AuditEvent.of(AuditEventType.PEER_REFUSED, A1, ""));
    }

    private static CompletionStage<byte[]> read(DriverContext context) {
        return context.link().read(CounterDriver.COUNT);
    }

    private static DeviceDescription described(String serial) {
        DeviceDescription none = DeviceDescription.EMPTY;
        return new DeviceDescription(
                none.manufacturer(),
                none.model(),
                Optional.of(serial),
                none.hardware(),
                none.firmware(),
                none.software(),
                none.systemId(),
                none.specializations());
    }

    /** Takes every frame that begins with an f as forged. */
    private static final class ForgeryGuard implements FrameGuard {
        @Override
        public byte[] seal(byte[] octets, byte[] associatedData) {
            return octets.clone();
        }

        @Override
        public byte[] open(byte[] frame, byte[] associatedData) {
            if (frame[0] == 'f') {
                throw new AuthenticationException();
            }
            return frame.clone();
        }

        @Override
        public int overhead() {
            return 0;
        }

        @Override
        public void close() {}
    }
}
