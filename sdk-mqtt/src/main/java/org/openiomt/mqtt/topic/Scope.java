package org.openiomt.mqtt.topic;

import java.util.Optional;

/**
 * Which gateways an application listens to: all, those of one site, or one.
 *
 * @param site the site; empty for all
 * @param gateway the gateway of that site; empty for all
 */
public record Scope(Optional<String> site, Optional<String> gateway) {
    private static final String ANY = "+";

    /** Checks the names; a gateway needs its site. */
    public Scope {
        site.ifPresent(level -> Topic.requireLevel("the site", level));
        gateway.ifPresent(level -> Topic.requireLevel("the gateway", level));
        if (gateway.isPresent() && site.isEmpty()) {
            throw new IllegalArgumentException("a gateway is known by its site and its name; the site is missing");
        }
    }

    /** Listens to all gateways. */
    public static Scope everywhere() {
        return new Scope(Optional.empty(), Optional.empty());
    }

    /** Listens to the gateways of one site. */
    public static Scope site(String site) {
        return new Scope(Optional.of(site), Optional.empty());
    }

    /** Listens to one gateway. */
    public static Scope gateway(String site, String gateway) {
        return new Scope(Optional.of(site), Optional.of(gateway));
    }

    /** Returns the MQTT topic filter for one kind of topic of all devices. */
    public String filter(TopicKind kind) {
        return filter(ANY, kind);
    }

    /** Returns the MQTT topic filter for the state of the gateways themselves. */
    public String gatewayStateFilter() {
        return filter(Topic.NO_DEVICE, TopicKind.STATE);
    }

    /** Returns the MQTT topic filter for what gateways announce about keys. */
    public String keysFilter() {
        return filter(Topic.NO_DEVICE, TopicKind.KEYS);
    }

    private String filter(String device, TopicKind kind) {
        String levels = String.join(
                "/", Topic.ROOT, Topic.VERSION, site.orElse(ANY), gateway.orElse(ANY), device, kind.level());
        return kind.hasLeaf() ? levels + "/" + ANY : levels;
    }

    /** Whether a topic is one of those gateways'. */
    public boolean covers(Topic topic) {
        return site.map(topic.site()::equals).orElse(true)
                && gateway.map(topic.gateway()::equals).orElse(true);
    }
}
