package org.openiomt.ble.profile.bloodpressure;

/** The unit of the pressures of one value. */
public enum PressureUnit {
    /** Millimetres of mercury. */
    MMHG("mmHg"),
    /** Kilopascals. */
    KPA("kPa");

    private final String symbol;

    PressureUnit(String symbol) {
        this.symbol = symbol;
    }

    /** Returns {@code mmHg} or {@code kPa}. */
    @Override
    public String toString() {
        return symbol;
    }
}
