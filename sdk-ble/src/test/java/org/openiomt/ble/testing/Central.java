package org.openiomt.ble.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.openiomt.ble.gatt.AttError;
import org.openiomt.ble.gatt.AttMeaning;
import org.openiomt.ble.virtual.VirtualPeripheral;
import org.openiomt.core.spi.Channel;
import org.openiomt.core.spi.Link;
import org.openiomt.core.spi.RefusedException;
import org.openiomt.core.spi.WriteMode;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.DecodeMode;

/** A central that is connected to one virtual peripheral and keeps what it announces. What it decodes, it decodes strictly. */
public final class Central {
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(2);

    /** Hexadecimal digits, with blanks where they help the reader. */
    private static final Codec<String> HEX = Codec.of(
            in -> HexFormat.of().formatHex(in.octets("all", in.remaining())),
            (text, out) -> out.octets(HexFormat.of().parseHex(text.replace(" ", ""))));

    /** Its link. */
    public final Link link;

    private final ManualAir room;
    private final Map<Channel, List<byte[]>> heard = new HashMap<>();

    /** Connects and subscribes. */
    public Central(ManualAir room, VirtualPeripheral peripheral, Channel... channels) {
        this.room = room;
        this.link = room.open(peripheral);
        for (Channel channel : channels) {
            listen(channel);
        }
    }

    /** Subscribes. */
    public void listen(Channel channel) {
        List<byte[]> values = heard.computeIfAbsent(channel, first -> new ArrayList<>());
        room.now(link.subscribe(channel, values::add));
    }

    /** Returns the octets that a channel has announced since it was last asked. */
    public List<byte[]> heard(Channel channel) {
        room.clock.runUntilIdle();
        List<byte[]> values = heard.getOrDefault(channel, List.of());
        List<byte[]> now = List.copyOf(values);
        values.clear();
        return now;
    }

    /** Returns the values that a channel has announced since it was last asked. */
    public <T> List<T> heard(Channel channel, Codec<T> codec) {
        return heard(channel).stream().map(octets -> strict(codec, octets)).toList();
    }

    /** Reads a value. */
    public <T> T read(Channel channel, Codec<T> codec) {
        return strict(codec, room.now(link.read(channel)));
    }

    /** Writes a value, which must be accepted. */
    public <T> void write(Channel channel, Codec<T> codec, T value) {
        write(channel, codec.encode(value));
    }

    /** Writes octets, which must be accepted. */
    public void write(Channel channel, byte[] octets) {
        room.now(link.write(channel, octets, WriteMode.WITH_RESPONSE));
    }

    /** Writes octets, which must be refused, and returns the ATT error. */
    public int refused(Channel channel, byte[] octets) {
        Throwable fault = room.fault(link.write(channel, octets, WriteMode.WITH_RESPONSE));
        assertThat(fault).isInstanceOf(RefusedException.class);
        return ((RefusedException) fault).code();
    }

    /** Subscribes and returns what will come, as it comes. */
    public <T> List<T> hear(Channel channel, Codec<T> codec) {
        List<T> values = new ArrayList<>();
        room.now(link.subscribe(channel, octets -> values.add(strict(codec, octets))));
        return values;
    }

    /** Subscribes and returns what will come in hexadecimal digits, as it comes. */
    public List<String> hear(Channel channel) {
        return hear(channel, HEX);
    }

    /** Reads a value in hexadecimal digits. */
    public String read(Channel channel) {
        return read(channel, HEX);
    }

    /** Writes hexadecimal digits, which must be accepted. */
    public void write(Channel channel, String hex) {
        write(channel, HEX, hex);
    }

    /** Writes hexadecimal digits without an answer. */
    public void writeUnanswered(Channel channel, String hex) {
        room.now(link.write(channel, HEX.encode(hex), WriteMode.WITHOUT_RESPONSE));
    }

    /** Writes hexadecimal digits, which must be refused, and returns what the ATT error means. */
    public AttMeaning refusal(Channel channel, String hex) {
        return AttError.meaning(channel, refused(channel, HEX.encode(hex))).orElseThrow();
    }

    /** Writes a request, lets 2 s pass, and returns the one answer of the same channel. */
    public <T> T ask(Channel channel, Codec<T> codec, T request) {
        return strict(codec, ask(channel, codec.encode(request)));
    }

    /** Writes a request, lets 2 s pass, and returns the one answer of the same channel. */
    public byte[] ask(Channel channel, byte[] request) {
        heard(channel);
        write(channel, request);
        room.clock.advance(LONG_ENOUGH);
        List<byte[]> answers = heard(channel);
        assertThat(answers).hasSize(1);
        return answers.get(0);
    }

    private static <T> T strict(Codec<T> codec, byte[] octets) {
        return codec.decode(octets, DecodeMode.STRICT).value();
    }
}
