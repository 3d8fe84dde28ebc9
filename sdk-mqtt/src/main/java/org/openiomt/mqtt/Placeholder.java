package org.openiomt.mqtt;

public final class Placeholder {
    private Placeholder() {}
}
