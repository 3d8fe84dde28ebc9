package org.openiomt.kafka;

import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.openiomt.core.json.ObservationMessage;
import org.openiomt.core.model.DeviceId;
import org.openiomt.core.outbox.Lane;

/**
 * A message of observations of one device and lane as it travels: the octets of {@code docs/payload.md}, sealed or plain, unopened.
 */
public final class KafkaMessage {
    private static final Pattern LEVEL = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    private final String site;
    private final String gateway;
    private final DeviceId device;
    private final Lane lane;
    private final String place;
    private final String contentType;
    private final byte[] octets;
    private final Optional<Numbers> numbers;

    /**
     * Which observations a message holds.
     *
     * @param epoch names the run of the outbox that has numbered them
     * @param first the number of the first
     * @param last the number of the last
     */
    public record Numbers(long epoch, long first, long last) {
        /** Checks the order. */
        public Numbers {
            if (first > last) {
                throw new IllegalArgumentException(
                        "the first number must not be after the last: " + first + ", " + last);
            }
        }
    }

    private KafkaMessage(
            String site,
            String gateway,
            DeviceId device,
            Lane lane,
            String place,
            String contentType,
            byte[] octets,
            Optional<Numbers> numbers) {
        this.site = site;
        this.gateway = gateway;
        this.device = device;
        this.lane = Objects.requireNonNull(lane, "lane");
        this.place = place;
        this.contentType = Objects.requireNonNull(contentType, "contentType");
        this.octets = octets;
        this.numbers = Objects.requireNonNull(numbers, "numbers");
    }

    /**
     * Returns a message.
     *
     * @param place the topic {@code iomt/1/{site}/{gateway}/{device}/{obs|wave}/{leaf}} that it was made for; says what it is of. What is sealed
     *     opens for this place only.
     * @param contentType the media type of the octets: sealed or plain
     * @param octets at most 1 MiB; copied
     * @param numbers which observations it holds, where the sender can tell; for those who cannot open it
     * @throws IllegalArgumentException when the place is of another form, or there are too many octets
     */
    public static KafkaMessage of(String place, String contentType, byte[] octets, Optional<Numbers> numbers) {
        String[] levels = place.split("/", -1);
        boolean isPlace = levels.length == 7
                && levels[0].equals("iomt")
                && levels[1].equals("1")
                && isLevel(levels[2])
                && isLevel(levels[3])
                && isLevel(levels[4])
                && !levels[4].equals("-")
                && (levels[5].equals("obs") || levels[5].equals("wave"))
                && isLevel(levels[6]);
        if (!isPlace) {
            throw new IllegalArgumentException("expected a place iomt/1/{site}/{gateway}/{device}/{obs|wave}/{leaf}");
        }
        if (octets.length > ObservationMessage.MAX_OCTETS) {
            throw new IllegalArgumentException(
                    "a message has at most " + ObservationMessage.MAX_OCTETS + " octets, but got " + octets.length);
        }
        Lane lane = levels[5].equals("obs") ? Lane.CLINICAL : Lane.WAVEFORM;
        return new KafkaMessage(
                levels[2], levels[3], DeviceId.of(levels[4]), lane, place, contentType, octets.clone(), numbers);
    }

    static boolean isLevel(String text) {
        return LEVEL.matcher(text).matches();
    }

    /** Returns where the gateway is. */
    public String site() {
        return site;
    }

    /** Returns the gateway. */
    public String gateway() {
        return gateway;
    }

    /** Returns the device, named within its gateway. */
    public DeviceId device() {
        return device;
    }

    /** Returns whether it holds readings or wave forms. */
    public Lane lane() {
        return lane;
    }

    /** Returns the place that it was made for. */
    public String place() {
        return place;
    }

    /** Returns the media type of the octets. */
    public String contentType() {
        return contentType;
    }

    /** Returns which observations it holds as the sender says; empty where he cannot tell. */
    public Optional<Numbers> numbers() {
        return numbers;
    }

    /** Returns a copy of the octets. */
    public byte[] octets() {
        return octets.clone();
    }

    /** Returns what names its device everywhere: {@code site/gateway/device}. All messages of one key are in one partition. */
    public String key() {
        return site + "/" + gateway + "/" + device;
    }

    /** Returns the name that its gateway seals under. */
    String publisher() {
        return site + "/" + gateway;
    }

    /** Hides the content. */
    @Override
    public String toString() {
        return "KafkaMessage[place=" + place + ", " + octets.length + " octets]";
    }
}
