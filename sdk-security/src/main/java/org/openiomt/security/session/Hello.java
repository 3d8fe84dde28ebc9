package org.openiomt.security.session;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.openiomt.core.spi.AuthenticationException;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.ByteWriter;
import org.openiomt.core.wire.DecodeException;
import org.openiomt.core.wire.DecodeMode;

/**
 * The first packet of a session, most significant octet first. All octets before the message enter the prologue of the handshake.
 * <pre>
 * field    type    octets  present when  meaning
 * type     uint8   1       always        0xC1
 * version  uint8   1       always        1; others refused
 * pattern  uint8   1       always        {@link SessionPattern}; others refused
 * form     uint8   1       always        {@link FrameForm}; others refused
 * index    uint32  4       always        chosen by the initiator at random; answers carry it
 * suite    uint16  2       always        what the message is computed with, one of those offered
 * count    uint8   1       always        1 .. 8
 * offered  uint16  2 each  always        {@link CipherSuite}, best first, none twice; unknown ones are passed over
 * cookie   uint8   1       always        0 or 16
 *                  16      after a retry what the retry has brought
 * ticket           16      RESUME only   which one-time key
 * message          rest    always        the first of the handshake
 * </pre>
 */
@SuppressWarnings("ArrayRecordComponent") // never leaves this package, never compared
record Hello(
        SessionPattern pattern,
        FrameForm form,
        int index,
        int suite,
        List<Integer> offered,
        byte[] cookie,
        byte[] ticket,
        byte[] message) {
    static final int TYPE = 0xC1;
    static final int COOKIE_LENGTH = 16;
    static final int TICKET_LENGTH = 16;

    /** The shortest and the longest, in octets: with a message of 65,535. */
    static final int MIN_LENGTH = 14;

    private static final int VERSION = 1;
    private static final int MAX_OFFERED = 8;
    private static final byte[] MAGIC = "IOMT-SEC/1".getBytes(StandardCharsets.US_ASCII);

    static Hello decode(byte[] packet) {
        ByteReader in = ByteReader.of(packet, DecodeMode.STRICT, ByteOrder.BIG_ENDIAN);
        require(in.uint8("type") == TYPE, "type", 0);
        require(in.uint8("version") == VERSION, "version", 1);
        SessionPattern pattern = SessionPattern.ofId(in.uint8("pattern")).orElseThrow(() -> unknown("pattern", 2));
        FrameForm form = FrameForm.ofId(in.uint8("form")).orElseThrow(() -> unknown("form", 3));
        int index = (int) in.uint32("index");
        int suite = in.uint16("suite");
        int at = in.offset();
        int count = in.uint8("count");
        require(count >= 1 && count <= MAX_OFFERED, "count", at);
        List<Integer> offered = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            at = in.offset();
            int id = in.uint16("offered");
            require(!offered.contains(id), "offered", at);
            offered.add(id);
        }
        require(offered.contains(suite), "suite", 8);
        at = in.offset();
        int cookieLength = in.uint8("cookie length");
        require(cookieLength == 0 || cookieLength == COOKIE_LENGTH, "cookie length", at);
        byte[] cookie = in.octets("cookie", cookieLength);
        byte[] ticket = in.octets("ticket", pattern == SessionPattern.RESUME ? TICKET_LENGTH : 0);
        return new Hello(
                pattern,
                form,
                index,
                suite,
                List.copyOf(offered),
                cookie,
                ticket,
                in.octets("message", in.remaining()));
    }

    /** Reads a packet of a stranger. */
    static Hello read(byte[] packet) {
        try {
            return decode(packet);
        } catch (DecodeException e) {
            throw new AuthenticationException();
        }
    }

    byte[] encode() {
        ByteWriter out = new ByteWriter(ByteOrder.BIG_ENDIAN);
        out.octets(header());
        out.octets(message);
        return out.toByteArray();
    }

    Hello withMessage(byte[] first) {
        return new Hello(pattern, form, index, suite, offered, cookie, ticket, first);
    }

    /** Returns the octets that a cookie is for: all that stays when a hello is sent again because of it. */
    byte[] identity() {
        return Arrays.copyOf(header(), 8);
    }

    /**
     * Returns what both ends must agree on: the protocol, the hello, what each end is, and what the carrier binds.
     *
     * @param local the role of who asks
     */
    byte[] prologue(SessionRoles roles, Role local, byte[] binding) {
        ByteWriter out = new ByteWriter(ByteOrder.BIG_ENDIAN);
        out.octets(MAGIC);
        out.octets(header());
        for (Role end : Role.values()) {
            byte[] role = roles.of(end, local).getBytes(StandardCharsets.US_ASCII);
            out.uint8("role length", role.length);
            out.octets(role);
        }
        out.uint16("binding length", binding.length);
        out.octets(binding);
        return out.toByteArray();
    }

    @Override
    public String toString() {
        return "Hello[" + pattern + ", " + form + ", suite " + suite + "]";
    }

    private byte[] header() {
        ByteWriter out = new ByteWriter(ByteOrder.BIG_ENDIAN);
        out.uint8("type", TYPE);
        out.uint8("version", VERSION);
        out.uint8("pattern", pattern.id());
        out.uint8("form", form.id());
        out.uint32("index", index & 0xFFFF_FFFFL);
        out.uint16("suite", suite);
        out.uint8("count", offered.size());
        for (int id : offered) {
            out.uint16("offered", id);
        }
        out.uint8("cookie length", cookie.length);
        out.octets(cookie);
        out.octets(ticket);
        return out.toByteArray();
    }

    private static void require(boolean condition, String field, int offset) {
        if (!condition) {
            throw unknown(field, offset);
        }
    }

    private static DecodeException unknown(String field, int offset) {
        return new DecodeException(field, offset, "a value that is not known");
    }
}
