package org.openiomt.ble.virtual.sport;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.openiomt.ble.gatt.Gatt;
import org.openiomt.ble.profile.Bits;
import org.openiomt.ble.profile.DeviceText;
import org.openiomt.ble.profile.Features;
import org.openiomt.ble.profile.controlpoint.Parameters;
import org.openiomt.ble.profile.location.HeadingSource;
import org.openiomt.ble.profile.location.LocationAndSpeed;
import org.openiomt.ble.profile.location.LocationAndSpeed.Dimensions;
import org.openiomt.ble.profile.location.LocationAndSpeed.ElevationSource;
import org.openiomt.ble.profile.location.LocationAndSpeed.Place;
import org.openiomt.ble.profile.location.LocationControlPoint;
import org.openiomt.ble.profile.location.LocationControlPoint.Content;
import org.openiomt.ble.profile.location.LocationControlPoint.Steering;
import org.openiomt.ble.profile.location.LocationFeature;
import org.openiomt.ble.profile.location.Navigation;
import org.openiomt.ble.profile.location.PositionQuality;
import org.openiomt.ble.profile.location.PositionStatus;
import org.openiomt.ble.virtual.OperationServer;
import org.openiomt.ble.virtual.OperationServer.Reply;
import org.openiomt.ble.virtual.Property;
import org.openiomt.ble.virtual.VirtualAir;
import org.openiomt.ble.virtual.VirtualDevice;
import org.openiomt.ble.virtual.sport.FlaggedGroups.Group;
import org.openiomt.core.model.DeviceDateTime;
import org.openiomt.core.spi.Channel;
import org.openiomt.core.wire.Remainder;

/**
 * A positioning sensor with navigation. It tells where it is to who listens; a value that is longer than a packet comes as
 * several. It tells where to go only while navigation runs, which a client starts through its control point. It does not measure by
 * itself: {@link #fixRateSeconds} says how often a client wants it to.
 */
public final class VirtualLocationPod extends VirtualDevice {
    /** Location and Speed. */
    public static final Channel LOCATION_AND_SPEED = Gatt.channel("1819", "2a67");

    /** Navigation. */
    public static final Channel NAVIGATION = Gatt.channel("1819", "2a68");

    /** Position Quality. */
    public static final Channel POSITION_QUALITY = Gatt.channel("1819", "2a69");

    /** LN Feature. */
    public static final Channel FEATURE = Gatt.channel("1819", "2a6a");

    /** LN Control Point. */
    public static final Channel CONTROL_POINT = Gatt.channel("1819", "2a6b");

    private static final int DISTANCE_RANGE = 1 << 24;

    /** The flags of the groups are the bits of what a client can have left out. */
    private static final FlaggedGroups LAYOUT = new FlaggedGroups(
            Short.BYTES,
            List.of(
                    new Group((int) Content.SPEED.mask(), 2),
                    new Group((int) Content.TOTAL_DISTANCE.mask(), 3),
                    new Group((int) Content.LOCATION.mask(), 8),
                    new Group((int) Content.ELEVATION.mask(), 3),
                    new Group((int) Content.HEADING.mask(), 2),
                    new Group((int) Content.ROLLING_TIME.mask(), 1),
                    new Group((int) Content.UTC_TIME.mask(), 7)));

    private final List<String> routes;

    // Guarded by this.
    private Guidance guidance = Guidance.STOPPED;
    private int route = 0;
    private int skipped;
    private int leftOut;
    private int distance;
    private int elevation;
    private int fixRate = 1;

    /** What navigation does. */
    public enum Guidance {
        /** It is off. */
        STOPPED,
        /** It tells where to go. */
        RUNNING,
        /** It rests. */
        PAUSED
    }

    /**
     * Puts a sensor into the air, where it advertises.
     *
     * @param routes the names of the routes that it knows, by their number; the first is chosen
     */
    public VirtualLocationPod(VirtualAir air, String address, String... routes) {
        super(air, address, "Virtual location pod", "1819");
        this.routes = List.of(routes);
        Features features = Features.of(LocationFeature.class, Integer.SIZE, EnumSet.allOf(LocationFeature.class));
        peripheral()
                .add(LOCATION_AND_SPEED, Property.NOTIFY)
                .add(NAVIGATION, Property.NOTIFY)
                .add(POSITION_QUALITY, Property.READ)
                .addReadable(FEATURE, LocationFeature.CODEC.encode(features))
                .add(CONTROL_POINT, Property.WRITE, Property.INDICATE);
        quality(new PositionQuality(
                OptionalInt.of(0),
                OptionalInt.of(0),
                OptionalInt.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                PositionStatus.NO_POSITION,
                Remainder.NONE));
        new OperationServer(peripheral(), CONTROL_POINT, LocationControlPoint.POINT)
                .on(LocationControlPoint.SET_CUMULATIVE_DISTANCE, this::setDistance)
                .on(LocationControlPoint.MASK_CONTENT, this::leaveOut)
                .on(LocationControlPoint.STEER, this::steer)
                .on(LocationControlPoint.REQUEST_NUMBER_OF_ROUTES, asked -> Reply.done((long) this.routes.size()))
                .on(LocationControlPoint.REQUEST_ROUTE_NAME, this::nameRoute)
                .on(LocationControlPoint.SELECT_ROUTE, this::selectRoute)
                .on(LocationControlPoint.SET_FIX_RATE, this::setFixRate)
                .on(LocationControlPoint.SET_ELEVATION, this::setElevation);
        peripheral().appear();
    }

    /**
     * Has moved, and measures: place, speed, heading, distance, elevation, and the time of the device's clock in UTC.
     *
     * @param decimetres the way to there, from 0; adds to the distance, which rolls over after 2<sup>24</sup> dm
     * @param centimetresPerSecond the speed in 0.01 m/s, 0 to 65,535
     * @param headingHundredthsDegree where it moves in 0.01 degrees, 0 to 35,999
     */
    public void moveTo(Place place, int decimetres, int centimetresPerSecond, int headingHundredthsDegree) {
        LocationAndSpeed value;
        synchronized (this) {
            distance = (distance + decimetres) % DISTANCE_RANGE;
            value = new LocationAndSpeed(
                    OptionalInt.of(centimetresPerSecond),
                    OptionalInt.of(distance),
                    Optional.of(place),
                    OptionalInt.of(elevation),
                    OptionalInt.of(headingHundredthsDegree),
                    OptionalInt.empty(),
                    Optional.of(DeviceDateTime.from(
                            LocalDateTime.ofInstant(scheduler().clock().instant(), ZoneOffset.UTC))),
                    PositionStatus.POSITION_OK,
                    Dimensions.TWO,
                    ElevationSource.POSITIONING_SYSTEM,
                    HeadingSource.MOVEMENT,
                    Remainder.NONE);
        }
        measure(value);
    }

    /** Measures everything that a sensor can say, less what the client has had left out. */
    public void measure(LocationAndSpeed value) {
        int without;
        synchronized (this) {
            without = leftOut;
        }
        byte[] octets = LAYOUT.without(LocationAndSpeed.CODEC.encode(value), without);
        LAYOUT.split(octets, peripheral().maxValueLength()).forEach(part -> replay(LOCATION_AND_SPEED, part));
    }

    /** Tells where to go, while navigation runs. */
    public void guide(Navigation value) {
        if (guidance() == Guidance.RUNNING) {
            replay(NAVIGATION, Navigation.CODEC.encode(value));
        }
    }

    /**
     * Sends raw octets, sound or not.
     *
     * @param channel {@link #LOCATION_AND_SPEED} or {@link #NAVIGATION}
     */
    public void replay(Channel channel, byte[] octets) {
        peripheral().notify(channel, octets);
    }

    /** Says how good the position is; a read gives it. */
    public void quality(PositionQuality value) {
        peripheral().value(POSITION_QUALITY, PositionQuality.CODEC.encode(value));
    }

    /** Returns what navigation does. */
    public synchronized Guidance guidance() {
        return guidance;
    }

    /** Returns the number of the route that is chosen, from 0. */
    public synchronized int route() {
        return route;
    }

    /** Returns how many waypoints the client has had skipped since navigation was started. */
    public synchronized int skippedWaypoints() {
        return skipped;
    }

    /** Returns the seconds from one measurement to the next that the client wants, 0 to 255; 1 at first. */
    public synchronized int fixRateSeconds() {
        return fixRate;
    }

    private synchronized Reply setDistance(Parameters asked) {
        distance = asked.get(LocationControlPoint.CUMULATIVE_DISTANCE)
                .orElseThrow()
                .intValue();
        return Reply.done();
    }

    private synchronized Reply leaveOut(Parameters asked) {
        long mask = asked.get(LocationControlPoint.CONTENT_MASK).orElseThrow();
        if ((mask & ~Bits.known(Content.class)) != 0) {
            return Reply.INVALID_PARAMETER;
        }
        leftOut = (int) mask;
        return Reply.done();
    }

    private synchronized Reply steer(Parameters asked) {
        long code = asked.get(LocationControlPoint.NAVIGATION_CONTROL).orElseThrow();
        return Arrays.stream(Steering.values())
                .filter(steering -> steering.code() == code)
                .findFirst()
                .map(this::steer)
                .orElse(Reply.INVALID_PARAMETER);
    }

    private synchronized Reply steer(Steering steering) {
        boolean isPossible = switch (steering) {
            case STOP -> true;
            case START, START_FROM_NEAREST -> !routes.isEmpty();
            case PAUSE, SKIP_WAYPOINT -> guidance == Guidance.RUNNING;
            case RESUME -> guidance == Guidance.PAUSED;
        };
        if (!isPossible) {
            return Reply.FAILED;
        }
        switch (steering) {
            case STOP -> guidance = Guidance.STOPPED;
            case PAUSE -> guidance = Guidance.PAUSED;
            case RESUME -> guidance = Guidance.RUNNING;
            case SKIP_WAYPOINT -> skipped++;
            case START, START_FROM_NEAREST -> {
                guidance = Guidance.RUNNING;
                skipped = 0;
            }
        }
        return Reply.done();
    }

    private Reply nameRoute(Parameters asked) {
        long number = asked.get(LocationControlPoint.ROUTE).orElseThrow();
        return number < routes.size() ? Reply.done(DeviceText.of(routes.get((int) number))) : Reply.INVALID_PARAMETER;
    }

    private synchronized Reply selectRoute(Parameters asked) {
        long number = asked.get(LocationControlPoint.ROUTE).orElseThrow();
        if (number >= routes.size()) {
            return Reply.INVALID_PARAMETER;
        }
        route = (int) number;
        return Reply.done();
    }

    private synchronized Reply setFixRate(Parameters asked) {
        fixRate = asked.get(LocationControlPoint.FIX_RATE).orElseThrow().intValue();
        return Reply.done();
    }

    private synchronized Reply setElevation(Parameters asked) {
        elevation = asked.get(LocationControlPoint.ELEVATION).orElseThrow().intValue();
        return Reply.done();
    }
}
