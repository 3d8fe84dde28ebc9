/** Messages of observations to a Kafka cluster, and from a cluster to an application. */
module org.openiomt.kafka {
    requires transitive org.openiomt.core;
    requires org.slf4j;
    // The client has no module descriptor and names no module: this is the name of its file.
    requires kafka.clients;

    exports org.openiomt.kafka;
}
