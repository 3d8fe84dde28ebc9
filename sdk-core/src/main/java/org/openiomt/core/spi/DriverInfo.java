package org.openiomt.core.spi;

import java.util.List;
import org.openiomt.core.model.Code;

/**
 * What a driver is and gives. Data, so that an application can show it without opening a device.
 *
 * @param id a short name that stays, such as {@code org.openiomt.blood-pressure}
 * @param title for a person
 * @param version the driver's version
 * @param specializations the device classes (MDC partition 8)
 * @param streams what it may deliver
 */
public record DriverInfo(String id, String title, String version, List<Code> specializations, List<Stream> streams) {
    /** Copies the lists. */
    public DriverInfo {
        specializations = List.copyOf(specializations);
        streams = List.copyOf(streams);
    }

    /**
     * One kind of observation that a driver may deliver.
     *
     * @param type the MDC type of the observations
     * @param kind how they come
     */
    public record Stream(Code type, Kind kind) {}

    /** How observations come. */
    public enum Kind {
        /** One by one; never dropped before a wave form. */
        EPISODIC,
        /** As pieces of a wave form. */
        WAVEFORM
    }
}
