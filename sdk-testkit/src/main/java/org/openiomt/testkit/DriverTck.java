package org.openiomt.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.openiomt.core.gateway.Gateway;
import org.openiomt.core.json.ObservationText;
import org.openiomt.core.model.Code;
import org.openiomt.core.model.DeviceEvent;
import org.openiomt.core.model.DeviceId;
import org.openiomt.core.model.DeviceState;
import org.openiomt.core.model.Observation;
import org.openiomt.core.spi.Backoff;
import org.openiomt.core.spi.DeviceDriver;
import org.openiomt.core.spi.DriverInfo;
import org.openiomt.core.spi.Scheduler;

/**
 * The laws of a driver. Extend it, name the driver, a device and what the device announces, and every test here runs against the
 * real gateway under a manual clock. One asks the service loader for the driver, as a gateway does:
 *
 * <pre>{@code
 * class ThermometerTest extends DriverTck {
 *     protected DeviceDriver driver() { return new ThermometerDriver(); }
 *     protected LoopbackDevice device(Scheduler time) { return new LoopbackDevice(time, "T1", "1809").with("1809/2a1c", new byte[0]); }
 *     protected List<Announcement> announcements() { return List.of(Announcement.of("1809/2a1c", "00C40900FE")); }
 *     protected List<String> readings() { return List.of("..."); } // a line of ObservationText each
 * }
 * }</pre>
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD) // for a driver that waits where no law expects it
public abstract class DriverTck {
    private static final Backoff PAUSES = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(4));
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int FAILED_OPENS = 500;
    private static final int GARBAGE_FRAMES = 200;
    private static final int LONGEST_GARBAGE = 40;

    private final ManualClock clock = new ManualClock();
    private final LoopbackTransport transport = new LoopbackTransport(clock);
    private final List<Observation> seen = new ArrayList<>();
    private final List<DeviceEvent> events = new ArrayList<>();
    private final Set<Thread> threadsBefore = new HashSet<>();
    private LoopbackDevice device;
    private Gateway gateway;

    /**
     * A value that the device announces.
     *
     * @param channel where
     * @param hex what, in hexadecimal digits
     */
    public record Announcement(String channel, String hex) {
        /** Returns an announcement. */
        public static Announcement of(String channel, String hex) {
            return new Announcement(channel, hex);
        }

        byte[] octets() {
            return HexFormat.of().parseHex(hex.toLowerCase(Locale.ROOT));
        }
    }

    /** For subclasses. */
    protected DriverTck() {}

    /** Returns the driver under test. */
    protected abstract DeviceDriver driver();

    /** Returns a device that is switched on, with all its channels. */
    protected abstract LoopbackDevice device(Scheduler scheduler);

    /** Returns what the device announces while it is used, in order; well-formed, at least one. */
    protected abstract List<Announcement> announcements();

    /** Returns what comes of it: a line of {@link ObservationText} for each observation, in order. */
    protected abstract List<String> readings();

    /**
     * Returns the types of the drivers that a gateway finds by itself: those of the {@link ServiceLoader}. Override it only where
     * the driver is not meant to be found, because its constructor takes arguments and the application adds it.
     */
    protected Stream<Class<? extends DeviceDriver>> provided() {
        return ServiceLoader.load(DeviceDriver.class).stream().map(ServiceLoader.Provider::type);
    }

    @BeforeEach
    final void begin() {
        threadsBefore.addAll(Thread.getAllStackTraces().keySet());
        device = device(clock);
        gateway = Gateway.builder()
                .transport(transport)
                .driver(driver())
                .scheduler(clock)
                .backoff(PAUSES)
                .random(new Random(1))
                .build()
                .onObservation(seen::add)
                .onEvent(events::add)
                .start();
        clock.runUntilIdle();
    }

    @AfterEach
    final void end() {
        gateway.close();
    }

    @Test
    final void theServiceLoaderFindsTheDriver() {
        assertEquals(
                1,
                provided().filter(driver().getClass()::equals).count(),
                "how often the service loader finds " + driver().getClass().getName());
    }

    @Test
    final void theDeviceIsMatched() {
        assertTrue(driver().match(device.discovery()).score() > 0, "the driver does not match its own device");
    }

    @Test
    final void theDriverWaitsForNothing() {
        assertTimeoutPreemptively(PATIENCE, this::connect, "the driver blocks the thread that its answer needs");
    }

    @Test
    final void theDriverStartsNoThread() {
        connect();
        announceAll();
        assertNoThreadStarted();
    }

    @Test
    final void twoDevicesOfOneDriverAreKeptApart() {
        List<LoopbackDevice> both = List.of(device(clock), device(clock));
        Map<DeviceId, List<String>> lines = new LinkedHashMap<>();
        AtomicInteger names = new AtomicInteger();
        Gateway.Builder builder = Gateway.builder()
                .driver(driver())
                .scheduler(clock)
                .deviceIds(any -> DeviceId.of("device-" + names.incrementAndGet()));
        List<LoopbackTransport> transports =
                both.stream().map(any -> new LoopbackTransport(clock)).toList();
        transports.forEach(builder::transport);
        try (Gateway two = builder.build()) {
            two.onObservation(observation -> lines.computeIfAbsent(observation.device(), any -> new ArrayList<>())
                            .add(ObservationText.line(observation)))
                    .start();
            clock.runUntilIdle();
            for (int i = 0; i < both.size(); i++) {
                transports.get(i).show(both.get(i));
                clock.runUntilIdle();
            }
            for (Announcement announcement : announcements()) {
                both.forEach(each -> each.announce(announcement.channel(), announcement.octets()));
                clock.runUntilIdle();
            }
        }
        assertEquals(
                Map.of(DeviceId.of("device-1"), readings(), DeviceId.of("device-2"), readings()),
                lines,
                "readings of two devices at once");
    }

    @Test
    final void announcedValuesBecomeTheExpectedReadings() {
        connect();
        announceAll();
        assertEquals(readings(), lines());
    }

    @Test
    final void theSameValuesInASecondSessionGiveTheSameReadings() {
        connect();
        announceAll();
        seen.clear();
        reconnect();
        announceAll();
        assertEquals(readings().size(), seen.size());
    }

    @Test
    final void everyTypeThatComesIsDeclared() {
        connect();
        announceAll();
        Set<Code> declared =
                driver().info().streams().stream().map(DriverInfo.Stream::type).collect(Collectors.toSet());
        Set<Code> undeclared = seen.stream().map(Observation::type).collect(Collectors.toSet());
        undeclared.removeAll(declared);
        assertTrue(undeclared.isEmpty(), () -> "came, but is not in the driver's streams: " + undeclared);
    }

    @Test
    final void aValueThatIsCutAtAnyOctetStopsNothing() {
        connect();
        for (Announcement announcement : announcements()) {
            byte[] octets = announcement.octets();
            for (int length = 0; length < octets.length; length++) {
                device.announce(announcement.channel(), Arrays.copyOf(octets, length));
                clock.runUntilIdle();
            }
        }
        assertNothingThrown();
        seen.clear();
        announceAll();
        assertEquals(readings().size(), seen.size(), "readings after cut values");
        assertReady();
    }

    @Test
    final void garbageStopsNothing() {
        connect();
        Random random = new Random(7);
        for (int i = 0; i < GARBAGE_FRAMES; i++) {
            byte[] garbage = new byte[random.nextInt(LONGEST_GARBAGE)];
            random.nextBytes(garbage);
            List<Announcement> all = announcements();
            device.announce(all.get(random.nextInt(all.size())).channel(), garbage);
            clock.runUntilIdle();
        }
        assertNothingThrown();
        assertReady();
        seen.clear();
        reconnect();
        announceAll();
        assertEquals(readings().size(), seen.size(), "readings after garbage");
    }

    @Test
    final void aLinkThatIsLostAtAnyStepIsOpenedAgain() {
        for (int step = 0; step < 40; step++) {
            transport.show(device);
            for (int i = 0; i < step && clock.runNext(); i++) {
                // one task further each time
            }
            device.loseLink("lost at step " + step);
            clock.advance(PAUSES.cap().multipliedBy(2));
            transport.show(device);
            clock.runUntilIdle();
            assertReady();
        }
    }

    @Test
    final void fiveHundredFailedOpensLeaveNothingBehind() {
        device.refuseSubscriptions(true);
        transport.show(device);
        while (device.opened() < FAILED_OPENS) {
            clock.advance(PAUSES.cap());
            loseASessionThatNeedsNoSubscription();
        }
        assertFalse(device.isConnected(), "a link stayed open");
        assertTrue(clock.waiting() <= 1, () -> clock.waiting() + " timers wait, only the next attempt may");
        assertNoThreadStarted();
    }

    @Test
    final void nothingComesAfterTheEnd() {
        connect();
        gateway.close();
        int count = seen.size();
        announcements().forEach(announcement -> device.announce(announcement.channel(), announcement.octets()));
        clock.advance(Duration.ofMinutes(5));
        assertEquals(count, seen.size());
        assertFalse(device.isConnected());
    }

    private void connect() {
        transport.show(device);
        clock.runUntilIdle();
        assertReady();
    }

    private void reconnect() {
        device.loseLink("for the test");
        clock.advance(PAUSES.cap());
        transport.show(device);
        clock.runUntilIdle();
        assertReady();
    }

    /** A device that only obeys commands has nothing to subscribe to: its opens fail by the link alone. */
    private void loseASessionThatNeedsNoSubscription() {
        if (gateway.devices().get(0).state() == DeviceState.READY) {
            device.loseLink("for the test");
            clock.runUntilIdle();
        }
    }

    private void announceAll() {
        for (Announcement announcement : announcements()) {
            boolean isHeard = device.announce(announcement.channel(), announcement.octets());
            assertTrue(isHeard, () -> "the driver has not subscribed to " + announcement.channel());
            clock.runUntilIdle();
        }
    }

    private List<String> lines() {
        return seen.stream().map(ObservationText::line).toList();
    }

    private void assertReady() {
        DeviceState state = gateway.devices().isEmpty()
                ? DeviceState.NEW
                : gateway.devices().get(0).state();
        assertEquals(DeviceState.READY, state, () -> "events: " + events);
    }

    /** A frame that is no good is refused with a DecodeException; anything else is the driver's own fault. */
    private void assertNothingThrown() {
        List<String> thrown = events.stream()
                .filter(DeviceEvent.FrameRefused.class::isInstance)
                .map(event -> ((DeviceEvent.FrameRefused) event).reason())
                .filter(reason -> reason.startsWith("the driver failed"))
                .distinct()
                .toList();
        assertEquals(List.of(), thrown, "thrown out of a callback, and no DecodeException");
    }

    private void assertNoThreadStarted() {
        List<Thread> started = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !threadsBefore.contains(thread) && isOfADriver(thread))
                .toList();
        assertEquals(List.of(), started, "threads that the driver started");
    }

    private static boolean isOfADriver(Thread thread) {
        String name = thread.getName();
        return !name.startsWith("junit")
                && !name.startsWith("surefire")
                && !name.contains("Compiler")
                && !name.contains("Sweeper");
    }
}
