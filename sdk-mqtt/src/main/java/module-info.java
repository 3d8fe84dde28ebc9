/** The mqtt room. */
module org.openiomt.mqtt {
    requires transitive org.openiomt.core;

    exports org.openiomt.mqtt;
}
