package org.openiomt.security.identity.enrolment;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.jspecify.annotations.Nullable;
import org.openiomt.core.model.Ids;
import org.openiomt.core.spi.LinkException;
import org.openiomt.core.wire.DecodeException;
import org.openiomt.security.identity.IdentityException;
import org.openiomt.security.identity.TlsIdentity;
import org.openiomt.security.identity.Trust;

/**
 * Enrolment over Secure Transport (RFC 7030, with the base64 of RFC 8951) over TLS 1.3: {@code cacerts}, {@code simpleenroll},
 * {@code simplereenroll}. The server's certificate and each one that it issues have to lead to the same trust anchor.
 * Answers are at most 64 KiB and waited for at most the time given.
 */
public final class EstClient implements EnrolmentClient {
    private static final String ROOT = "/.well-known/est/";
    private static final Duration DEFAULT_RETRY = Duration.ofMinutes(1);
    private static final Duration LONGEST_RETRY = Duration.ofDays(1);
    private static final int OK = 200;
    private static final int ACCEPTED = 202;
    private static final int BAD_REQUEST = 400;

    private final URI base;
    private final Trust trust;
    private final HttpClient http;
    private final Duration atMost;
    private final Optional<String> authorization;

    private EstClient(URI base, Trust trust, SSLContext context, Duration atMost, Optional<String> authorization) {
        if (!"https".equals(base.getScheme()) || base.getHost() == null) {
            throw new IllegalArgumentException("expected https://host:port, but got " + base);
        }
        this.base = base;
        this.trust = trust;
        this.atMost = atMost;
        this.authorization = authorization;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(atMost)
                .sslContext(context)
                .sslParameters(TlsIdentity.clientParameters())
                .build();
    }

    /**
     * Identifies itself by a certificate: that of the manufacturer for the first one, the present one for the next.
     *
     * @param base {@code https://host:port}
     * @param atMost how long each call may wait
     */
    public static EstClient of(URI base, TlsIdentity identity, Duration atMost) {
        return new EstClient(base, identity.trust(), identity.context(), atMost, Optional.empty());
    }

    /**
     * Identifies itself by a one-time password, for a device that has no certificate.
     *
     * @param base {@code https://host:port}
     * @param id the device's pseudonymous id
     * @param password ASCII; kept as long as this is, for the JDK sends it as text
     * @param atMost how long each call may wait
     */
    public static EstClient of(URI base, Trust trust, String id, char[] password, Duration atMost) {
        Ids.require("an identity", id);
        byte[] octets = StandardCharsets.US_ASCII.encode(join(id, password)).array();
        try {
            String basic = "Basic " + Base64.getEncoder().encodeToString(octets);
            return new EstClient(base, trust, serverOnly(trust), atMost, Optional.of(basic));
        } finally {
            Arrays.fill(octets, (byte) 0);
        }
    }

    @Override
    public List<X509Certificate> authorities() {
        HttpResponse<byte[]> response =
                send(HttpRequest.newBuilder(base.resolve(ROOT + "cacerts")).GET());
        if (response.statusCode() != OK) {
            throw new IdentityException("the authority does not show its certificates: " + response.statusCode());
        }
        return certificates(response.body());
    }

    @Override
    public Enrolment enrol(byte[] request) {
        return ask("simpleenroll", request);
    }

    @Override
    public Enrolment renew(byte[] request) {
        return ask("simplereenroll", request);
    }

    @Override
    public String toString() {
        return "EstClient[" + base + "]";
    }

    private Enrolment ask(String operation, byte[] request) {
        HttpRequest.Builder post = HttpRequest.newBuilder(base.resolve(ROOT + operation))
                .header("Content-Type", "application/pkcs10")
                .header("Content-Transfer-Encoding", "base64")
                .POST(HttpRequest.BodyPublishers.ofByteArray(Base64.getEncoder().encode(request)));
        authorization.ifPresent(value -> post.header("Authorization", value));
        HttpResponse<byte[]> response = send(post);
        int status = response.statusCode();
        if (status == OK) {
            return new Enrolment.Issued(checked(certificates(response.body()), request));
        }
        if (status == ACCEPTED) {
            return new Enrolment.Pending(retryAfter(response));
        }
        if (status >= BAD_REQUEST) {
            return new Enrolment.Refused(status);
        }
        throw new IdentityException("the authority answers with status " + status + ", which is no answer of EST");
    }

    /** The certificate of our key first, then its issuers; the anchor is left out. */
    List<X509Certificate> checked(List<X509Certificate> answer, byte[] request) {
        byte[] key = publicKey(request);
        X509Certificate own = answer.stream()
                .filter(certificate -> Arrays.equals(certificate.getPublicKey().getEncoded(), key))
                .findFirst()
                .orElseThrow(() -> new IdentityException("the authority has issued a certificate for another key"));
        List<X509Certificate> chain = new ArrayList<>(List.of(own));
        while (chain.size() <= answer.size() && !isIssuedByAnchor(chain)) {
            X509Certificate last = chain.get(chain.size() - 1);
            chain.add(answer.stream()
                    .filter(each -> each.getSubjectX500Principal().equals(last.getIssuerX500Principal()))
                    .findFirst()
                    .orElseThrow(() -> new IdentityException("the authority's answer lacks an issuer")));
        }
        try {
            PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(trust.anchor(), null)));
            parameters.setRevocationEnabled(false);
            parameters.setDate(Date.from(trust.clock().instant()));
            CertPathValidator.getInstance("PKIX")
                    .validate(CertificateFactory.getInstance("X.509").generateCertPath(chain), parameters);
        } catch (GeneralSecurityException e) {
            throw new IdentityException("the certificate that was issued does not lead to " + trust, e);
        }
        return chain;
    }

    private boolean isIssuedByAnchor(List<X509Certificate> chain) {
        return chain.get(chain.size() - 1)
                .getIssuerX500Principal()
                .equals(trust.anchor().getSubjectX500Principal());
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request) {
        CompletableFuture<HttpResponse<byte[]>> answer =
                http.sendAsync(request.timeout(atMost).build(), info -> new BoundedBody(CertsOnly.MAX_OCTETS));
        try {
            return answer.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new LinkException("the authority at " + base + " cannot be reached", e);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new LinkException("the authority at " + base + " has not answered within " + atMost, e);
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new LinkException("interrupted while waiting for the authority at " + base, e);
        }
    }

    private static List<X509Certificate> certificates(byte[] body) {
        try {
            return CertsOnly.decode(body);
        } catch (DecodeException e) {
            throw new IdentityException("the authority's answer cannot be read: " + e.getMessage(), e);
        }
    }

    private static Duration retryAfter(HttpResponse<?> response) {
        Duration asked = response.headers()
                .firstValue("Retry-After")
                .map(EstClient::seconds)
                .orElse(DEFAULT_RETRY);
        return asked.compareTo(LONGEST_RETRY) > 0 ? LONGEST_RETRY : asked;
    }

    /** A number of seconds; a date, which EST servers may send too, becomes the default. */
    private static Duration seconds(String value) {
        try {
            long seconds = Long.parseUnsignedLong(value.strip());
            return Duration.ofSeconds(Math.min(Math.max(seconds, 1), LONGEST_RETRY.toSeconds()));
        } catch (NumberFormatException e) {
            return DEFAULT_RETRY;
        }
    }

    private static byte[] publicKey(byte[] request) {
        try {
            return new PKCS10CertificationRequest(request)
                    .getSubjectPublicKeyInfo()
                    .getEncoded();
        } catch (IOException e) {
            throw new IllegalArgumentException("expected a request as CsrBuilder makes it", e);
        }
    }

    private static CharBuffer join(String id, char[] password) {
        CharBuffer joined = CharBuffer.allocate(id.length() + 1 + password.length);
        return joined.put(id).put(':').put(password).flip();
    }

    private static SSLContext serverOnly(Trust trust) {
        try {
            SSLContext context = SSLContext.getInstance("TLSv1.3");
            TrustManager[] managers = trust.trustManagers().getTrustManagers();
            context.init(null, managers, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IdentityException("this JDK has no TLS 1.3", e);
        }
    }

    /** Takes a body up to a length, and ends the exchange beyond. */
    private static final class BoundedBody implements HttpResponse.BodySubscriber<byte[]> {
        private final HttpResponse.BodySubscriber<byte[]> all = HttpResponse.BodySubscribers.ofByteArray();
        private final CompletableFuture<byte[]> body = new CompletableFuture<>();
        private final int max;
        private long count;
        private Flow.@Nullable Subscription subscription;

        BoundedBody(int max) {
            this.max = max;
            all.getBody().whenComplete((octets, fault) -> {
                if (fault == null) {
                    body.complete(octets);
                } else {
                    body.completeExceptionally(fault);
                }
            });
        }

        @Override
        public CompletionStage<byte[]> getBody() {
            return body;
        }

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
            all.onSubscribe(given);
        }

        @Override
        public void onNext(List<ByteBuffer> buffers) {
            for (ByteBuffer buffer : buffers) {
                count += buffer.remaining();
            }
            if (count > max) {
                if (subscription != null) {
                    subscription.cancel();
                }
                body.completeExceptionally(new IOException("the answer has more than " + max + " octets"));
            } else {
                all.onNext(buffers);
            }
        }

        @Override
        public void onError(Throwable fault) {
            all.onError(fault);
        }

        @Override
        public void onComplete() {
            all.onComplete();
        }
    }
}
