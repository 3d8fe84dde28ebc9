package org.openiomt.security.net.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.openiomt.core.spi.Channel;
import org.openiomt.core.wire.DecodeException;
import org.openiomt.security.VectorTable;

/** The messages as docs/secure-link.md has them. */
class LinkMessageTest {
    private static final Path DOCUMENT =
            Path.of(Objects.requireNonNull(System.getProperty("openiomt.root")), "docs", "secure-link.md");
    private static final PeripheralDescription CUFF = new PeripheralDescription(
            244,
            Optional.of("Cuff 1"),
            Set.of("1810"),
            Map.of("service:1810", new byte[] {0x59}),
            List.of(Channel.of("1810/2a35"), Channel.of("1810/2a49")));

    @Test
    void everyMessageHasItsOctets() {
        Set<LinkMessage.Type> seen = new TreeSet<>();
        for (String[] row : VectorTable.read("secure-link.txt")) {
            byte[] octets = VectorTable.octets(row[2]);
            LinkMessage made = made(LinkMessage.Type.valueOf(row[1]));
            assertThat(HexFormat.of().formatHex(made.encode())).as(row[1]).isEqualTo(row[2]);
            for (LinkMessage.Sender from : senders(row[0])) {
                LinkMessage read = LinkMessage.decode(octets, from);
                assertThat(read.type()).isEqualTo(made.type());
                assertThat(read.number()).isEqualTo(made.number());
                assertThat(read.value()).isEqualTo(made.value());
            }
            seen.add(made.type());
        }
        seen.add(LinkMessage.Type.UNKNOWN_REQUEST);
        assertThat(seen).containsExactly(LinkMessage.Type.values());
        assertThat(PeripheralDescription.decode(made(LinkMessage.Type.DESCRIBE).value()))
                .isEqualTo(CUFF);
        assertThat(Greeting.decode(made(LinkMessage.Type.HELLO).value())).isEqualTo(new Greeting(1, 512));
    }

    @Test
    void theDocumentHasTheseVeryOctetsAndTypes() throws IOException {
        String document = Files.readString(DOCUMENT);
        for (String[] row : VectorTable.read("secure-link.txt")) {
            assertThat(document).contains("| " + row[0] + " | " + row[1]).contains("| `" + row[2] + "` |");
            assertThat(document)
                    .contains("| " + row[2].substring(0, 2) + " | " + row[1] + " | " + row[0].toLowerCase(Locale.ROOT));
        }
        for (LinkEnd end : LinkEnd.values()) {
            assertThat(LinkEnd.of(end.code() < 0 ? 200 : end.code())).isEqualTo(end.code() < 0 ? LinkEnd.CLOSED : end);
        }
    }

    @Test
    void messageOfTheOtherEndIsRefusedAndNamed() {
        assertThatThrownBy(() -> LinkMessage.decode(new byte[] {0x41}, LinkMessage.Sender.GATEWAY))
                .isInstanceOf(DecodeException.class)
                .hasMessage("type at octet 0: no message of the GATEWAY: 0x41");
        assertThatThrownBy(() -> LinkMessage.decode(new byte[] {0x7F}, LinkMessage.Sender.DEVICE))
                .isInstanceOf(DecodeException.class)
                .hasMessage("type at octet 0: no message of the DEVICE: 0x7f");
    }

    @Test
    void requestOfALaterGatewayIsKept() {
        LinkMessage message = LinkMessage.decode(new byte[] {0x1F, 1, 2, 3}, LinkMessage.Sender.GATEWAY);

        assertThat(message.type()).isEqualTo(LinkMessage.Type.UNKNOWN_REQUEST);
        assertThat(message.encode()).containsExactly(0x1F, 1, 2, 3);
    }

    @Test
    void helloOfALaterVersionIsUnderstoodAndOneOfThisVersionHasNoMore() {
        assertThat(Greeting.decode(new byte[] {2, 0, 100, 9, 9})).isEqualTo(new Greeting(2, 100));
        assertThatThrownBy(() -> Greeting.decode(new byte[] {1, 0, 100, 9}))
                .isInstanceOf(DecodeException.class)
                .hasMessageContaining("1 octet after the last field");
        assertThatThrownBy(() -> Greeting.decode(new byte[] {0, 0, 100})).isInstanceOf(DecodeException.class);
        assertThatThrownBy(() -> Greeting.decode(new byte[] {1, 0, 19})).isInstanceOf(DecodeException.class);
    }

    @Test
    void deviceCannotSayHowItWasVerifiedNorWriteIntoLogs() {
        byte[] octets = CUFF.encode();
        byte[] forged = new String(octets, StandardCharsets.ISO_8859_1)
                .replace("service:1810", "verified:abc")
                .getBytes(StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> PeripheralDescription.decode(forged))
                .isInstanceOf(DecodeException.class)
                .hasMessageContaining("service: or manufacturer:");
        assertThatThrownBy(() -> new PeripheralDescription(20, Optional.of("a\nb"), Set.of(), Map.of(), List.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new PeripheralDescription(
                        20, Optional.empty(), Set.of(), Map.of(), List.of(Channel.of("a"), Channel.of("a"))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(CUFF.toString()).doesNotContain("89");
        assertThat(made(LinkMessage.Type.VALUE).toString()).isEqualTo("LinkMessage[VALUE, 0, 2 octets]");
    }

    @Test
    void emptyTextIsRefused() {
        for (String octets : List.of("01a100000100", "01a100000001000000", "01a10000000000010001")) {
            assertThatThrownBy(() -> PeripheralDescription.decode(HexFormat.of().parseHex(octets)))
                    .as(octets)
                    .isInstanceOf(DecodeException.class);
        }
        byte[] found = HexFormat.of().parseHex("01a10000010000001e0000010001"); // by the fuzzer
        assertThatThrownBy(() -> PeripheralDescription.decode(found))
                .isInstanceOf(DecodeException.class)
                .hasMessage("service length at octet 5: at least 1 is needed, but got 0");
    }

    private static List<LinkMessage.Sender> senders(String column) {
        return column.equals("both")
                ? List.of(LinkMessage.Sender.GATEWAY, LinkMessage.Sender.DEVICE)
                : List.of(LinkMessage.Sender.valueOf(column.toUpperCase(Locale.ROOT)));
    }

    /** The messages that the table has octets of. */
    static LinkMessage made(LinkMessage.Type type) {
        return switch (type) {
            case HELLO -> LinkMessage.ofValue(type, new Greeting(1, 512).encode());
            case DESCRIBE -> LinkMessage.ofValue(type, CUFF.encode());
            case VALUE -> LinkMessage.ofValue(type, new byte[] {1, 2});
            case READ -> LinkMessage.ofChannel(type, 1);
            case SUBSCRIBE, UNSUBSCRIBE -> LinkMessage.ofChannel(type, 0);
            case REFUSED -> LinkMessage.ofCode(type, 0x0A);
            case END -> LinkMessage.ofCode(type, 0);
            case INDICATION -> LinkMessage.ofChannel(type, 0, new byte[] {0x78, 0, 0x50, 0});
            case NOTIFICATION -> LinkMessage.ofChannel(type, 1, new byte[] {7});
            case WRITE, WRITE_WITHOUT_RESPONSE -> LinkMessage.ofChannel(type, 1, new byte[] {1});
            case DONE, CONFIRM, PING, PONG -> LinkMessage.of(type);
            case UNKNOWN_REQUEST -> throw new AssertionError("is not made");
        };
    }
}
