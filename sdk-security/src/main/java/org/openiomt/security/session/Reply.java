package org.openiomt.security.session;

import java.nio.ByteOrder;
import org.openiomt.core.spi.AuthenticationException;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.ByteWriter;
import org.openiomt.core.wire.DecodeException;
import org.openiomt.core.wire.DecodeMode;

/**
 * Every packet of a handshake but the first, most significant octet first.
 * <pre>
 * field    type    octets  present when  meaning
 * type     uint8   1       always        0xC2 retry, 0xC3 answer (second message), 0xC4 finish (third message)
 * index    uint32  4       always        of who receives it
 * suite    uint16  2       retry         what to begin anew with, one of those offered
 * cookie           0, 16   retry         what to repeat, to show that the address is one's own
 * message          rest    others        of the handshake
 * </pre>
 */
@SuppressWarnings("ArrayRecordComponent") // never leaves this package, never compared
record Reply(Kind kind, int index, int suite, byte[] octets) {
    static final int HEADER_LENGTH = 5;

    enum Kind {
        RETRY(0xC2),
        ANSWER(0xC3),
        FINISH(0xC4);

        private final int type;

        Kind(int type) {
            this.type = type;
        }
    }

    static Reply retry(int index, int suite, byte[] cookie) {
        return new Reply(Kind.RETRY, index, suite, cookie);
    }

    static Reply message(Kind kind, int index, byte[] octets) {
        return new Reply(kind, index, 0, octets);
    }

    static Reply decode(byte[] packet) {
        ByteReader in = ByteReader.of(packet, DecodeMode.STRICT, ByteOrder.BIG_ENDIAN);
        int type = in.uint8("type");
        if (type < Kind.RETRY.type || type > Kind.FINISH.type) {
            throw new DecodeException("type", 0, "a value that is not known");
        }
        Kind kind = Kind.values()[type - Kind.RETRY.type];
        int index = (int) in.uint32("index");
        int suite = kind == Kind.RETRY ? in.uint16("suite") : 0;
        int at = in.offset();
        byte[] octets = in.octets("message", in.remaining());
        if (kind == Kind.RETRY && octets.length != 0 && octets.length != Hello.COOKIE_LENGTH) {
            throw new DecodeException("cookie", at, "expected 0 or 16 octets, but got " + octets.length);
        }
        return new Reply(kind, index, suite, octets);
    }

    /** Reads a packet of a stranger. */
    static Reply read(byte[] packet) {
        try {
            return decode(packet);
        } catch (DecodeException e) {
            throw new AuthenticationException();
        }
    }

    byte[] encode() {
        ByteWriter out = new ByteWriter(ByteOrder.BIG_ENDIAN);
        out.uint8("type", kind.type);
        out.uint32("index", index & 0xFFFF_FFFFL);
        if (kind == Kind.RETRY) {
            out.uint16("suite", suite);
        }
        out.octets(octets);
        return out.toByteArray();
    }

    @Override
    public String toString() {
        return "Reply[" + kind + "]";
    }
}
