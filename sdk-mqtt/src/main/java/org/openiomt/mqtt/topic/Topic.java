package org.openiomt.mqtt.topic;

import java.util.Objects;
import java.util.Optional;
import org.openiomt.core.model.DeviceId;
import org.openiomt.core.wire.DecodeException;

/**
 * One topic of the contract.
 * <pre>
 * level  content   example   rule
 * 1      iomt      iomt      fixed
 * 2      version   1         fixed
 * 3      site      home-7    1 to 64 of A-Z a-z 0-9 _ -
 * 4      gateway   gw-1      the same; the common name of the gateway's certificate
 * 5      device    cuff_2    the same; "-" stands for the gateway itself
 * 6      kind      obs       {@link TopicKind}
 * 7      leaf      all       the rule of level 3; present for obs, wave, cmd and keys only
 * </pre>
 * No level can hold a wildcard or a separator, so that nobody can widen a broker's access rule by the choice of a name.
 *
 * @param site where the gateway is, pseudonymous
 * @param gateway the gateway
 * @param device the device; empty for the gateway itself
 * @param kind what is said
 * @param leaf the seventh level, present when the kind has one
 */
public record Topic(String site, String gateway, Optional<DeviceId> device, TopicKind kind, Optional<String> leaf) {
    static final String ROOT = "iomt";
    static final String VERSION = "1";
    static final String NO_DEVICE = "-";

    private static final int LEVELS = 6;
    private static final int MAX_LENGTH = 64;

    /** Checks the levels. */
    public Topic {
        requireLevel("the site", site);
        requireLevel("the gateway", gateway);
        Objects.requireNonNull(kind, "kind");
        if (device.isPresent() && device.get().value().equals(NO_DEVICE)) {
            throw new IllegalArgumentException("a device cannot be called \"-\": that level stands for the gateway");
        }
        if (leaf.isPresent() != kind.hasLeaf()) {
            throw new IllegalArgumentException(
                    "a topic of kind " + kind.level() + " has " + (kind.hasLeaf() ? 7 : 6) + " levels");
        }
        leaf.ifPresent(level -> requireLevel("the last level", level));
    }

    /**
     * Reads a topic that a broker sent.
     *
     * @throws DecodeException when it is none of the contract; names the level and where it begins
     */
    public static Topic parse(String text) {
        String[] levels = text.split("/", -1);
        Cursor in = new Cursor(levels);
        in.fixed("root", ROOT);
        in.fixed("version", VERSION);
        String site = in.level("site");
        String gateway = in.level("gateway");
        String device = in.level("device");
        TopicKind kind = in.kind();
        Optional<String> leaf = kind.hasLeaf() ? Optional.of(in.level("leaf")) : Optional.empty();
        in.end();
        Optional<DeviceId> id = device.equals(NO_DEVICE) ? Optional.empty() : Optional.of(DeviceId.of(device));
        return new Topic(site, gateway, id, kind, leaf);
    }

    /** Returns the topic as MQTT carries it. */
    @Override
    public String toString() {
        String device = this.device.map(DeviceId::value).orElse(NO_DEVICE);
        String end = leaf.map(level -> "/" + level).orElse("");
        return String.join("/", ROOT, VERSION, site, gateway, device, kind.level()) + end;
    }

    static String requireLevel(String what, String level) {
        if (!isLevel(level)) {
            throw new IllegalArgumentException(
                    what + " must be 1 to 64 of A-Z a-z 0-9 _ - because it becomes a level of topics");
        }
        return level;
    }

    private static boolean isLevel(String level) {
        return !level.isEmpty()
                && level.length() <= MAX_LENGTH
                && level.chars()
                        .allMatch(c -> (c >= 'A' && c <= 'Z')
                                || (c >= 'a' && c <= 'z')
                                || (c >= '0' && c <= '9')
                                || c == '_'
                                || c == '-');
    }

    /** Walks along the levels and knows at which octet each begins; the levels of the contract are ASCII. */
    private static final class Cursor {
        private final String[] levels;
        private int next;
        private int offset;

        Cursor(String[] levels) {
            this.levels = levels;
        }

        void fixed(String field, String expected) {
            if (!take(field).equals(expected)) {
                throw fault(field, "expected " + expected);
            }
            step();
        }

        String level(String field) {
            String level = take(field);
            if (!isLevel(level)) {
                throw fault(field, "expected 1 to 64 of A-Z a-z 0-9 _ -");
            }
            step();
            return level;
        }

        TopicKind kind() {
            String level = take("kind");
            for (TopicKind kind : TopicKind.values()) {
                if (kind.level().equals(level)) {
                    step();
                    return kind;
                }
            }
            throw fault("kind", "expected obs, wave, state, meta, cmd, keys or ack");
        }

        void end() {
            if (next < levels.length) {
                throw fault("end", "expected no more than " + next + " levels, but there are " + levels.length);
            }
        }

        private String take(String field) {
            if (next == levels.length) {
                throw fault(
                        field,
                        "missing: there are " + levels.length + " levels, and at least " + LEVELS + " were expected");
            }
            return levels[next];
        }

        private void step() {
            offset += levels[next].length() + 1;
            next++;
        }

        private DecodeException fault(String field, String reason) {
            return new DecodeException("topic " + field, offset, reason);
        }
    }
}
