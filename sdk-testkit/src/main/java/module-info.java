/** What tests of devices and outboxes need. */
module org.openiomt.testkit {
    requires transitive org.openiomt.core;
    requires transitive org.junit.jupiter.api;

    exports org.openiomt.testkit;
}
