/** Identities, certificates and guarded frames. */
module org.openiomt.security {
    requires java.net.http;
    requires jdk.httpserver;
    requires io.netty.buffer;
    requires io.netty.codec;
    requires io.netty.common;
    requires io.netty.handler; // through it the tests find the module of Conscrypt
    requires io.netty.transport;
    requires transitive org.openiomt.core;
    requires transitive org.bouncycastle.pkix;
    requires transitive org.bouncycastle.provider;
    requires org.bouncycastle.util;
    requires org.slf4j;
    requires tools.jackson.core;

    exports org.openiomt.security;
    exports org.openiomt.security.audit;
    exports org.openiomt.security.carrier;
    exports org.openiomt.security.handshake;
    exports org.openiomt.security.identity;
    exports org.openiomt.security.identity.enrolment;
    exports org.openiomt.security.identity.pairing;
    exports org.openiomt.security.identity.peer;
    exports org.openiomt.security.net;
    exports org.openiomt.security.net.link;
    exports org.openiomt.security.primitive;
    exports org.openiomt.security.privacy;
    exports org.openiomt.security.sealed;
    exports org.openiomt.security.session;
}
