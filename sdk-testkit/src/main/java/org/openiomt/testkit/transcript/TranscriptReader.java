package org.openiomt.testkit.transcript;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.openiomt.core.spi.Channel;
import org.openiomt.testkit.transcript.Transcript.Entry;

/**
 * Reads a transcript, strictly: what it lets pass, a {@link ReplayTransport} can play. Late answers and values of a link that is
 * closed already pass, for a live link can give them.
 */
final class TranscriptReader {
    private static final Pattern DEVICE = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final BigDecimal MAX_SECONDS =
            BigDecimal.valueOf(Duration.ofDays(366).toSeconds());
    private static final int NANO_DIGITS = 9;
    private static final int MAX_LENGTH = 0xFFFF;
    private static final String SHAPE = "<seconds> <device> <direction> <event>";

    private final List<Entry> entries = new ArrayList<>();
    private final Map<String, Device> devices = new HashMap<>();
    private Optional<Instant> begins = Optional.empty();
    private boolean isHeaderRead;
    private boolean isScanning;
    private int lastNumber;
    private Duration lastTime = Duration.ZERO;

    /** What is known of a device up to the present line. */
    private static final class Device {
        private @Nullable String address;
        private State state = State.CLOSED;
        private final Map<Integer, Event.Verb> asked = new HashMap<>();
        private final Set<Channel> subscribed = new HashSet<>();
    }

    private enum State {
        CLOSED,
        OPENING,
        OPEN
    }

    Transcript read(List<String> lines) {
        for (int i = 0; i < lines.size(); i++) {
            String text = lines.get(i).strip();
            if (!text.isEmpty() && !text.startsWith("#")) {
                line(new Words(i + 1, text), i + 1, text);
            }
        }
        if (entries.isEmpty()) {
            throw new TranscriptException(
                    Math.max(1, lines.size()),
                    "expected '" + Transcript.HEADER + "' and lines of '" + SHAPE + "', but the text ends");
        }
        return new Transcript(begins, entries);
    }

    private void line(Words words, int line, String text) {
        if (!isHeaderRead) {
            if (!text.equals(Transcript.HEADER)) {
                throw words.fault("expected '" + Transcript.HEADER + "', but got something else");
            }
            isHeaderRead = true;
        } else if (text.startsWith(Transcript.BEGINS + " ")) {
            begins(words);
        } else {
            entry(words, line);
        }
    }

    private void begins(Words words) {
        if (begins.isPresent() || !entries.isEmpty()) {
            throw words.fault("expected an event: 'begins' stands once, before all of them");
        }
        words.next(Transcript.BEGINS);
        String moment = words.next("moment");
        try {
            begins = Optional.of(Instant.parse(moment));
        } catch (DateTimeParseException e) {
            throw words.fault("begins: expected a moment such as 2026-01-01T00:00:00Z, but got '" + moment + "'");
        }
        words.end();
    }

    private void entry(Words words, int line) {
        Duration at = seconds(words);
        if (at.compareTo(lastTime) < 0) {
            throw words.fault("the seconds go back");
        }
        lastTime = at;
        String name = words.next("device");
        if (!DEVICE.matcher(name).matches()) {
            throw words.fault("device: expected 1 to 64 of A-Z a-z 0-9 _ -, but got '" + name + "'");
        }
        String direction = words.next("direction");
        if (!direction.equals(">") && !direction.equals("<")) {
            throw words.fault("direction: expected > (to the device) or < (from it), but got '" + direction + "'");
        }
        String word = words.next("event");
        Event event = event(word, words);
        words.end();
        if (event.isRequest() != direction.equals(">")) {
            throw words.fault("direction: expected " + (event.isRequest() ? ">" : "<") + " before " + word
                    + ", but got " + direction);
        }
        follow(name, event, words);
        entries.add(new Entry(line, at, name, event));
    }

    private static Event event(String word, Words words) {
        return switch (word) {
            case "scan" -> new Event.Scan();
            case "rest" -> new Event.Rest();
            case "seen" -> seen(words);
            case "open" -> new Event.Open();
            case "opened" -> opened(words);
            case "not-opened" -> new Event.NotOpened(words.next("reason"));
            case "read", "write", "send", "subscribe", "unsubscribe" -> request(word, words);
            case "answer" -> new Event.Answer(requestNumber(words), words.trailingOctets("octets"));
            case "refused" ->
                new Event.Refusal(
                        requestNumber(words), words.number("code", 0, Integer.MAX_VALUE), words.next("reason"));
            case "failed" -> new Event.Failure(requestNumber(words), words.next("reason"));
            case "value" -> new Event.Value(channel(words), words.trailingOctets("octets"));
            case "close" -> new Event.Close();
            case "closed" -> new Event.Closed(words.next("reason"));
            default ->
                throw words.fault("event: expected scan, rest, seen, open, opened, not-opened, read, write, send, "
                        + "subscribe, unsubscribe, answer, refused, failed, value, close or closed, but got '" + word
                        + "'");
        };
    }

    private static Event seen(Words words) {
        String address = words.next("address");
        Optional<String> name = Optional.empty();
        Set<String> services = new LinkedHashSet<>();
        Map<String, String> data = new LinkedHashMap<>();
        OptionalInt signal = OptionalInt.empty();
        while (!words.isAtEnd()) {
            String what = words.next("what");
            switch (what) {
                case "name" -> name = Optional.of(words.next("name"));
                case "service" -> services.add(words.next("service"));
                case "data" -> data.put(words.next("kind"), words.octets("data"));
                case "signal" -> signal = OptionalInt.of(words.number("signal", Short.MIN_VALUE, Short.MAX_VALUE));
                default -> throw words.fault("seen: expected name, service, data or signal, but got '" + what + "'");
            }
        }
        return new Event.Seen(address, name, services, data, signal);
    }

    private static Event opened(Words words) {
        int length = words.number("length", 1, MAX_LENGTH);
        Set<Channel> channels = new LinkedHashSet<>();
        while (!words.isAtEnd()) {
            Channel channel = channel(words);
            if (!channels.add(channel)) {
                throw words.fault("channel: " + channel + " is there twice");
            }
        }
        return new Event.Opened(length, channels);
    }

    private static Event request(String word, Words words) {
        Event.Verb verb = Event.Verb.valueOf(word.toUpperCase(Locale.ROOT));
        int number = requestNumber(words);
        Channel channel = channel(words);
        return new Event.Request(number, verb, channel, verb.hasOctets() ? words.trailingOctets("octets") : "");
    }

    private static int requestNumber(Words words) {
        return words.number("number", 1, Integer.MAX_VALUE);
    }

    private static Channel channel(Words words) {
        String name = words.next("channel");
        if (name.isEmpty()) {
            throw words.fault("channel: expected a name, but it is empty");
        }
        return Channel.of(name);
    }

    private void follow(String name, Event event, Words words) {
        boolean isOfTheTransport = event instanceof Event.Scan || event instanceof Event.Rest;
        if (isOfTheTransport != name.equals(Transcript.TRANSPORT)) {
            throw words.fault("device: " + Transcript.TRANSPORT + " stands with scan and rest, and with nothing else");
        }
        if (isOfTheTransport) {
            require(
                    isScanning == event instanceof Event.Rest,
                    words,
                    isScanning ? "a scan goes on" : "no scan goes on");
            isScanning = event instanceof Event.Scan;
            return;
        }
        Device device = devices.computeIfAbsent(name, any -> new Device());
        if (event instanceof Event.Seen seen) {
            require(
                    device.address == null || device.address.equals(seen.address()),
                    words,
                    "the device had another address");
            device.address = seen.address();
        } else if (event instanceof Event.Value value) {
            boolean isAnnounced = device.address == null || device.subscribed.contains(value.channel());
            require(isAnnounced, words, "nobody has subscribed to " + value.channel());
        } else {
            require(device.address != null, words, "the device has not been seen");
            link(device, event, words);
        }
        boolean isMixed = devices.values().stream().anyMatch(one -> one.address == null)
                && devices.values().stream().anyMatch(one -> one.address != null);
        require(!isMixed, words, "some devices are seen and others only announce; such are two transcripts");
    }

    private void link(Device device, Event event, Words words) {
        if (event instanceof Event.Open) {
            require(device.state == State.CLOSED, words, "a link is open or being opened");
            device.state = State.OPENING;
        } else if (event instanceof Event.Opened) {
            require(device.state == State.OPENING, words, "nobody asked for a link");
            device.state = State.OPEN;
            device.subscribed.clear();
        } else if (event instanceof Event.NotOpened) {
            require(device.state == State.OPENING, words, "nobody asked for a link");
            device.state = State.CLOSED;
        } else if (event instanceof Event.Request request) {
            require(device.state == State.OPEN, words, "no link is open");
            require(request.number() > lastNumber, words, "number: expected more than " + lastNumber);
            lastNumber = request.number();
            device.asked.put(request.number(), request.verb());
            if (request.verb() == Event.Verb.SUBSCRIBE) {
                device.subscribed.add(request.channel());
            }
        } else if (event instanceof Event.Answer answer) {
            Event.Verb verb = device.asked.remove(answer.number());
            require(verb != null, words, "no request " + answer.number() + " of this device waits for an answer");
            require(verb == Event.Verb.READ || answer.hex().isEmpty(), words, "only the answer to a read has octets");
        } else if (event instanceof Event.Refusal refusal) {
            requireAsked(device, refusal.number(), words);
        } else if (event instanceof Event.Failure failure) {
            requireAsked(device, failure.number(), words);
        } else if (event instanceof Event.Close) {
            require(device.state == State.OPEN, words, "no link is open");
        } else if (event instanceof Event.Closed) {
            require(device.state == State.OPEN, words, "no link is open");
            device.state = State.CLOSED;
        } else {
            throw new AssertionError(event);
        }
    }

    private static void requireAsked(Device device, int number, Words words) {
        require(
                device.asked.remove(number) != null,
                words,
                "no request " + number + " of this device waits for an answer");
    }

    private static void require(boolean isSo, Words words, String otherwise) {
        if (!isSo) {
            throw words.fault("this cannot follow what is before it: " + otherwise);
        }
    }

    private static Duration seconds(Words words) {
        String text = words.next("seconds");
        try {
            BigDecimal seconds = new BigDecimal(text);
            if (seconds.signum() >= 0 && seconds.compareTo(MAX_SECONDS) <= 0 && seconds.scale() <= NANO_DIGITS) {
                return Duration.ofNanos(seconds.movePointRight(NANO_DIGITS).longValueExact());
            }
        } catch (NumberFormatException e) {
            throw words.fault("seconds: expected a number, but got '" + text + "'");
        }
        throw words.fault("seconds: expected 0 to " + MAX_SECONDS + " with at most " + NANO_DIGITS
                + " decimals, but got '" + text + "'");
    }
}
