/** What tests of devices and outboxes need. */
module org.openiomt.testkit {
    requires transitive org.openiomt.core;
    requires transitive org.junit.jupiter.api;
    requires org.slf4j;

    exports org.openiomt.testkit;
    exports org.openiomt.testkit.transcript;

    // The kit of drivers looks for them as a gateway does.
    uses org.openiomt.core.spi.DeviceDriver;

    // JUnit runs the kits' tests, which are not public.
    opens org.openiomt.testkit to
            org.junit.platform.commons;
}
