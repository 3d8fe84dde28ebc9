package org.openiomt.ble.profile.location;

import java.util.Set;
import org.openiomt.ble.profile.Bit;
import org.openiomt.ble.profile.Bits;
import org.openiomt.ble.profile.DeviceText;
import org.openiomt.ble.profile.IntegerForm;
import org.openiomt.ble.profile.controlpoint.ControlPoint;
import org.openiomt.ble.profile.controlpoint.ControlPoint.Operation;
import org.openiomt.ble.profile.controlpoint.ControlPointMessage;
import org.openiomt.ble.profile.controlpoint.ControlPointMessage.Request;
import org.openiomt.ble.profile.controlpoint.ControlPointResult;
import org.openiomt.ble.profile.controlpoint.Parameter;
import org.openiomt.core.wire.Codec;

/**
 * LN Control Point, characteristic {@code 0x2A6B} of the Location and Navigation Service.
 *
 * <pre>
 * op code  meaning                  parameters of the request                    parameters of a successful answer
 * 0x01     set the distance         cumulativeDistanceDecimetre uint24: 0.1 m    none
 * 0x02     leave out fields         contentMask uint16                           none
 * 0x03     steer the navigation     navigationControl uint8                      none
 * 0x04     count the routes         none                                         numberOfRoutes uint16
 * 0x05     ask for a name           route uint16                                 routeName UTF-8, to the end
 * 0x06     choose a route           route uint16                                 none
 * 0x07     set how often to measure fixRateSecond uint8: s                       none
 * 0x08     set the elevation        elevationCentimetre int24: 0.01 m            none
 * 0x20     response                 requestOpCode, responseCode 1 done, 2 op code not supported, 3 parameter not valid,
 *                                   4 operation failed; others kept
 * </pre>
 *
 * @see <a href="https://www.bluetooth.com/specifications/specs/location-and-navigation-service-1-0/">LNS 1.0, 3.4</a>
 */
public final class LocationControlPoint {
    /** The distance in 0.1 m. */
    public static final Parameter<Long> CUMULATIVE_DISTANCE =
            Parameter.number("cumulativeDistanceDecimetre", IntegerForm.UINT24);

    /** The fields to leave out, see {@link Content}. */
    public static final Parameter<Long> CONTENT_MASK = Parameter.number("contentMask", IntegerForm.UINT16);

    /** What to do, see {@link Steering}. */
    public static final Parameter<Long> NAVIGATION_CONTROL = Parameter.number("navigationControl", IntegerForm.UINT8);

    /** How many routes there are. */
    public static final Parameter<Long> NUMBER_OF_ROUTES = Parameter.number("numberOfRoutes", IntegerForm.UINT16);

    /** The number of a route. */
    public static final Parameter<Long> ROUTE = Parameter.number("route", IntegerForm.UINT16);

    /** The name of a route. */
    public static final Parameter<DeviceText> ROUTE_NAME = Parameter.text("routeName");

    /** The time from one measurement to the next in s. */
    public static final Parameter<Long> FIX_RATE = Parameter.number("fixRateSecond", IntegerForm.UINT8);

    /** The elevation in 0.01 m. */
    public static final Parameter<Long> ELEVATION = Parameter.number("elevationCentimetre", IntegerForm.SINT24);

    /** Sets the distance. */
    public static final Operation SET_CUMULATIVE_DISTANCE = Operation.of(0x01, CUMULATIVE_DISTANCE);

    /** Leaves fields out of {@link LocationAndSpeed}. */
    public static final Operation MASK_CONTENT = Operation.of(0x02, CONTENT_MASK);

    /** Steers the navigation. */
    public static final Operation STEER = Operation.of(0x03, NAVIGATION_CONTROL);

    /** Asks how many routes there are. */
    public static final Operation REQUEST_NUMBER_OF_ROUTES = Operation.of(0x04).answeredBy(NUMBER_OF_ROUTES);

    /** Asks for the name of a route. */
    public static final Operation REQUEST_ROUTE_NAME = Operation.of(0x05, ROUTE).answeredBy(ROUTE_NAME);

    /** Chooses a route. */
    public static final Operation SELECT_ROUTE = Operation.of(0x06, ROUTE);

    /** Sets how often to measure. */
    public static final Operation SET_FIX_RATE = Operation.of(0x07, FIX_RATE);

    /** Sets the elevation. */
    public static final Operation SET_ELEVATION = Operation.of(0x08, ELEVATION);

    /** The table. */
    public static final ControlPoint POINT = ControlPoint.of(
            0x20,
            ControlPointResult.OPERATION_FAILED,
            SET_CUMULATIVE_DISTANCE,
            MASK_CONTENT,
            STEER,
            REQUEST_NUMBER_OF_ROUTES,
            REQUEST_ROUTE_NAME,
            SELECT_ROUTE,
            SET_FIX_RATE,
            SET_ELEVATION);

    /** Reads and writes it. */
    public static final Codec<ControlPointMessage> CODEC = POINT.codec();

    /** What can be left out of {@link LocationAndSpeed}. */
    public enum Content implements Bit {
        /** Speed. */
        SPEED(0),
        /** Distance. */
        TOTAL_DISTANCE(1),
        /** Latitude and longitude. */
        LOCATION(2),
        /** Elevation. */
        ELEVATION(3),
        /** Heading. */
        HEADING(4),
        /** The time that rolls over. */
        ROLLING_TIME(5),
        /** The time in UTC. */
        UTC_TIME(6);

        private final int bit;

        Content(int bit) {
            this.bit = bit;
        }

        @Override
        public long mask() {
            return 1L << bit;
        }
    }

    /** How to steer the navigation. */
    public enum Steering {
        /** Ends it. */
        STOP(0),
        /** Begins it. */
        START(1),
        /** Lets it rest. */
        PAUSE(2),
        /** Goes on after a rest. */
        RESUME(3),
        /** Goes to the waypoint after the next. */
        SKIP_WAYPOINT(4),
        /** Begins at the waypoint that is nearest. */
        START_FROM_NEAREST(5);

        private final int code;

        Steering(int code) {
            this.code = code;
        }

        /** Returns the code on the wire, 0 to 5. */
        public int code() {
            return code;
        }
    }

    private LocationControlPoint() {}

    /** Sets the distance in 0.1 m, 0 to 16,777,215. */
    public static Request setCumulativeDistance(long decimetres) {
        return POINT.request(SET_CUMULATIVE_DISTANCE, decimetres);
    }

    /** Leaves these fields out of {@link LocationAndSpeed}, and no others. */
    public static Request leaveOut(Set<Content> content) {
        return POINT.request(MASK_CONTENT, Bits.mask(content));
    }

    /** Steers the navigation. */
    public static Request steer(Steering steering) {
        return POINT.request(STEER, (long) steering.code);
    }

    /** Asks how many routes there are. */
    public static Request requestNumberOfRoutes() {
        return POINT.request(REQUEST_NUMBER_OF_ROUTES);
    }

    /** Asks for the name of a route, 0 to 65,535. */
    public static Request requestRouteName(long route) {
        return POINT.request(REQUEST_ROUTE_NAME, route);
    }

    /** Chooses a route, 0 to 65,535. */
    public static Request selectRoute(long route) {
        return POINT.request(SELECT_ROUTE, route);
    }

    /** Sets the time from one measurement to the next in s, 0 to 255. */
    public static Request setFixRate(long seconds) {
        return POINT.request(SET_FIX_RATE, seconds);
    }

    /** Sets the elevation in 0.01 m, -8,388,608 to 8,388,607. */
    public static Request setElevation(long centimetres) {
        return POINT.request(SET_ELEVATION, centimetres);
    }
}
