package org.openiomt.security.session;

import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.openiomt.core.spi.AuditSink;
import org.openiomt.security.handshake.HandshakeSettings;
import org.openiomt.security.identity.peer.PeerVerifier;
import org.openiomt.security.identity.peer.StaticKey;
import org.openiomt.security.primitive.DhKeyPair;
import org.openiomt.security.primitive.Primitives;

/**
 * What this end's sessions are like. There is a factory for each pattern, which takes the keys that it needs; the rest has
 * defaults. Immutable but for the key of a pairing, which {@link #close()} wipes; each {@code with...} gives new settings that
 * share it. The static key stays the caller's.
 */
public final class SessionSettings implements AutoCloseable {
    private static final int MAX_BINDING = 1024;

    private final SessionPattern pattern;
    private final SessionRoles roles;
    private final PeerVerifier verifier;
    private final Optional<DhKeyPair> localStatic;
    private final Optional<StaticKey> remoteStatic;
    private final Optional<byte[]> preSharedKey;

    private Primitives primitives = Primitives.preferred();
    private List<CipherSuite> suites;
    private FrameForm form = FrameForm.STREAM;
    private byte[] binding = {};
    private OwnCredential credential = OwnCredential.NONE;
    private UpdateVerifier updates = UpdateVerifier.NONE;
    private SessionLimits limits = SessionLimits.DEFAULT;
    private PeerMemory memory = PeerMemory.inMemory();
    private Optional<ResumptionTickets> tickets = Optional.empty();
    private Duration ticketLife = Duration.ofHours(24);
    private Duration timeout = Duration.ofSeconds(30);
    private Duration retransmitAfter = Duration.ofSeconds(1);
    private Clock clock = Clock.systemUTC();
    private AuditSink audit = AuditSink.NONE;
    private Optional<PeerInventory> inventory = Optional.empty();

    private SessionSettings(
            SessionPattern pattern,
            SessionRoles roles,
            PeerVerifier verifier,
            Optional<DhKeyPair> localStatic,
            Optional<StaticKey> remoteStatic,
            Optional<byte[]> preSharedKey) {
        this.pattern = pattern;
        this.roles = roles;
        this.verifier = verifier;
        this.localStatic = localStatic;
        this.remoteStatic = remoteStatic;
        this.preSharedKey = preSharedKey.map(byte[]::clone);
        preSharedKey.ifPresent(SessionSettings::requireKey);
        this.suites = CipherSuite.available(primitives, staticKeyLength(primitives), true);
    }

    private SessionSettings(SessionSettings other) {
        this.pattern = other.pattern;
        this.roles = other.roles;
        this.verifier = other.verifier;
        this.localStatic = other.localStatic;
        this.remoteStatic = other.remoteStatic;
        this.preSharedKey = other.preSharedKey;
        this.primitives = other.primitives;
        this.suites = other.suites;
        this.form = other.form;
        this.binding = other.binding;
        this.credential = other.credential;
        this.updates = other.updates;
        this.limits = other.limits;
        this.memory = other.memory;
        this.tickets = other.tickets;
        this.ticketLife = other.ticketLife;
        this.timeout = other.timeout;
        this.retransmitAfter = other.retransmitAfter;
        this.clock = other.clock;
        this.audit = other.audit;
        this.inventory = other.inventory;
    }

    /** {@link SessionPattern#XX}: the peer's key is learned, and verified. */
    public static SessionSettings xx(SessionRoles roles, DhKeyPair localStatic, PeerVerifier verifier) {
        return of(SessionPattern.XX, roles, verifier, localStatic, Optional.empty(), Optional.empty());
    }

    /** {@link SessionPattern#IK} for who begins and knows the responder's key. */
    public static SessionSettings ikInitiator(
            SessionRoles roles, DhKeyPair localStatic, StaticKey responder, PeerVerifier verifier) {
        return of(SessionPattern.IK, roles, verifier, localStatic, Optional.of(responder), Optional.empty());
    }

    /** {@link SessionPattern#IK} for who is called. */
    public static SessionSettings ikResponder(SessionRoles roles, DhKeyPair localStatic, PeerVerifier verifier) {
        return of(SessionPattern.IK, roles, verifier, localStatic, Optional.empty(), Optional.empty());
    }

    /** {@link SessionPattern#KK}: each knows the other's key. */
    public static SessionSettings kk(SessionRoles roles, DhKeyPair localStatic, StaticKey peer, PeerVerifier verifier) {
        return of(SessionPattern.KK, roles, verifier, localStatic, Optional.of(peer), Optional.empty());
    }

    /** {@link SessionPattern#XX_PSK3}: with the key of a pairing, 32 octets of full entropy; copied. */
    public static SessionSettings xxPsk3(
            SessionRoles roles, DhKeyPair localStatic, byte[] preSharedKey, PeerVerifier verifier) {
        return of(SessionPattern.XX_PSK3, roles, verifier, localStatic, Optional.empty(), Optional.of(preSharedKey));
    }

    /** {@link SessionPattern#IK_PSK2} for who begins and knows the responder's key. */
    public static SessionSettings ikPsk2Initiator(
            SessionRoles roles,
            DhKeyPair localStatic,
            StaticKey responder,
            byte[] preSharedKey,
            PeerVerifier verifier) {
        return of(
                SessionPattern.IK_PSK2,
                roles,
                verifier,
                localStatic,
                Optional.of(responder),
                Optional.of(preSharedKey));
    }

    /** {@link SessionPattern#IK_PSK2} for who is called. */
    public static SessionSettings ikPsk2Responder(
            SessionRoles roles, DhKeyPair localStatic, byte[] preSharedKey, PeerVerifier verifier) {
        return of(SessionPattern.IK_PSK2, roles, verifier, localStatic, Optional.empty(), Optional.of(preSharedKey));
    }

    /** {@link SessionPattern#KK_PSK2}: each knows the other's key, and both a key of a pairing. */
    public static SessionSettings kkPsk2(
            SessionRoles roles, DhKeyPair localStatic, StaticKey peer, byte[] preSharedKey, PeerVerifier verifier) {
        return of(SessionPattern.KK_PSK2, roles, verifier, localStatic, Optional.of(peer), Optional.of(preSharedKey));
    }

    /** {@link SessionPattern#NN_PSK0}: the key of a pairing stands for both ends. */
    public static SessionSettings nnPsk0(SessionRoles roles, byte[] preSharedKey, PeerVerifier verifier) {
        return new SessionSettings(
                SessionPattern.NN_PSK0, roles, verifier, Optional.empty(), Optional.empty(), Optional.of(preSharedKey));
    }

    /**
     * Computes with other primitives, such as those of a validated module, and with all suites that they allow.
     *
     * @throws IllegalArgumentException when they allow none for the static key
     */
    public SessionSettings withPrimitives(Primitives other) {
        return with(copy -> {
            copy.primitives = other;
            copy.suites = CipherSuite.available(other, staticKeyLength(other), true);
            copy.requireSuites();
        });
    }

    /**
     * Offers or accepts these suites only.
     *
     * @param best best first, all of the group of the static key
     * @throws IllegalArgumentException when there is none, or one cannot be computed
     */
    public SessionSettings withSuites(CipherSuite... best) {
        return with(copy -> {
            copy.suites = List.of(best);
            copy.requireSuites();
        });
    }

    /** Offers or accepts no hybrid suite: for carriers on which 2.5 KB more are too many. */
    public SessionSettings withoutHybrid() {
        return withSuites(suites.stream().filter(suite -> !suite.isHybrid()).toArray(CipherSuite[]::new));
    }

    /** Uses frames of this form; both ends have to. */
    public SessionSettings withForm(FrameForm other) {
        return with(copy -> copy.form = other);
    }

    /**
     * Binds the session to its carrier: the name of a service, of a topic, of a pair of channels. Both ends have to say the same.
     *
     * @param octets at most 1,024; copied
     */
    public SessionSettings withBinding(byte[] octets) {
        if (octets.length > MAX_BINDING) {
            throw new IllegalArgumentException(
                    "a binding has at most " + MAX_BINDING + " octets, but got " + octets.length);
        }
        return with(copy -> copy.binding = octets.clone());
    }

    /** Sends this along with the static key. */
    public SessionSettings withCredential(OwnCredential other) {
        return with(copy -> copy.credential = other);
    }

    /** Lets the peer change its certificate or static key within a session. */
    public SessionSettings withUpdates(UpdateVerifier other) {
        return with(copy -> copy.updates = other);
    }

    /** Limits keys and sessions otherwise. */
    public SessionSettings withLimits(SessionLimits other) {
        return with(copy -> copy.limits = other);
    }

    /** Remembers peers here, over several sessions and, if it can, over a restart. */
    public SessionSettings withMemory(PeerMemory other) {
        return with(copy -> copy.memory = other);
    }

    /** Accepts resumption, as a responder, with the tickets kept here. */
    public SessionSettings withTickets(ResumptionTickets store) {
        return with(copy -> copy.tickets = Optional.of(store));
    }

    /** Lets tickets live this long after the full handshake. */
    public SessionSettings withTicketLife(Duration other) {
        return with(copy -> copy.ticketLife = requirePositive("the life of a ticket", other));
    }

    /** Gives a handshake up after {@code other}; datagrams are sent again after {@code again}, then after twice that, and so on. */
    public SessionSettings withTimeout(Duration other, Duration again) {
        return with(copy -> {
            copy.timeout = requirePositive("a timeout", other);
            copy.retransmitAfter = requirePositive("a timeout", again);
        });
    }

    /** Follows this clock. */
    public SessionSettings withClock(Clock other) {
        return with(copy -> copy.clock = other);
    }

    /** Writes down who proves to be whom and how, who does not, and which keys change within a session. */
    public SessionSettings withAudit(AuditSink other) {
        return with(copy -> copy.audit = other);
    }

    /** Lists the peers of these sessions there. */
    public SessionSettings withInventory(PeerInventory other) {
        return with(copy -> copy.inventory = Optional.of(other));
    }

    /** Wipes the key of the pairing. */
    @Override
    public void close() {
        preSharedKey.ifPresent(key -> Arrays.fill(key, (byte) 0));
    }

    @Override
    public String toString() {
        return "SessionSettings[" + pattern + ", " + roles.own() + ", " + form + ", keys hidden]";
    }

    SessionPattern pattern() {
        return pattern;
    }

    SessionRoles roles() {
        return roles;
    }

    PeerVerifier verifier() {
        return verifier;
    }

    Optional<DhKeyPair> localStatic() {
        return localStatic;
    }

    Optional<StaticKey> remoteStatic() {
        return remoteStatic;
    }

    List<byte[]> preSharedKeys() {
        preSharedKey.filter(SessionSettings::isZero).ifPresent(wiped -> {
            throw new IllegalStateException("the settings are closed");
        });
        return preSharedKey.map(List::of).orElse(List.of());
    }

    void requireRole(Role role) {
        boolean knowsPeer = pattern == SessionPattern.KK
                || pattern == SessionPattern.KK_PSK2
                || (role == Role.INITIATOR && (pattern == SessionPattern.IK || pattern == SessionPattern.IK_PSK2));
        if (knowsPeer != remoteStatic.isPresent()) {
            throw new IllegalArgumentException("these settings of " + pattern + " are not for the " + role);
        }
    }

    Primitives primitives() {
        return primitives;
    }

    List<CipherSuite> suites() {
        return suites;
    }

    /** Returns how frames look. */
    public FrameForm form() {
        return form;
    }

    byte[] binding() {
        return binding;
    }

    OwnCredential credential() {
        return credential;
    }

    UpdateVerifier updates() {
        return updates;
    }

    SessionLimits limits() {
        return limits;
    }

    PeerMemory memory() {
        return memory;
    }

    Optional<ResumptionTickets> tickets() {
        return tickets;
    }

    Duration ticketLife() {
        return ticketLife;
    }

    Duration timeout() {
        return timeout;
    }

    Duration retransmitAfter() {
        return retransmitAfter;
    }

    Clock clock() {
        return clock;
    }

    Optional<PeerInventory> inventory() {
        return inventory;
    }

    SessionAudit audit() {
        return new SessionAudit(audit);
    }

    /** Returns the first of our suites that is among these; empty when none is. */
    Optional<CipherSuite> choose(List<Integer> offered) {
        return suites.stream().filter(suite -> offered.contains(suite.id())).findFirst();
    }

    private SessionSettings with(Consumer<SessionSettings> change) {
        SessionSettings copy = new SessionSettings(this);
        change.accept(copy);
        return copy;
    }

    private static SessionSettings of(
            SessionPattern pattern,
            SessionRoles roles,
            PeerVerifier verifier,
            DhKeyPair localStatic,
            Optional<StaticKey> remoteStatic,
            Optional<byte[]> preSharedKey) {
        return new SessionSettings(pattern, roles, verifier, Optional.of(localStatic), remoteStatic, preSharedKey);
    }

    private int staticKeyLength(Primitives of) {
        return localStatic
                .map(pair -> pair.publicKey().length)
                .orElse(of.x25519().isPresent() ? 32 : 65);
    }

    private void requireSuites() {
        if (suites.isEmpty()) {
            throw new IllegalArgumentException(
                    "no suite is left for a static key of " + staticKeyLength(primitives) + " octets");
        }
        int length = staticKeyLength(primitives);
        for (CipherSuite suite : suites) {
            suite.in(primitives);
            if (localStatic.isPresent() && suite.staticKeyLength() != length) {
                throw new IllegalArgumentException(suite + " takes static keys of " + suite.staticKeyLength()
                        + " octets, but this one has " + length);
            }
        }
    }

    private static void requireKey(byte[] key) {
        if (key.length != HandshakeSettings.PRE_SHARED_KEY_LENGTH) {
            throw new IllegalArgumentException("a key of a pairing has " + HandshakeSettings.PRE_SHARED_KEY_LENGTH
                    + " octets of full entropy, but got " + key.length);
        }
        if (isZero(key)) {
            throw new IllegalArgumentException("a key of a pairing is random, but every octet is 0");
        }
    }

    private static boolean isZero(byte[] key) {
        int or = 0;
        for (byte octet : key) {
            or |= octet;
        }
        return or == 0;
    }

    private static Duration requirePositive(String what, Duration duration) {
        if (duration.isNegative() || duration.isZero()) {
            throw new IllegalArgumentException(what + " is positive, but got " + duration);
        }
        return duration;
    }
}
