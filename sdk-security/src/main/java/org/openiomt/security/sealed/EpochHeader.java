package org.openiomt.security.sealed;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.ByteWriter;
import org.openiomt.core.wire.DecodeException;
import org.openiomt.core.wire.DecodeMode;
import org.openiomt.security.identity.SignatureAlgorithm;
import org.openiomt.security.identity.SignatureVerifier;
import org.openiomt.security.identity.Signer;

/**
 * The beginning of an epoch: who publishes, who may read, and the content key, wrapped to each reader. It holds no secret.
 * <pre>
 * field         type    octets    meaning
 * version       uint8   1         1; others refused
 * purpose       uint8   1         {@link Purpose}; others refused
 * suite         uint16  2         {@link SealedSuite}; others refused
 * number        uint56  7         grows from epoch to epoch of a publisher
 * startedAt     uint56  7         milliseconds since 1970
 * length        uint8   1         of the publisher's name, 1 to 129
 * publisher     ASCII   1..129
 * readers       uint16  2         how many, 1 to 256
 *   id          octets  8         the reader's; ascending, none twice
 *   wrapped     octets  80|1168   encapsulation (32|1,120), sealed content key (32), tag (16)
 * signature     octets  64        of the publisher, over a digest of a label and all before
 * </pre>
 * Big-endian. HPKE's {@code info} is a label, all before {@code readers}, and the list of ids; its associated data the reader's
 * own id: a wrapped key is of use in no other header.
 */
final class EpochHeader {
    /** The most readers of an epoch. */
    static final int MAX_READERS = 256;

    /** The most octets of a header. */
    static final int MAX_OCTETS = 512 << 10;

    /** How many octets of a header's digest stand in its file's name. */
    private static final int REFERENCE_LENGTH = 8;

    /** The greatest number of an epoch. */
    static final long MAX_NUMBER = (1L << 55) - 1;

    private static final int VERSION = 1;
    private static final int NUMBER_LENGTH = 7;
    private static final int MAX_PUBLISHER = 129;
    private static final int KEY_LENGTH = ContentKey.LENGTH + ContentKey.TAG_LENGTH;
    private static final String SIGNATURE_LABEL = "OpenIoMT-sealed/1 epoch";
    private static final String WRAP_LABEL = "OpenIoMT-sealed/1 wrap";
    private static final String DIGEST_LABEL = "OpenIoMT-sealed/1 header";

    /** What the content key is for. */
    enum Purpose {
        /** Records and messages. */
        MESSAGES(1),
        /** One large object. */
        OBJECT(2);

        private final int code;

        Purpose(int code) {
            this.code = code;
        }
    }

    private final Purpose purpose;
    private final SealedSuite suite;
    private final long number;
    private final Instant startedAt;
    private final String publisher;
    private final List<Wrapped> readers;
    private final byte[] signature;
    private final byte[] octets;
    private final byte[] digest;

    /** The content key for one reader. */
    @SuppressWarnings("ArrayRecordComponent") // octets inside this class
    private record Wrapped(byte[] id, byte[] key) {}

    private EpochHeader(
            Purpose purpose,
            SealedSuite suite,
            long number,
            Instant startedAt,
            String publisher,
            List<Wrapped> readers,
            byte[] signature) {
        this.purpose = purpose;
        this.suite = suite;
        this.number = number;
        this.startedAt = startedAt;
        this.publisher = publisher;
        this.readers = readers;
        this.signature = signature;
        ByteWriter out = new ByteWriter(ByteOrder.BIG_ENDIAN);
        out.octets(unsigned(purpose, suite, number, startedAt, publisher, readers));
        out.octets(signature);
        this.octets = out.toByteArray();
        this.digest = Bound.digest(DIGEST_LABEL, octets);
    }

    /**
     * Begins an epoch.
     *
     * @param readers 1 to {@link #MAX_READERS}, all of one suite
     * @throws IllegalArgumentException when they are not
     */
    static EpochHeader create(
            Purpose purpose,
            long number,
            Instant startedAt,
            String publisher,
            Collection<ReaderPublicKey> readers,
            byte[] contentKey,
            Signer signer) {
        List<ReaderPublicKey> sorted = requireReaders(readers);
        SealedSuite suite = sorted.get(0).suite();
        byte[] info = info(
                purpose,
                suite,
                number,
                startedAt,
                publisher,
                sorted.stream().map(ReaderPublicKey::id).toList());
        List<Wrapped> wrapped = sorted.stream()
                .map(reader -> new Wrapped(reader.id(), reader.wrap(info, contentKey)))
                .toList();
        byte[] unsigned = unsigned(purpose, suite, number, startedAt, publisher, wrapped);
        byte[] signature = signer.sign(Bound.digest(SIGNATURE_LABEL, unsigned));
        return new EpochHeader(purpose, suite, number, startedAt, publisher, wrapped, signature);
    }

    /**
     * Returns readers as a header lists them: each once, by their ids.
     *
     * @throws IllegalArgumentException when there are none, too many, or of two suites: the weaker would undo the stronger
     */
    static List<ReaderPublicKey> requireReaders(Collection<ReaderPublicKey> readers) {
        List<ReaderPublicKey> sorted = readers.stream()
                .distinct()
                .sorted(Comparator.comparing(ReaderPublicKey::fingerprint))
                .toList();
        if (sorted.isEmpty() || sorted.size() > MAX_READERS) {
            throw new IllegalArgumentException(
                    "an epoch has 1 to " + MAX_READERS + " readers, but got " + sorted.size());
        }
        if (sorted.stream().map(ReaderPublicKey::suite).distinct().count() > 1) {
            throw new IllegalArgumentException(
                    "the readers' keys are of two suites, and the key for those of the weaker "
                            + "one would open it for all: take keys of one suite");
        }
        return sorted;
    }

    /**
     * Reads a header, without checking its signature.
     *
     * @throws DecodeException when the octets are none
     */
    static EpochHeader parse(byte[] octets) {
        if (octets.length > MAX_OCTETS) {
            throw new DecodeException(
                    "header", 0, "expected at most " + MAX_OCTETS + " octets, but came " + octets.length);
        }
        ByteReader in = ByteReader.of(octets, DecodeMode.STRICT, ByteOrder.BIG_ENDIAN);
        int version = in.uint8("version");
        if (version != VERSION) {
            throw new DecodeException("version", 0, "expected " + VERSION + ", but came " + version);
        }
        Purpose purpose = purpose(in);
        int at = in.offset();
        int id = in.uint16("suite");
        SealedSuite suite = SealedSuite.of(id)
                .orElseThrow(() -> new DecodeException("suite", at, "0x" + Integer.toHexString(id) + " is not known"));
        long number = number("number", in);
        Instant startedAt = Instant.ofEpochMilli(number("startedAt", in));
        String publisher = publisher(in);
        List<Wrapped> readers = readers(in, suite);
        byte[] signature = in.octets("signature", SignatureAlgorithm.SIGNATURE_LENGTH);
        in.remainder(0);
        return new EpochHeader(purpose, suite, number, startedAt, publisher, readers, signature);
    }

    private static Purpose purpose(ByteReader in) {
        int at = in.offset();
        int code = in.uint8("purpose");
        for (Purpose purpose : Purpose.values()) {
            if (purpose.code == code) {
                return purpose;
            }
        }
        throw new DecodeException("purpose", at, "expected 1 or 2, but came " + code);
    }

    private static long number(String field, ByteReader in) {
        int at = in.offset();
        long number = in.unsigned(field, NUMBER_LENGTH);
        if (number > MAX_NUMBER) {
            throw new DecodeException(field, at, "expected at most 2^55 - 1");
        }
        return number;
    }

    private static String publisher(ByteReader in) {
        int at = in.offset();
        int length = in.uint8("length");
        String publisher = new String(in.octets("publisher", length), StandardCharsets.US_ASCII);
        if (!isPublisher(publisher)) {
            throw new DecodeException("publisher", at, "expected 1 to " + MAX_PUBLISHER + " of A-Z a-z 0-9 _ - /");
        }
        return publisher;
    }

    /** Whether this is the name of a publisher: ids between slashes. */
    static boolean isPublisher(String name) {
        return !name.isEmpty()
                && name.length() <= MAX_PUBLISHER
                && name.chars()
                        .allMatch(c -> (c >= 'A' && c <= 'Z')
                                || (c >= 'a' && c <= 'z')
                                || (c >= '0' && c <= '9')
                                || c == '_'
                                || c == '-'
                                || c == '/');
    }

    private static List<Wrapped> readers(ByteReader in, SealedSuite suite) {
        int at = in.offset();
        int count = in.uint16("readers");
        if (count < 1 || count > MAX_READERS) {
            throw new DecodeException("readers", at, "expected 1 to " + MAX_READERS + ", but came " + count);
        }
        List<Wrapped> readers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int here = in.offset();
            byte[] id = in.octets("id", ReaderPublicKey.ID_LENGTH);
            byte[] key = in.octets("wrapped", suite.encapsulationLength() + KEY_LENGTH);
            if (i > 0 && Arrays.compareUnsigned(readers.get(i - 1).id(), id) >= 0) {
                throw new DecodeException("id", here, "expected ids in ascending order");
            }
            readers.add(new Wrapped(id, key));
        }
        return readers;
    }

    /** Whether this publisher has made the header. */
    boolean isSignedBy(PublicKey signer) {
        byte[] unsigned = Arrays.copyOf(octets, octets.length - signature.length);
        return SignatureVerifier.standard().isGenuine(signer, Bound.digest(SIGNATURE_LABEL, unsigned), signature);
    }

    /**
     * Unwraps the content key.
     *
     * @return the key, to be wiped; empty when {@code reader} is none of this epoch
     * @throws org.openiomt.core.spi.AuthenticationException when what was wrapped for this reader does not open
     */
    Optional<byte[]> unwrap(ReaderKey reader) {
        byte[] id = reader.publicKey().id();
        for (Wrapped candidate : readers) {
            if (Arrays.equals(candidate.id(), id) && suite == reader.publicKey().suite()) {
                List<byte[]> ids = readers.stream().map(Wrapped::id).toList();
                byte[] info = info(purpose, suite, number, startedAt, publisher, ids);
                return Optional.of(reader.unwrap(info, candidate.key()));
            }
        }
        return Optional.empty();
    }

    Purpose purpose() {
        return purpose;
    }

    long number() {
        return number;
    }

    Instant startedAt() {
        return startedAt;
    }

    /** Returns the ids of its readers, each as {@link ReaderPublicKey#fingerprint} shows it, in ascending order. */
    SortedSet<String> readers() {
        SortedSet<String> ids = new TreeSet<>();
        readers.forEach(reader -> ids.add(HexFormat.of().formatHex(reader.id())));
        return ids;
    }

    String publisher() {
        return publisher;
    }

    byte[] octets() {
        return octets.clone();
    }

    /** Returns the SHA-256 of the whole header, to bind content to it. */
    byte[] digest() {
        return digest.clone();
    }

    /** Returns the first octets of the digest, which name its file. */
    byte[] reference() {
        return Arrays.copyOf(digest, REFERENCE_LENGTH);
    }

    @Override
    public String toString() {
        return "EpochHeader[" + publisher + " " + number + ", " + readers.size() + " readers]";
    }

    private static byte[] head(Purpose purpose, SealedSuite suite, long number, Instant startedAt, String publisher) {
        if (!isPublisher(publisher)) {
            throw new IllegalArgumentException("a publisher is named by ids between slashes, but got " + publisher);
        }
        ByteWriter out = new ByteWriter(ByteOrder.BIG_ENDIAN);
        out.uint8("version", VERSION);
        out.uint8("purpose", purpose.code);
        out.uint16("suite", suite.id());
        out.unsigned("number", number, NUMBER_LENGTH);
        out.unsigned("startedAt", startedAt.toEpochMilli(), NUMBER_LENGTH);
        out.uint8("length", publisher.length());
        out.octets(publisher.getBytes(StandardCharsets.US_ASCII));
        return out.toByteArray();
    }

    private static byte[] info(
            Purpose purpose, SealedSuite suite, long number, Instant startedAt, String publisher, List<byte[]> ids) {
        ByteWriter all = new ByteWriter();
        ids.forEach(all::octets);
        return Bound.octets(WRAP_LABEL, head(purpose, suite, number, startedAt, publisher), all.toByteArray());
    }

    private static byte[] unsigned(
            Purpose purpose,
            SealedSuite suite,
            long number,
            Instant startedAt,
            String publisher,
            List<Wrapped> readers) {
        ByteWriter out = new ByteWriter(ByteOrder.BIG_ENDIAN);
        out.octets(head(purpose, suite, number, startedAt, publisher));
        out.uint16("readers", readers.size());
        for (Wrapped reader : readers) {
            out.octets(reader.id());
            out.octets(reader.key());
        }
        return out.toByteArray();
    }
}
