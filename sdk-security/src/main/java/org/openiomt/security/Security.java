package org.openiomt.security;

import java.nio.file.Path;
import java.time.Clock;
import org.openiomt.security.identity.DevelopmentAuthority;
import org.openiomt.security.identity.IdentityFiles;
import org.openiomt.security.identity.TlsIdentity;

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
}
