package org.openiomt.security;

public final class Placeholder {
    private Placeholder() {}
}
