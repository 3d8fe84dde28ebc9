package org.openiomt.testkit.transcript;

import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.openiomt.core.spi.Channel;
import org.openiomt.core.spi.WriteMode;

/** Something that happened on a transport or a link. */
public sealed interface Event {
    /** Returns what stands in a transcript behind the direction. Octets are included: it is no text for logs. */
    @Override
    String toString();

    /** Whether it went to the device: the application or the driver did it. */
    boolean isRequest();

    /** The application began to look for devices. */
    record Scan() implements Event {
        @Override
        public boolean isRequest() {
            return true;
        }

        @Override
        public String toString() {
            return "scan";
        }
    }

    /** The application looks for devices no more. */
    record Rest() implements Event {
        @Override
        public boolean isRequest() {
            return true;
        }

        @Override
        public String toString() {
            return "rest";
        }
    }

    /**
     * The device was seen.
     *
     * @param data what it announced, by kind, as hexadecimal digits
     */
    record Seen(
            String address, Optional<String> name, Set<String> services, Map<String, String> data, OptionalInt signal)
            implements Event {
        /** Copies the collections and keeps their order. */
        public Seen {
            services = Words.ordered(services);
            data = Words.ordered(data);
        }

        @Override
        public boolean isRequest() {
            return false;
        }

        @Override
        public String toString() {
            StringBuilder text = new StringBuilder("seen ").append(Words.quoted(address));
            name.ifPresent(known -> text.append(" name ").append(Words.quoted(known)));
            services.forEach(service -> text.append(" service ").append(Words.word(service)));
            data.forEach((kind, hex) -> text.append(" data ")
                    .append(Words.word(kind))
                    .append(' ')
                    .append(hex.isEmpty() ? Words.NOTHING : hex));
            signal.ifPresent(dbm -> text.append(" signal ").append(dbm));
            return text.toString();
        }
    }

    /** The application asked for a link. */
    record Open() implements Event {
        @Override
        public boolean isRequest() {
            return true;
        }

        @Override
        public String toString() {
            return "open";
        }
    }

    /**
     * The link is open.
     *
     * @param maxValueLength the most octets that one write or announcement can carry
     * @param channels what the device has
     */
    record Opened(int maxValueLength, Set<Channel> channels) implements Event {
        /** Copies the set and keeps its order. */
        public Opened {
            channels = Words.ordered(channels);
        }

        @Override
        public boolean isRequest() {
            return false;
        }

        @Override
        public String toString() {
            StringBuilder text = new StringBuilder("opened ").append(maxValueLength);
            channels.forEach(channel -> text.append(' ').append(Words.word(channel.name())));
            return text.toString();
        }
    }

    /** The link could not be opened. */
    record NotOpened(String reason) implements Event {
        @Override
        public boolean isRequest() {
            return false;
        }

        @Override
        public String toString() {
            return "not-opened " + Words.quoted(reason);
        }
    }

    /** What a driver can ask of a device. */
    enum Verb {
        /** A read. */
        READ,
        /** A write that is answered. */
        WRITE,
        /** A write without an answer of the device. */
        SEND,
        /** Begins a subscription. */
        SUBSCRIBE,
        /** Ends a subscription. */
        UNSUBSCRIBE;

        static Verb of(WriteMode mode) {
            return mode == WriteMode.WITH_RESPONSE ? WRITE : SEND;
        }

        boolean hasOctets() {
            return this == WRITE || this == SEND;
        }

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * The driver asked for something.
     *
     * @param number under which the answer comes; each is greater than those before
     * @param hex what is written; empty unless the verb writes
     */
    record Request(int number, Verb verb, Channel channel, String hex) implements Event {
        @Override
        public boolean isRequest() {
            return true;
        }

        boolean asksTheSameAs(Request other) {
            return verb == other.verb && channel.equals(other.channel) && hex.equals(other.hex);
        }

        /** Says what is asked without its octets. */
        String summary() {
            return verb.word() + " " + channel + (verb.hasOctets() ? " (" + hex.length() / 2 + " octets)" : "");
        }

        @Override
        public String toString() {
            return verb.word() + " " + number + " " + Words.word(channel.name()) + Words.trailing(hex);
        }
    }

    /**
     * The device did what was asked.
     *
     * @param hex what was read; empty for other requests
     */
    record Answer(int number, String hex) implements Event {
        @Override
        public boolean isRequest() {
            return false;
        }

        @Override
        public String toString() {
            return "answer " + number + Words.trailing(hex);
        }
    }

    /** The device said no. */
    record Refusal(int number, int code, String reason) implements Event {
        @Override
        public boolean isRequest() {
            return false;
        }

        @Override
        public String toString() {
            return "refused " + number + " 0x" + Integer.toHexString(code) + " " + Words.quoted(reason);
        }
    }

    /** A request was not answered: the link is the reason. */
    record Failure(int number, String reason) implements Event {
        @Override
        public boolean isRequest() {
            return false;
        }

        @Override
        public String toString() {
            return "failed " + number + " " + Words.quoted(reason);
        }
    }

    /** The device announced a value. */
    record Value(Channel channel, String hex) implements Event {
        /** Returns the value. */
        public byte[] octets() {
            return HexFormat.of().parseHex(hex);
        }

        @Override
        public boolean isRequest() {
            return false;
        }

        @Override
        public String toString() {
            return "value " + Words.word(channel.name()) + Words.trailing(hex);
        }
    }

    /** The application closed the link. */
    record Close() implements Event {
        @Override
        public boolean isRequest() {
            return true;
        }

        @Override
        public String toString() {
            return "close";
        }
    }

    /** The link is closed, by whomever. */
    record Closed(String reason) implements Event {
        @Override
        public boolean isRequest() {
            return false;
        }

        @Override
        public String toString() {
            return "closed " + Words.quoted(reason);
        }
    }
}
