package org.openiomt.mqtt.topic;

import java.util.Optional;
import org.openiomt.core.model.DeviceId;
import org.openiomt.core.outbox.Lane;

/**
 * The topics of one gateway.
 *
 * <p>All readings of a device go to one topic, and all pieces of its wave forms to one other. A broker keeps the order of
 * messages of one topic only (MQTT 5, 4.6), so a topic for each class of reading would give up the order of a device; and
 * whoever subscribed to some of the topics would see gaps in the numbers, which count all of a device's readings.
 *
 * @param site where the gateway is, pseudonymous; 1 to 64 of {@code A-Z a-z 0-9 _ -}
 * @param gateway the gateway; the same rule
 */
public record Topics(String site, String gateway) {
    /** The last level of the topics that carry readings and wave forms of every class. */
    public static final String ALL = "all";

    /** Checks both names. */
    public Topics {
        Topic.requireLevel("the site", site);
        Topic.requireLevel("the gateway", gateway);
    }

    /** Returns the topics of a gateway. */
    public static Topics of(String site, String gateway) {
        return new Topics(site, gateway);
    }

    /** Returns the topic of a device's readings. */
    public Topic observations(DeviceId device) {
        return of(Optional.of(device), TopicKind.OBSERVATION, Optional.of(ALL));
    }

    /** Returns the topic of a device's wave forms. */
    public Topic waves(DeviceId device) {
        return of(Optional.of(device), TopicKind.WAVE, Optional.of(ALL));
    }

    /** Returns the topic of what a device sends in a lane. */
    public Topic records(DeviceId device, Lane lane) {
        return lane == Lane.CLINICAL ? observations(device) : waves(device);
    }

    /** Returns the topic of what readers must know before they can open what was sealed in an epoch of keys. */
    public Topic keys(long epoch) {
        return of(Optional.empty(), TopicKind.KEYS, Optional.of(Long.toString(epoch)));
    }

    /** Returns the topic of a device's state. */
    public Topic state(DeviceId device) {
        return of(Optional.of(device), TopicKind.STATE, Optional.empty());
    }

    /** Returns the topic of the gateway's own state, where its last will goes. */
    public Topic gatewayState() {
        return of(Optional.empty(), TopicKind.STATE, Optional.empty());
    }

    /** Returns the topic that says what a device is and gives. */
    public Topic meta(DeviceId device) {
        return of(Optional.of(device), TopicKind.META, Optional.empty());
    }

    /** Returns the topic of one kind of command to a device. */
    public Topic command(DeviceId device, String name) {
        return of(Optional.of(device), TopicKind.COMMAND, Optional.of(name));
    }

    /** Returns the topic on which an application says what it has stored of a device. */
    public Topic acknowledgement(DeviceId device) {
        return of(Optional.of(device), TopicKind.ACKNOWLEDGEMENT, Optional.empty());
    }

    private Topic of(Optional<DeviceId> device, TopicKind kind, Optional<String> leaf) {
        return new Topic(site, gateway, device, kind, leaf);
    }
}
