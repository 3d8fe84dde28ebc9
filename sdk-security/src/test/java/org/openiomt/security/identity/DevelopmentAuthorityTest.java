package org.openiomt.security.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.openiomt.testkit.ManualClock;

class DevelopmentAuthorityTest {
    private static final String SUBJECT_KEY_ID = "2.5.29.14";
    private static final String AUTHORITY_KEY_ID = "2.5.29.35";
    private static final String SERVER_AUTH = "1.3.6.1.5.5.7.3.1";
    private static final String CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";

    private final ManualClock clock = new ManualClock(Instant.parse("2026-03-01T12:00:00Z"));
    private final DevelopmentAuthority authority = DevelopmentAuthority.create(clock);

    @Test
    void rootMaySignCertificatesOfEndsAndNothingElse() throws Exception {
        X509Certificate root = authority.trust().anchor();

        root.verify(root.getPublicKey());
        assertThat(root.getVersion()).isEqualTo(3);
        assertThat(root.getSigAlgName()).isEqualTo("SHA256withECDSA");
        assertThat(root.getBasicConstraints()).isZero();
        assertThat(keyUsages(root)).containsExactly(5, 6); // keyCertSign, cRLSign
        assertThat(root.getCriticalExtensionOIDs()).containsExactlyInAnyOrder("2.5.29.15", "2.5.29.19");
        assertThat(((ECPublicKey) root.getPublicKey())
                        .getParams()
                        .getCurve()
                        .getField()
                        .getFieldSize())
                .isEqualTo(256);
    }

    @Test
    void clientHasItsIdAndOnePurpose() throws Exception {
        X509Certificate client = authority.client("gateway-1").identity().certificate();

        client.verify(authority.trust().anchor().getPublicKey());
        assertThat(client.getSubjectX500Principal().getName()).isEqualTo("CN=gateway-1");
        assertThat(client.getExtendedKeyUsage()).containsExactly(CLIENT_AUTH);
        assertThat(client.getBasicConstraints()).isEqualTo(-1);
        assertThat(keyUsages(client)).containsExactly(0); // digitalSignature
        assertThat(client.getSubjectAlternativeNames()).isNull();
    }

    @Test
    void serverHasItsNamesAndOnePurpose() throws Exception {
        X509Certificate server = authority
                .server("broker-1", List.of("localhost", "127.0.0.1", "::1"))
                .identity()
                .certificate();

        assertThat(server.getExtendedKeyUsage()).containsExactly(SERVER_AUTH);
        assertThat(server.getSubjectAlternativeNames())
                .containsExactly(List.of(2, "localhost"), List.of(7, "127.0.0.1"), List.of(7, "0:0:0:0:0:0:0:1"));
    }

    @Test
    void leafNamesTheKeyOfItsIssuer() {
        byte[] rootKeyId = authority.trust().anchor().getExtensionValue(SUBJECT_KEY_ID);
        byte[] issuerKeyId =
                authority.client("gateway-1").identity().certificate().getExtensionValue(AUTHORITY_KEY_ID);

        // OCTET STRING { OCTET STRING keyId } and OCTET STRING { SEQUENCE { [0] keyId } }: the ids stand at the end.
        assertThat(tail(issuerKeyId)).isEqualTo(tail(rootKeyId));
    }

    @Test
    void everythingEndsWithTheAuthority() {
        Instant start = clock.instant();
        clock.advance(Duration.ofDays(3));

        X509Certificate late = authority.client("gateway-1").identity().certificate();

        assertThat(late.getNotBefore().toInstant()).isEqualTo(clock.instant().minus(Duration.ofMinutes(5)));
        assertThat(late.getNotAfter().toInstant()).isEqualTo(start.plus(DevelopmentAuthority.DEFAULT_LIFETIME));
        assertThat(late.getNotAfter()).isEqualTo(authority.trust().anchor().getNotAfter());
    }

    @Test
    void serialsArePositiveAndOfManyBits() {
        Set<BigInteger> serials = new HashSet<>();
        int longest = 0;
        for (int i = 0; i < 20; i++) {
            BigInteger serial = authority.client("c").identity().certificate().getSerialNumber();
            assertThat(serial.signum()).isPositive();
            serials.add(serial);
            longest = Math.max(longest, serial.bitLength());
        }

        assertThat(serials).hasSize(20);
        assertThat(longest).isBetween(110, 128);
    }

    @Test
    void authorityThatIsOverOrClosedIssuesNothing() {
        DevelopmentAuthority closed = DevelopmentAuthority.create(clock);
        closed.close();
        assertThatThrownBy(() -> closed.client("c")).isInstanceOf(IllegalStateException.class);

        clock.advance(DevelopmentAuthority.DEFAULT_LIFETIME.plusSeconds(1));
        assertThatThrownBy(() -> authority.client("c"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("make a new one");
    }

    @Test
    void namesThatCouldMeanSomethingElseAreRefused() {
        for (String id : List.of("", "a b", "a,O=x", "a+CN=b", "*", "é", "a\n", "x".repeat(65))) {
            assertThatThrownBy(() -> authority.client(id)).as(id).isInstanceOf(IllegalArgumentException.class);
        }
        for (String host :
                List.of("", "*.example", "a..b", "-a", "a-", "a.", "a/b", "127.0.0.1/8", "a\u0000b", "a".repeat(64))) {
            assertThatThrownBy(() -> authority.server("s", List.of(host)))
                    .as(host)
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> authority.server("s", List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void lifetimeIsShort() {
        for (Duration lifetime : List.of(Duration.ZERO, Duration.ofSeconds(-1), Duration.ofDays(32))) {
            assertThatThrownBy(() -> DevelopmentAuthority.create(clock, lifetime))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(lifetime.toString());
        }
    }

    @Test
    void endCertificateIsNoTrustAnchor() {
        X509Certificate client = authority.client("gateway-1").identity().certificate();

        assertThatThrownBy(() -> Trust.of(client, clock)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void bouncyCastleIsNotRegistered() {
        authority.client("gateway-1");

        assertThat(java.security.Security.getProvider("BC")).isNull();
    }

    private static List<Integer> keyUsages(X509Certificate certificate) {
        boolean[] bits = certificate.getKeyUsage();
        return java.util.stream.IntStream.range(0, bits.length)
                .filter(i -> bits[i])
                .boxed()
                .toList();
    }

    private static byte[] tail(byte[] octets) {
        return Arrays.copyOfRange(octets, octets.length - 20, octets.length);
    }
}
