package org.openiomt.ble.profile.insulin;

/** Who set a basal rate. */
public enum DeliveryContext implements InsulinCode {
    /** The pump does not know. */
    UNDETERMINED(0x0F),
    /** The pump, or somebody at the pump. */
    DEVICE_BASED(0x33),
    /** Somebody with a remote control. */
    REMOTE_CONTROL(0x3C),
    /** A controller of an artificial pancreas. */
    ARTIFICIAL_PANCREAS_CONTROLLER(0x55);

    private final int code;

    DeliveryContext(int code) {
        this.code = code;
    }

    @Override
    public int code() {
        return code;
    }
}
