package org.openiomt.security;

import java.nio.file.Path;
import java.time.Clock;
import org.openiomt.core.spi.FrameGuard;
import org.openiomt.security.identity.DevelopmentAuthority;
import org.openiomt.security.identity.IdentityFiles;
import org.openiomt.security.identity.TlsIdentity;
import org.openiomt.security.session.DatagramFrames;
import org.openiomt.security.session.Role;
import org.openiomt.security.session.SessionHandshake;
import org.openiomt.security.session.SessionKeys;
import org.openiomt.security.session.SessionSettings;

/** The door of the security room. */
public final class Security {
    private Security() {}

    /** Makes a certificate authority for demonstrations and tests: {@link DevelopmentAuthority#create(Clock)}. */
    public static DevelopmentAuthority developmentAuthority(Clock clock) {
        return DevelopmentAuthority.create(clock);
    }

    /** Reads an identity that was written before: {@link IdentityFiles#read(Clock)}. */
    public static TlsIdentity identity(Path directory, Clock clock) {
        return new IdentityFiles(directory).read(clock);
    }

    /** Guards one end of a link: {@link DatagramFrames#of(SessionKeys, Role)}. */
    public static FrameGuard frameGuard(SessionKeys keys, Role role) {
        return DatagramFrames.of(keys, role);
    }

    /** Begins a session: {@link SessionHandshake#initiator(SessionSettings)}. */
    public static SessionHandshake initiator(SessionSettings settings) {
        return SessionHandshake.initiator(settings);
    }

    /** Waits for a session: {@link SessionHandshake#responder(SessionSettings)}. */
    public static SessionHandshake responder(SessionSettings settings) {
        return SessionHandshake.responder(settings);
    }
}
