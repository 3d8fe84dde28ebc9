/** The ble room. */
module org.openiomt.ble {
    requires transitive org.openiomt.core;

    exports org.openiomt.ble;
}
