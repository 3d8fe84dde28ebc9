package org.openiomt.ble;

public final class Placeholder {
    private Placeholder() {}
}
