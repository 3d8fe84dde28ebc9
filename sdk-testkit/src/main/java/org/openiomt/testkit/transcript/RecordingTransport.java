package org.openiomt.testkit.transcript;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.function.Predicate;
import org.openiomt.core.flow.ForwardingSubscriber;
import org.openiomt.core.spi.Discovery;
import org.openiomt.core.spi.Link;
import org.openiomt.core.spi.LinkException;
import org.openiomt.core.spi.Transport;

/**
 * A transport that does what another does and has it written down: what is seen, asked, answered, announced, refused, and how links
 * open and close. Nothing is held back or changed on the way, also when the transcript can no longer be written. The transcript is
 * personal data: it holds what the devices measure. Threads are those of the transport behind it; each event is written on the
 * thread that brings it, before it goes on.
 */
public final class RecordingTransport implements Transport {
    private final Transport transport;
    private final TranscriptWriter writer;
    private final Predicate<Discovery> recorded;

    // Guarded by this.
    private final List<Listening> listeners = new ArrayList<>();
    private final Map<String, String> namesByAddress = new HashMap<>();
    private final Set<String> seen = new HashSet<>();
    private final Set<String> linked = new HashSet<>();

    /**
     * Records another transport.
     *
     * @param transport closed with this; the writer is not
     * @param recorded which devices are written down; the others can be used all the same
     */
    public RecordingTransport(Transport transport, TranscriptWriter writer, Predicate<Discovery> recorded) {
        this.transport = transport;
        this.writer = writer;
        this.recorded = recorded;
    }

    @Override
    public Flow.Publisher<Discovery> discoveries() {
        return subscriber -> {
            Listening listening = new Listening(subscriber);
            synchronized (this) {
                listeners.add(listening);
                if (listeners.size() == 1) {
                    writer.write(Transcript.TRANSPORT, new Event.Scan());
                }
            }
            transport.discoveries().subscribe(listening);
        };
    }

    @Override
    public CompletionStage<Link> open(Discovery device) {
        if (!recorded.test(device)) {
            return transport.open(device);
        }
        String name = begin(device);
        CompletableFuture<Link> result = new CompletableFuture<>();
        CompletionStage<Link> opened = transport.open(device);
        opened.whenComplete((link, fault) -> {
            if (fault == null) {
                RecordingLink recording = new RecordingLink(link, writer, name);
                recording.begin(() -> ended(name));
                result.complete(recording);
            } else {
                Throwable cause = cause(fault);
                writer.write(name, new Event.NotOpened(reason(cause)));
                ended(name);
                result.completeExceptionally(cause);
            }
        });
        return result;
    }

    @Override
    public void close() {
        transport.close();
    }

    /** Returns a fault without the wrapping of stages. */
    static Throwable cause(Throwable fault) {
        return fault instanceof CompletionException && fault.getCause() != null ? fault.getCause() : fault;
    }

    /** Returns what a fault says. */
    static String reason(Throwable fault) {
        String message = String.valueOf(fault.getMessage());
        return fault instanceof LinkException ? message : fault.getClass().getSimpleName() + ": " + message;
    }

    private synchronized String begin(Discovery device) {
        String name = nameOf(device.address());
        for (int i = 2; linked.contains(name); i++) {
            name = nameOf(device.address()) + "-" + i;
        }
        linked.add(name);
        if (!seen.contains(name)) {
            writeSeen(name, device);
        }
        writer.write(name, new Event.Open());
        return name;
    }

    private synchronized void ended(String name) {
        linked.remove(name);
    }

    private synchronized void see(Listening listening, Discovery discovery) {
        // With two who look, each sighting comes twice.
        if (!listeners.isEmpty() && listeners.get(0) == listening && recorded.test(discovery)) {
            writeSeen(nameOf(discovery.address()), discovery);
        }
    }

    private synchronized void rest(Listening listening) {
        if (listeners.remove(listening) && listeners.isEmpty()) {
            writer.write(Transcript.TRANSPORT, new Event.Rest());
        }
    }

    private void writeSeen(String name, Discovery device) {
        seen.add(name);
        Map<String, String> data = new LinkedHashMap<>();
        device.data().forEach((kind, octets) -> data.put(kind, HexFormat.of().formatHex(octets)));
        writer.write(name, new Event.Seen(device.address(), device.name(), device.services(), data, device.signal()));
    }

    /** Gives a device a name of letters and digits, another one to each address. */
    private String nameOf(String address) {
        String known = namesByAddress.get(address);
        if (known == null) {
            String letters = address.replaceAll("[^A-Za-z0-9_-]", "");
            String base = letters.isEmpty() || letters.equals(Transcript.TRANSPORT)
                    ? "device"
                    : letters.substring(0, Math.min(letters.length(), 48));
            known = base;
            for (int i = 1; namesByAddress.containsValue(known); i++) {
                known = base + "_" + i;
            }
            namesByAddress.put(address, known);
        }
        return known;
    }

    /** Writes down what comes to one who looks. */
    private final class Listening extends ForwardingSubscriber<Discovery> {
        Listening(Flow.Subscriber<? super Discovery> subscriber) {
            super(subscriber);
        }

        @Override
        protected void cancelled() {
            rest(this);
        }

        @Override
        public void onNext(Discovery discovery) {
            see(this, discovery);
            super.onNext(discovery);
        }

        @Override
        public void onError(Throwable fault) {
            rest(this);
            super.onError(fault);
        }

        @Override
        public void onComplete() {
            rest(this);
            super.onComplete();
        }
    }
}
