package org.openiomt.ble.profile.speedcadence;

import org.openiomt.ble.profile.IntegerForm;
import org.openiomt.ble.profile.controlpoint.ControlPoint;
import org.openiomt.ble.profile.controlpoint.ControlPoint.Operation;
import org.openiomt.ble.profile.controlpoint.ControlPointMessage;
import org.openiomt.ble.profile.controlpoint.ControlPointMessage.Request;
import org.openiomt.ble.profile.controlpoint.ControlPointResult;
import org.openiomt.ble.profile.controlpoint.Parameter;
import org.openiomt.core.wire.Codec;

/**
 * SC Control Point, characteristic {@code 0x2A55} of the Running Speed and Cadence and the Cycling Speed and Cadence Service.
 *
 * <pre>
 * op code  meaning                 parameters of the request          parameters of a successful answer
 * 0x01     set the counted value   cumulativeValue uint32: turns of   none
 *                                  the wheel, or 0.1 m when running
 * 0x02     start calibration       none                               none
 * 0x03     set the location        sensorLocation uint8               none
 * 0x04     list the locations      none                               sensorLocations uint8 each, to the end
 * 0x10     response                requestOpCode, responseCode 1 done, 2 op code not supported, 3 parameter not valid,
 *                                  4 operation failed; others kept
 * </pre>
 *
 * @see <a href="https://www.bluetooth.com/specifications/specs/cycling-speed-and-cadence-service-1-0/">CSCS 1.0, 3.4</a>
 */
public final class SpeedCadenceControlPoint {
    /** What a counter is set to: turns of the wheel when cycling, 0.1 m when running. */
    public static final Parameter<Long> CUMULATIVE_VALUE = Parameter.number("cumulativeValue", IntegerForm.UINT32);

    /** A place, see {@link SensorLocation.Place}. */
    public static final Parameter<Long> SENSOR_LOCATION = Parameter.number("sensorLocation", IntegerForm.UINT8);

    /** The places that a sensor supports, see {@link SensorLocation.Place}. */
    public static final Parameter<Parameter.Codes> SENSOR_LOCATIONS = Parameter.codes("sensorLocations");

    /** Sets the counted value. */
    public static final Operation SET_CUMULATIVE_VALUE = Operation.of(0x01, CUMULATIVE_VALUE);

    /** Starts a calibration. */
    public static final Operation START_CALIBRATION = Operation.of(0x02);

    /** Says where the sensor is. */
    public static final Operation UPDATE_SENSOR_LOCATION = Operation.of(0x03, SENSOR_LOCATION);

    /** Asks where the sensor can be. */
    public static final Operation REQUEST_SENSOR_LOCATIONS = Operation.of(0x04).answeredBy(SENSOR_LOCATIONS);

    /** The table. */
    public static final ControlPoint POINT = ControlPoint.of(
            0x10,
            ControlPointResult.OPERATION_FAILED,
            SET_CUMULATIVE_VALUE,
            START_CALIBRATION,
            UPDATE_SENSOR_LOCATION,
            REQUEST_SENSOR_LOCATIONS);

    /** Reads and writes it. */
    public static final Codec<ControlPointMessage> CODEC = POINT.codec();

    private SpeedCadenceControlPoint() {}

    /** Sets the counted value, 0 to 4,294,967,295: turns of the wheel when cycling, 0.1 m when running. */
    public static Request setCumulativeValue(long value) {
        return POINT.request(SET_CUMULATIVE_VALUE, value);
    }

    /** Starts a calibration. */
    public static Request startCalibration() {
        return POINT.request(START_CALIBRATION);
    }

    /** Says where the sensor is. */
    public static Request updateSensorLocation(SensorLocation.Place place) {
        return POINT.request(UPDATE_SENSOR_LOCATION, (long) place.code());
    }

    /** Asks where the sensor can be. */
    public static Request requestSensorLocations() {
        return POINT.request(REQUEST_SENSOR_LOCATIONS);
    }
}
