package org.openiomt.testkit.transcript;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.openiomt.core.spi.Channel;
import org.openiomt.core.spi.Discovery;
import org.openiomt.core.spi.Link;
import org.openiomt.core.spi.Transport;
import org.openiomt.core.spi.WriteMode;
import org.openiomt.testkit.LoopbackDevice;
import org.openiomt.testkit.ManualClock;

/** A client of one device, which writes down all that comes to it; the same actions again give the same lines. */
final class RecordedSession {
    static final String ADDRESS = "C0:FF:EE:00:00:01";
    static final Channel FIRST = Channel.of("first");
    static final Channel SECOND = Channel.of("second");
    static final Channel REFUSED = Channel.of("refused");

    final List<String> heard = new ArrayList<>();
    private final ManualClock clock;
    private final Transport transport;
    private final LoopbackDevice device;
    private @Nullable Discovery seen;
    private @Nullable Link link;
    private Link.@Nullable Subscription subscription;

    /** What a client does, or what happens to it. */
    enum Action {
        SCAN,
        OPEN,
        READ,
        READ_REFUSED,
        WRITE,
        SEND,
        SUBSCRIBE,
        CANCEL,
        ANNOUNCE,
        ANNOUNCE_TWICE,
        LOSE,
        CLOSE,
        WAIT
    }

    /**
     * Makes a client.
     *
     * @param device what the device does in the recording; in a replay nothing comes of it
     */
    RecordedSession(ManualClock clock, Transport transport, LoopbackDevice device) {
        this.clock = clock;
        this.transport = transport;
        this.device = device;
    }

    static LoopbackDevice device(ManualClock clock) {
        return new LoopbackDevice(clock, ADDRESS, "service")
                .with(FIRST.name(), new byte[] {1, 2})
                .with(SECOND.name(), new byte[0])
                .with(REFUSED.name(), new byte[0])
                .refusing(REFUSED.name(), 0x81);
    }

    void run(List<Action> actions) {
        for (Action action : actions) {
            act(action);
            clock.runUntilIdle();
            clock.advance(Duration.ofMillis(10));
        }
    }

    private void act(Action action) {
        Link open = link;
        switch (action) {
            case SCAN -> transport.discoveries().subscribe(new First());
            case OPEN -> {
                Discovery known = seen;
                if (known != null && open == null) {
                    note("open", transport.open(known), made -> {
                        link = made;
                        made.onClosed(reason -> {
                            heard.add("closed " + reason);
                            link = null;
                            subscription = null;
                        });
                        return made.channels() + " " + made.maxValueLength();
                    });
                }
            }
            case WAIT -> clock.advance(Duration.ofSeconds(3));
            case ANNOUNCE -> device.announce(FIRST.name(), new byte[] {(byte) heard.size()});
            case ANNOUNCE_TWICE -> {
                device.announce(FIRST.name(), new byte[] {7});
                device.announce(FIRST.name(), new byte[0]);
            }
            case LOSE -> device.loseLink("the battery is empty");
            default -> {
                if (open != null) {
                    ask(action, open);
                }
            }
        }
    }

    private void ask(Action action, Link open) {
        switch (action) {
            case READ -> note("read", open.read(FIRST), HexFormat.of()::formatHex);
            case READ_REFUSED -> note("read", open.read(REFUSED), HexFormat.of()::formatHex);
            case WRITE -> note("write", open.write(SECOND, new byte[] {9}, WriteMode.WITH_RESPONSE), any -> "done");
            case SEND -> note("send", open.write(SECOND, new byte[0], WriteMode.WITHOUT_RESPONSE), any -> "done");
            case SUBSCRIBE -> {
                if (subscription == null) {
                    note(
                            "subscribe",
                            open.subscribe(
                                    FIRST,
                                    octets ->
                                            heard.add("value " + HexFormat.of().formatHex(octets))),
                            made -> {
                                subscription = made;
                                return "done";
                            });
                }
            }
            case CANCEL -> {
                Link.Subscription running = subscription;
                if (running != null) {
                    subscription = null;
                    note("cancel", running.cancel(), any -> "done");
                }
            }
            case CLOSE -> open.close();
            default -> throw new AssertionError(action);
        }
    }

    private <T> void note(String what, CompletionStage<T> stage, Function<T, String> words) {
        stage.whenComplete((value, fault) -> heard.add(what + " "
                + (fault == null ? words.apply(value) : fault.getClass().getSimpleName() + " " + fault.getMessage())));
    }

    /** Takes the first device that is seen, and then looks no more. */
    private final class First implements Flow.Subscriber<Discovery> {
        private Flow.@Nullable Subscription running;

        @Override
        public void onSubscribe(Flow.Subscription begun) {
            running = begun;
            begun.request(1);
        }

        @Override
        public void onNext(Discovery discovery) {
            heard.add("seen " + discovery.address() + " " + discovery.services());
            seen = discovery;
            if (running != null) {
                running.cancel();
            }
        }

        @Override
        public void onError(Throwable fault) {
            heard.add("error");
        }

        @Override
        public void onComplete() {
            heard.add("complete");
        }
    }
}
