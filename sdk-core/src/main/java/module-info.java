/**
 * The ground that every other module stands on: observations, octets, codes, sockets, gateway, outbox.
 */
module org.openiomt.core {
    requires transitive org.jspecify;
    requires org.slf4j;
    requires transitive tools.jackson.core;
    requires tools.jackson.dataformat.cbor;

    exports org.openiomt.core;
    exports org.openiomt.core.flow;
    exports org.openiomt.core.gateway;
    exports org.openiomt.core.json;
    exports org.openiomt.core.model;
    exports org.openiomt.core.nomenclature;
    exports org.openiomt.core.outbox;
    exports org.openiomt.core.sealing;
    exports org.openiomt.core.spi;
    exports org.openiomt.core.wire;

    uses org.openiomt.core.spi.DeviceDriver;
}
