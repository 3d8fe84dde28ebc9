/** The ble room. */
module org.openiomt.ble {
    requires transitive org.openiomt.core;

    exports org.openiomt.ble;
    exports org.openiomt.ble.profile;
    exports org.openiomt.ble.profile.bloodpressure;
    exports org.openiomt.ble.profile.time;
}
