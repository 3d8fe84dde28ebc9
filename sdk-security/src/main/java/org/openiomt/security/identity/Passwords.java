package org.openiomt.security.identity;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;

/** Passwords that no person chooses or types. */
final class Passwords {
    private static final int RANDOM_OCTETS = 32;

    private Passwords() {}

    /** Returns 43 characters of {@code A-Z a-z 0-9 _ -} from 256 random bits. The array is the caller's, to be wiped. */
    static char[] random() {
        byte[] random = new byte[RANDOM_OCTETS];
        new SecureRandom().nextBytes(random);
        byte[] text = Base64.getUrlEncoder().withoutPadding().encode(random);
        char[] password = new char[text.length];
        for (int i = 0; i < text.length; i++) {
            password[i] = (char) text[i];
        }
        Arrays.fill(random, (byte) 0);
        Arrays.fill(text, (byte) 0);
        return password;
    }
}
