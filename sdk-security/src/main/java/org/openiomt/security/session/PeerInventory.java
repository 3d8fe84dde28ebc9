package org.openiomt.security.session;

import java.io.StringWriter;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.openiomt.security.identity.peer.StaticKey;
import org.openiomt.security.identity.peer.VerifiedPeer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Who has had sessions with us, by what proof and under which suite: the list of assets that a hospital has to keep. Bounded: where
 * there are too many peers, the one that was seen longest ago goes. Lives as long as the process. May be used by several threads.
 */
public final class PeerInventory {
    private final int capacity;
    private final Clock clock;

    /** The one that was seen longest ago first. */
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    /**
     * One peer, as it was in its latest session.
     *
     * @param name who, as verification has named it
     * @param proof {@code pin}, {@code certificate}, {@code delegated certificate} or {@code pairing}
     * @param key the fingerprint of its static key; empty in patterns without
     * @param certificate the serial number of its certificate in hex; empty when it has none
     * @param validUntil when its proof ends; empty when it does not
     * @param suite what the session computes with
     * @param isPostQuantum whether a hybrid key agreement is behind it
     * @param firstSeen when its first session began
     * @param lastSeen when its latest session began or it has changed its certificate there
     * @param sessions how many sessions it has had
     */
    public record Entry(
            String name,
            String proof,
            Optional<String> key,
            Optional<String> certificate,
            Optional<Instant> validUntil,
            CipherSuite suite,
            boolean isPostQuantum,
            Instant firstSeen,
            Instant lastSeen,
            long sessions) {}

    /** Keeps at most {@code capacity} peers, 1 or more. */
    public PeerInventory(int capacity, Clock clock) {
        if (capacity < 1) {
            throw new IllegalArgumentException("an inventory has room for at least 1 peer, but got " + capacity);
        }
        this.capacity = capacity;
        this.clock = clock;
    }

    /** Returns the peers, the one that was seen longest ago first. */
    public synchronized List<Entry> entries() {
        return List.copyOf(entries.values());
    }

    /** Returns the same as a JSON array of objects, times as ISO 8601 texts; what a peer does not have is not there. */
    public String toJson() {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(ObjectWriteContext.empty(), text)) {
            json.writeStartArray();
            entries().forEach(entry -> write(json, entry));
            json.writeEndArray();
        }
        return text.toString();
    }

    /** Takes down the peer of a session that has begun, or whose peer has changed its identity. */
    synchronized void seen(SecureSession session, boolean isNew) {
        VerifiedPeer peer = session.peer();
        Instant now = clock.instant();
        Entry before = entries.remove(peer.name());
        if (entries.size() >= capacity) {
            entries.remove(entries.keySet().iterator().next());
        }
        Optional<X509Certificate> certificate = peer instanceof VerifiedPeer.Certified certified
                ? Optional.of(certified.chain().get(0))
                : Optional.empty();
        entries.put(
                peer.name(),
                new Entry(
                        peer.name(),
                        SessionAudit.proof(peer),
                        peer.staticKey().map(StaticKey::fingerprint),
                        certificate.map(each -> each.getSerialNumber().toString(16)),
                        peer.validUntil(),
                        session.suite(),
                        session.isPostQuantum(),
                        before == null ? now : before.firstSeen(),
                        now,
                        (before == null ? 0 : before.sessions()) + (isNew ? 1 : 0)));
    }

    private static void write(JsonGenerator json, Entry entry) {
        json.writeStartObject();
        json.writeStringProperty("name", entry.name());
        json.writeStringProperty("proof", entry.proof());
        entry.key().ifPresent(key -> json.writeStringProperty("key", key));
        entry.certificate().ifPresent(serial -> json.writeStringProperty("certificate", serial));
        entry.validUntil().ifPresent(until -> json.writeStringProperty("validUntil", until.toString()));
        json.writeStringProperty("suite", entry.suite().name());
        json.writeBooleanProperty("postQuantum", entry.isPostQuantum());
        json.writeStringProperty("firstSeen", entry.firstSeen().toString());
        json.writeStringProperty("lastSeen", entry.lastSeen().toString());
        json.writeNumberProperty("sessions", entry.sessions());
        json.writeEndObject();
    }

    @Override
    public String toString() {
        return "PeerInventory[" + entries().size() + "]";
    }
}
