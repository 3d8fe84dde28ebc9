package org.openiomt.examples.application;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import org.openiomt.core.json.ObservationJson;
import org.openiomt.core.outbox.Lane;
import org.openiomt.core.sealing.RecordOpener;
import org.openiomt.examples.certificates.ApplicationKeys;
import org.openiomt.examples.cli.AnyBroker;
import org.openiomt.examples.cli.BadInputException;
import org.openiomt.examples.cli.CommandFailedException;
import org.openiomt.examples.cli.Each;
import org.openiomt.examples.cli.Lifetime;
import org.openiomt.examples.cli.Open;
import org.openiomt.examples.gateway.GatewaySide;
import org.openiomt.mqtt.broker.BrokerState;
import org.openiomt.mqtt.consume.ConsumerEvent;
import org.openiomt.mqtt.consume.Delivery;
import org.openiomt.mqtt.consume.ObservationConsumer;
import org.openiomt.mqtt.topic.Scope;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints observations of any broker as lines of JSON. */
@Command(
        name = "subscribe",
        mixinStandardHelpOptions = true,
        description = {
            "Prints the observations that a broker has as lines of JSON, each once and in the order of its device, until Ctrl-C.",
            "What is not understood is told on the error output, one line each, and left out."
        })
public final class SubscribeCommand implements Callable<Integer> {
    private static final Duration SESSION_KEPT_FOR = Duration.ofMinutes(1);

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private AnyBroker broker = new AnyBroker();

    @Option(names = "--waves", description = "Print pieces of wave forms too.")
    private boolean isWithWaves;

    @Option(names = "--count", paramLabel = "N", description = "End after so many lines instead of at Ctrl-C.")
    private Optional<Long> count = Optional.empty();

    @Option(
            names = "--client",
            defaultValue = "subscribe",
            paramLabel = "ID",
            description = "The MQTT client id; each client needs its own. Default: ${DEFAULT-VALUE}.")
    private String client = "subscribe";

    @Override
    public Integer call() throws InterruptedException {
        if (count.isPresent() && count.get() < 1) {
            throw new BadInputException("--count: expected at least 1, but got " + count.get());
        }
        try (Lifetime lifetime = Lifetime.begin();
                Open open = new Open()) {
            Optional<ApplicationKeys> keys = broker.applicationKeys().map(open::add);
            RecordOpener opener = keys.<RecordOpener>map(held -> open.add(ApplicationSide.reader(held)))
                    .orElse(RecordOpener.PLAIN);
            Printer printer = new Printer(lifetime);
            ObservationConsumer consumer = open.add(ObservationConsumer.open(
                    broker.asApplication(client).withSessionExpiry(SESSION_KEPT_FOR),
                    keys.isPresent() ? Scope.site(GatewaySide.SITE) : Scope.everywhere(),
                    opener,
                    printer::print));
            Each.of(consumer.events(), printer::say);
            subscribe(consumer);
            Each.of(consumer.brokerStates(), printer::say);
            printer.say("subscribed");
            lifetime.await();
        }
        return 0;
    }

    private static void subscribe(ObservationConsumer consumer) {
        try {
            consumer.start().toCompletableFuture().join();
        } catch (CompletionException e) {
            throw new CommandFailedException(
                    String.valueOf(Objects.requireNonNull(e.getCause()).getMessage()), e);
        }
    }

    /** Writes what comes, one line each; called by any thread. */
    private final class Printer {
        private final PrintWriter out = spec.commandLine().getOut();
        private final PrintWriter err = spec.commandLine().getErr();
        private final AtomicLong printed = new AtomicLong();
        private final Lifetime lifetime;

        Printer(Lifetime lifetime) {
            this.lifetime = lifetime;
        }

        void print(Delivery delivery) {
            if (delivery.lane() != Lane.CLINICAL && !isWithWaves) {
                return;
            }
            long number = printed.incrementAndGet();
            if (count.isPresent() && number > count.get()) {
                return;
            }
            synchronized (out) {
                out.println(ObservationJson.write(delivery.observation()));
                out.flush();
            }
            if (count.isPresent() && number == count.get()) {
                lifetime.stop();
            }
        }

        void say(ConsumerEvent event) {
            if (event instanceof ConsumerEvent.Refused refused) {
                say("refused: " + refused.topic() + ": " + refused.reason());
            } else if (event instanceof ConsumerEvent.Gap gap) {
                say("missing: " + gap.device() + ": " + (gap.last() - gap.first() + 1) + " observations");
            }
        }

        void say(BrokerState state) {
            if (state instanceof BrokerState.Disconnected gone
                    && gone.nextAttempt().isPresent()) {
                say("broker not connected: " + gone.reason());
            }
        }

        void say(String line) {
            synchronized (err) {
                err.println(line);
                err.flush();
            }
        }
    }
}
