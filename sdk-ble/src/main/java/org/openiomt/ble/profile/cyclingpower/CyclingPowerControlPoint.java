package org.openiomt.ble.profile.cyclingpower;

import java.util.Set;
import org.openiomt.ble.profile.Bit;
import org.openiomt.ble.profile.Bits;
import org.openiomt.ble.profile.IntegerForm;
import org.openiomt.ble.profile.controlpoint.CompanyData;
import org.openiomt.ble.profile.controlpoint.ControlPoint;
import org.openiomt.ble.profile.controlpoint.ControlPoint.Operation;
import org.openiomt.ble.profile.controlpoint.ControlPointMessage;
import org.openiomt.ble.profile.controlpoint.ControlPointMessage.Request;
import org.openiomt.ble.profile.controlpoint.ControlPointResult;
import org.openiomt.ble.profile.controlpoint.Parameter;
import org.openiomt.ble.profile.speedcadence.SensorLocation;
import org.openiomt.core.model.DeviceDateTime;
import org.openiomt.core.wire.Codec;

/**
 * Cycling Power Control Point, characteristic {@code 0x2A66} of the Cycling Power Service.
 *
 * <pre>
 * op code  meaning                      parameters of the request          parameters of a successful answer
 * 0x01     set the turns of the wheel   cumulativeValue uint32             none
 * 0x02     set the location             sensorLocation uint8               none
 * 0x03     list the locations           none                               sensorLocations uint8 each, to the end
 * 0x04     set the length of the crank  crankLengthHalfMillimetre uint16   none
 * 0x05     ask for it                   none                               crankLengthHalfMillimetre uint16
 * 0x06     set the length of the chain  chainLengthMillimetre uint16       none
 * 0x07     ask for it                   none                               chainLengthMillimetre uint16
 * 0x08     set the weight of the chain  chainWeightGram uint16             none
 * 0x09     ask for it                   none                               chainWeightGram uint16
 * 0x0A     set the length of the span   spanLengthMillimetre uint16        none
 * 0x0B     ask for it                   none                               spanLengthMillimetre uint16
 * 0x0C     compensate the offset        none                               offset int16, see {@link #OFFSET}
 * 0x0D     leave out fields             contentMask uint16                 none
 * 0x0E     ask for the sampling rate    none                               samplingRateHertz uint8
 * 0x0F     ask for the calibration      none                               factoryCalibrationDate date-time, 7
 * 0x10     compensate the offset and    none                               offset int16, companyData, which may be left out
 *          tell more
 * 0x20     response                     requestOpCode, responseCode 1 done, 2 op code not supported, 3 parameter not valid,
 *                                       4 operation failed; others kept. Where 0x10 failed: calibrationError uint8 (1 the
 *                                       crank stands wrong, 255 companyData tells), companyData; both may be left out
 * </pre>
 *
 * @see <a href="https://www.bluetooth.com/specifications/specs/cycling-power-service-1-1/">CPS 1.1, 3.5</a>
 */
public final class CyclingPowerControlPoint {
    /** The turns of the wheel. */
    public static final Parameter<Long> CUMULATIVE_VALUE = Parameter.number("cumulativeValue", IntegerForm.UINT32);

    /** A place, see {@link SensorLocation.Place}. */
    public static final Parameter<Long> SENSOR_LOCATION = Parameter.number("sensorLocation", IntegerForm.UINT8);

    /** The places that a sensor supports, see {@link SensorLocation.Place}. */
    public static final Parameter<Parameter.Codes> SENSOR_LOCATIONS = Parameter.codes("sensorLocations");

    /** The length of the crank in 0.5 mm. */
    public static final Parameter<Long> CRANK_LENGTH =
            Parameter.number("crankLengthHalfMillimetre", IntegerForm.UINT16);

    /** The length of the chain in mm. */
    public static final Parameter<Long> CHAIN_LENGTH = Parameter.number("chainLengthMillimetre", IntegerForm.UINT16);

    /** The weight of the chain in g. */
    public static final Parameter<Long> CHAIN_WEIGHT = Parameter.number("chainWeightGram", IntegerForm.UINT16);

    /** The length of the span in mm. */
    public static final Parameter<Long> SPAN_LENGTH = Parameter.number("spanLengthMillimetre", IntegerForm.UINT16);

    /**
     * The offset without a unit: {@link CyclingPowerFeature#context} of the same sensor decides it, see
     * {@link CyclingPowerFeature.Context#offset}.
     */
    public static final Parameter<Long> OFFSET = Parameter.number("offset", IntegerForm.SINT16);

    /** The fields to leave out, see {@link Content}. */
    public static final Parameter<Long> CONTENT_MASK = Parameter.number("contentMask", IntegerForm.UINT16);

    /** The sampling rate in Hz. */
    public static final Parameter<Long> SAMPLING_RATE = Parameter.number("samplingRateHertz", IntegerForm.UINT8);

    /** When the sensor was calibrated in the factory. */
    public static final Parameter<DeviceDateTime> FACTORY_CALIBRATION_DATE =
            Parameter.dateTime("factoryCalibrationDate");

    /** Why a compensation failed: 1 the crank stands wrong, 255 the company tells. */
    public static final Parameter<Long> CALIBRATION_ERROR =
            Parameter.number("calibrationError", IntegerForm.UINT8).ifMore();

    /** What the company tells about a compensation. */
    public static final Parameter<CompanyData> COMPANY_DATA =
            Parameter.companyData("companyData").ifMore();

    /** Sets the turns of the wheel. */
    public static final Operation SET_CUMULATIVE_VALUE = Operation.of(0x01, CUMULATIVE_VALUE);

    /** Says where the sensor is. */
    public static final Operation UPDATE_SENSOR_LOCATION = Operation.of(0x02, SENSOR_LOCATION);

    /** Asks where the sensor can be. */
    public static final Operation REQUEST_SENSOR_LOCATIONS = Operation.of(0x03).answeredBy(SENSOR_LOCATIONS);

    /** Sets the length of the crank. */
    public static final Operation SET_CRANK_LENGTH = Operation.of(0x04, CRANK_LENGTH);

    /** Asks for the length of the crank. */
    public static final Operation REQUEST_CRANK_LENGTH = Operation.of(0x05).answeredBy(CRANK_LENGTH);

    /** Sets the length of the chain. */
    public static final Operation SET_CHAIN_LENGTH = Operation.of(0x06, CHAIN_LENGTH);

    /** Asks for the length of the chain. */
    public static final Operation REQUEST_CHAIN_LENGTH = Operation.of(0x07).answeredBy(CHAIN_LENGTH);

    /** Sets the weight of the chain. */
    public static final Operation SET_CHAIN_WEIGHT = Operation.of(0x08, CHAIN_WEIGHT);

    /** Asks for the weight of the chain. */
    public static final Operation REQUEST_CHAIN_WEIGHT = Operation.of(0x09).answeredBy(CHAIN_WEIGHT);

    /** Sets the length of the span. */
    public static final Operation SET_SPAN_LENGTH = Operation.of(0x0A, SPAN_LENGTH);

    /** Asks for the length of the span. */
    public static final Operation REQUEST_SPAN_LENGTH = Operation.of(0x0B).answeredBy(SPAN_LENGTH);

    /** Compensates the offset. */
    public static final Operation START_OFFSET_COMPENSATION = Operation.of(0x0C).answeredBy(OFFSET);

    /** Leaves fields out of the measurement. */
    public static final Operation MASK_CONTENT = Operation.of(0x0D, CONTENT_MASK);

    /** Asks for the sampling rate. */
    public static final Operation REQUEST_SAMPLING_RATE = Operation.of(0x0E).answeredBy(SAMPLING_RATE);

    /** Asks when the sensor was calibrated in the factory. */
    public static final Operation REQUEST_FACTORY_CALIBRATION_DATE =
            Operation.of(0x0F).answeredBy(FACTORY_CALIBRATION_DATE);

    /** Compensates the offset and tells more about it. */
    public static final Operation START_ENHANCED_OFFSET_COMPENSATION =
            Operation.of(0x10).answeredBy(OFFSET, COMPANY_DATA).failingWith(CALIBRATION_ERROR, COMPANY_DATA);

    /** The table. */
    public static final ControlPoint POINT = ControlPoint.of(
            0x20,
            ControlPointResult.OPERATION_FAILED,
            SET_CUMULATIVE_VALUE,
            UPDATE_SENSOR_LOCATION,
            REQUEST_SENSOR_LOCATIONS,
            SET_CRANK_LENGTH,
            REQUEST_CRANK_LENGTH,
            SET_CHAIN_LENGTH,
            REQUEST_CHAIN_LENGTH,
            SET_CHAIN_WEIGHT,
            REQUEST_CHAIN_WEIGHT,
            SET_SPAN_LENGTH,
            REQUEST_SPAN_LENGTH,
            START_OFFSET_COMPENSATION,
            MASK_CONTENT,
            REQUEST_SAMPLING_RATE,
            REQUEST_FACTORY_CALIBRATION_DATE,
            START_ENHANCED_OFFSET_COMPENSATION);

    /** Reads and writes it. */
    public static final Codec<ControlPointMessage> CODEC = POINT.codec();

    /** What can be left out of a {@link CyclingPowerMeasurement}. */
    public enum Content implements Bit {
        /** The balance of the pedals. */
        PEDAL_POWER_BALANCE(0),
        /** The sum of torques. */
        ACCUMULATED_TORQUE(1),
        /** Turns of the wheel. */
        WHEEL_REVOLUTIONS(2),
        /** Turns of the crank. */
        CRANK_REVOLUTIONS(3),
        /** The extremes of force or torque. */
        EXTREME_MAGNITUDES(4),
        /** The angles of these extremes. */
        EXTREME_ANGLES(5),
        /** The angle of the top dead spot. */
        TOP_DEAD_SPOT_ANGLE(6),
        /** The angle of the bottom dead spot. */
        BOTTOM_DEAD_SPOT_ANGLE(7),
        /** The energy so far. */
        ACCUMULATED_ENERGY(8);

        private final int bit;

        Content(int bit) {
            this.bit = bit;
        }

        @Override
        public long mask() {
            return 1L << bit;
        }
    }

    private CyclingPowerControlPoint() {}

    /** Sets the turns of the wheel, 0 to 4,294,967,295. */
    public static Request setCumulativeValue(long turns) {
        return POINT.request(SET_CUMULATIVE_VALUE, turns);
    }

    /** Says where the sensor is. */
    public static Request updateSensorLocation(SensorLocation.Place place) {
        return POINT.request(UPDATE_SENSOR_LOCATION, (long) place.code());
    }

    /** Sets the length of the crank in 0.5 mm, 0 to 65,535. */
    public static Request setCrankLength(long halfMillimetres) {
        return POINT.request(SET_CRANK_LENGTH, halfMillimetres);
    }

    /** Sets the length of the chain in mm, 0 to 65,535. */
    public static Request setChainLength(long millimetres) {
        return POINT.request(SET_CHAIN_LENGTH, millimetres);
    }

    /** Sets the weight of the chain in g, 0 to 65,535. */
    public static Request setChainWeight(long grams) {
        return POINT.request(SET_CHAIN_WEIGHT, grams);
    }

    /** Sets the length of the span in mm, 0 to 65,535. */
    public static Request setSpanLength(long millimetres) {
        return POINT.request(SET_SPAN_LENGTH, millimetres);
    }

    /** Leaves these fields out of the measurement, and no others. */
    public static Request leaveOut(Set<Content> content) {
        return POINT.request(MASK_CONTENT, Bits.mask(content));
    }

    /** Asks for something, or starts something, that needs no parameter. */
    public static Request ask(Operation operation) {
        return POINT.request(operation);
    }
}
