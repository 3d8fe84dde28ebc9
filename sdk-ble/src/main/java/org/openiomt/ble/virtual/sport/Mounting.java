package org.openiomt.ble.virtual.sport;

import java.util.List;
import java.util.Optional;
import org.openiomt.ble.profile.controlpoint.Parameter;
import org.openiomt.ble.profile.speedcadence.SensorLocation;
import org.openiomt.ble.profile.speedcadence.SensorLocation.Place;
import org.openiomt.ble.virtual.OperationServer.Reply;
import org.openiomt.ble.virtual.Property;
import org.openiomt.ble.virtual.VirtualPeripheral;
import org.openiomt.core.spi.Channel;

/** Where a sensor is and where it can be: Sensor Location, and what control points do with it. */
final class Mounting {
    private final VirtualPeripheral peripheral;
    private final Channel location;
    private final List<Place> places;

    /** Adds the characteristic. The sensor is at the first of the places. */
    Mounting(VirtualPeripheral peripheral, Channel location, List<Place> places) {
        this.peripheral = peripheral;
        this.location = location;
        this.places = List.copyOf(places);
        peripheral.add(location, Property.READ);
        mount(places.get(0));
    }

    /** Mounts the sensor where the code says, when it can be there. */
    Reply mount(long code) {
        Optional<Place> place = Place.of((int) code).filter(places::contains);
        place.ifPresent(this::mount);
        return place.isPresent() ? Reply.done() : Reply.INVALID_PARAMETER;
    }

    /** Lists the places. */
    Reply list() {
        return Reply.done(new Parameter.Codes(places.stream().map(Place::code).toList()));
    }

    private void mount(Place place) {
        peripheral.value(location, SensorLocation.CODEC.encode(SensorLocation.of(place)));
    }
}
