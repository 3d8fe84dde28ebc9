package org.openiomt.testkit.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.launcher.EngineFilter;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;
import org.openiomt.core.model.Observation;
import org.openiomt.core.nomenclature.Mdc;
import org.openiomt.core.spi.DeviceDriver;
import org.openiomt.core.spi.DeviceSession;
import org.openiomt.core.spi.DriverContext;
import org.openiomt.core.spi.LinkException;
import org.openiomt.core.spi.Scheduler;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.DecodeMode;
import org.openiomt.testkit.DriverTck;
import org.openiomt.testkit.LoopbackDevice;

/** The driver kit finds what is wrong with bad drivers, each by the law that was made for it. */
class DriverTckTest {
    @Test
    void aGoodDriverBreaksNoLaw() {
        assertThat(brokenBy(Good.class)).isEmpty();
    }

    @Test
    void aDriverThatKeepsItsLinkAfterAFailedOpenIsFound() {
        assertThat(brokenBy(KeepsTheLink.class)).contains("fiveHundredFailedOpensLeaveNothingBehind()");
    }

    @Test
    void aDriverThatThrowsOutOfACallbackIsFound() {
        assertThat(brokenBy(Throws.class))
                .containsExactlyInAnyOrder("aValueThatIsCutAtAnyOctetStopsNothing()", "garbageStopsNothing()");
    }

    @Test
    void aDriverThatStartsAThreadIsFound() {
        assertThat(brokenBy(StartsAThread.class)).contains("theDriverStartsNoThread()");
        StartsAThread.end.countDown();
    }

    @Test
    void aDriverThatDeliversAnUndeclaredTypeIsFound() {
        assertThat(brokenBy(Undeclared.class)).contains("everyTypeThatComesIsDeclared()");
    }

    @Test
    void aDriverThatKeepsStateOfOneDeviceIsFound() {
        assertThat(brokenBy(KeepsState.class)).containsExactly("twoDevicesOfOneDriverAreKeptApart()");
    }

    @Test
    void aDriverThatWaitsIsFoundAndDoesNotHangTheKit() {
        assertThat(broken(selectMethod(Waits.class, "theDriverWaitsForNothing")))
                .containsExactly("theDriverWaitsForNothing()");
    }

    @Test
    void aDriverThatGivesUpAfterALostLinkIsFound() {
        assertThat(brokenBy(OpensOnce.class)).contains("aLinkThatIsLostAtAnyStepIsOpenedAgain()");
    }

    @Test
    void aDriverThatNobodyProvidesIsFound() {
        assertThat(brokenBy(NotProvided.class)).containsExactly("theServiceLoaderFindsTheDriver()");
    }

    private static List<String> brokenBy(Class<? extends Kit> kit) {
        return broken(selectClass(kit));
    }

    private static List<String> broken(DiscoverySelector selector) {
        SummaryGeneratingListener summary = new SummaryGeneratingListener();
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(selector)
                                .configurationParameter(Planted.KEY, "true")
                                .filters(EngineFilter.includeEngines("junit-jupiter"))
                                .build(),
                        summary);
        assertThat(summary.getSummary().getTestsStartedCount()).isPositive();
        return summary.getSummary().getFailures().stream()
                .map(TestExecutionSummary.Failure::getTestIdentifier)
                .map(test -> test.getDisplayName())
                .toList();
    }

    /** Lets the planted kits run only from here, whatever pattern of tests somebody asks for. */
    static final class Planted implements ExecutionCondition {
        private static final String KEY = "openiomt.planted";

        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            return context.getConfigurationParameter(KEY).isPresent()
                    ? ConditionEvaluationResult.enabled("started by DriverTckTest")
                    : ConditionEvaluationResult.disabled("only DriverTckTest starts it");
        }
    }

    /** The kit with a device that counts on "count", and a driver to be written. */
    @ExtendWith(Planted.class)
    abstract static class Kit extends DriverTck {
        @Override
        protected DeviceDriver driver() {
            return new ScriptedDriver(this::open);
        }

        @Override
        protected Stream<Class<? extends DeviceDriver>> provided() {
            return Stream.of(ScriptedDriver.class); // its constructor takes arguments
        }

        @Override
        protected LoopbackDevice device(Scheduler scheduler) {
            return new LoopbackDevice(scheduler, "C1", "scripted").with("count", new byte[0]);
        }

        @Override
        protected List<Announcement> announcements() {
            return List.of(Announcement.of("count", "4800"), Announcement.of("count", "4900"));
        }

        @Override
        protected List<String> readings() {
            return List.of(
                    "received 2026-01-01T00:00:00Z  heart rate  72 /min",
                    "received 2026-01-01T00:00:00Z  heart rate  73 /min");
        }

        CompletionStage<DeviceSession> open(DriverContext context) {
            return context.link()
                    .subscribe(CounterDriver.COUNT, octets -> value(context, octets))
                    .thenApply(subscription -> ScriptedDriver.session());
        }

        void value(DriverContext context, byte[] octets) {
            context.offer(
                    reading(context, ByteReader.of(octets, DecodeMode.LENIENT).uint16("number")));
        }

        Observation reading(DriverContext context, int number) {
            return ScriptedDriver.reading(context, number);
        }
    }

    static final class Good extends Kit {}

    static final class NotProvided extends Kit {
        @Override
        protected Stream<Class<? extends DeviceDriver>> provided() {
            return ServiceLoader.load(DeviceDriver.class).stream().map(ServiceLoader.Provider::type);
        }
    }

    static final class KeepsTheLink extends Kit {
        @Override
        CompletionStage<DeviceSession> open(DriverContext context) {
            CompletableFuture<DeviceSession> session = new CompletableFuture<>();
            super.open(context).thenAccept(session::complete);
            return session;
        }
    }

    static final class Throws extends Kit {
        @Override
        void value(DriverContext context, byte[] octets) {
            context.offer(reading(context, (octets[0] & 0xFF) | ((octets[1] & 0xFF) << 8)));
        }
    }

    static final class StartsAThread extends Kit {
        private static final CountDownLatch end = new CountDownLatch(1);

        @Override
        CompletionStage<DeviceSession> open(DriverContext context) {
            return super.open(context).thenApply(session -> {
                Thread poll = new Thread(
                        () -> {
                            try {
                                end.await();
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                        },
                        "poll");
                poll.setDaemon(true);
                poll.start();
                return session;
            });
        }
    }

    static final class Undeclared extends Kit {
        @Override
        Observation reading(DriverContext context, int number) {
            return context.arrival()
                    .observe(
                            Mdc.MDC_TEMP_BODY,
                            ScriptedDriver.reading(context, number).value())
                    .build();
        }
    }

    static final class KeepsState extends Kit {
        private final List<DriverContext> last = new ArrayList<>();

        @Override
        CompletionStage<DeviceSession> open(DriverContext context) {
            last.add(context);
            return super.open(context);
        }

        @Override
        void value(DriverContext context, byte[] octets) {
            super.value(last.get(last.size() - 1), octets);
        }
    }

    static final class Waits extends Kit {
        @Override
        CompletionStage<DeviceSession> open(DriverContext context) {
            return CompletableFuture.completedFuture(super.open(context)
                    .toCompletableFuture()
                    .orTimeout(20, TimeUnit.SECONDS)
                    .join());
        }
    }

    static final class OpensOnce extends Kit {
        private boolean wasOpen;

        @Override
        CompletionStage<DeviceSession> open(DriverContext context) {
            if (wasOpen) {
                return CompletableFuture.failedFuture(new LinkException("once is enough"));
            }
            wasOpen = true;
            return super.open(context);
        }
    }
}
