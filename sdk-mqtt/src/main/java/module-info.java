/** From the outbox to a broker, and from a broker to an application. */
module org.openiomt.mqtt {
    requires transitive org.openiomt.core;
    requires org.slf4j;
    requires com.hivemq.client.mqtt;
    requires io.reactivex.rxjava2;
    requires org.reactivestreams;
    // The client has no module descriptor; what it needs at run time and nobody else names is named here.
    requires io.netty.handler;
    requires org.jctools.core;

    exports org.openiomt.mqtt;
    exports org.openiomt.mqtt.broker;
    exports org.openiomt.mqtt.consume;
    exports org.openiomt.mqtt.topic;
    exports org.openiomt.mqtt.uplink;
}
