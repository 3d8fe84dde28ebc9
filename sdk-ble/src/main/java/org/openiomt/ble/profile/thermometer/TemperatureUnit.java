package org.openiomt.ble.profile.thermometer;

/** The unit of a temperature. */
public enum TemperatureUnit {
    /** Degrees Celsius. */
    CELSIUS("Cel"),
    /** Degrees Fahrenheit. */
    FAHRENHEIT("[degF]");

    private final String ucum;

    TemperatureUnit(String ucum) {
        this.ucum = ucum;
    }

    /** Returns the UCUM code, {@code Cel} or {@code [degF]}. */
    @Override
    public String toString() {
        return ucum;
    }
}
