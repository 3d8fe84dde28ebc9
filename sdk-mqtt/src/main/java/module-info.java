/** From the outbox to a broker, and from a broker to an application. */
module org.openiomt.mqtt {
    requires transitive org.openiomt.core;

    exports org.openiomt.mqtt.topic;
}
