package org.openiomt.ble.profile.deviceinformation;

import java.util.Map;
import org.openiomt.ble.profile.Bits;
import org.openiomt.ble.profile.Described;
import org.openiomt.ble.profile.Fields;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.ByteWriter;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.Remainder;

/**
 * PnP ID, characteristic {@code 0x2A50} of the Device Information Service: who made which product.
 *
 * <pre>
 * field           type    octets  present when  meaning
 * vendorIdSource  uint8   1       always        1 Bluetooth company, 2 USB vendor; others kept and reported, strict refuses
 * vendorId        uint16  2       always        the maker's number in that list
 * productId       uint16  2       always        the maker's number of the product
 * productVersion  uint16  2       always        version JJ.M.N as 0xJJMN
 * </pre>
 *
 * @param vendorIdSource the list that the vendor's number is of, 0 to 255
 * @param vendorId the maker's number, 0 to 65,535
 * @param productId the product's number, 0 to 65,535
 * @param productVersion the product's version, 0 to 65,535
 * @param remainder trailing octets
 * @see <a href="https://www.bluetooth.com/specifications/specs/device-information-service-1-1/">DIS 1.1, 3.9</a>
 */
public record PnpId(int vendorIdSource, int vendorId, int productId, int productVersion, Remainder remainder)
        implements Described {

    /** Reads and writes it. */
    public static final Codec<PnpId> CODEC = Codec.of(PnpId::read, PnpId::write);

    private static final int BLUETOOTH = 1;
    private static final int USB = 2;
    private static final int WIDTH = 16;

    /** Checks the ranges. */
    public PnpId {
        Bits.requireUnsigned("vendorIdSource", vendorIdSource, 8);
        Bits.requireUnsigned("vendorId", vendorId, WIDTH);
        Bits.requireUnsigned("productId", productId, WIDTH);
        Bits.requireUnsigned("productVersion", productVersion, WIDTH);
        Bits.requireUnknown(remainder, ~0L);
    }

    private static PnpId read(ByteReader in) {
        int at = in.offset();
        int source = in.uint8("vendorIdSource");
        if (source != BLUETOOTH && source != USB) {
            in.unforeseen("vendorIdSource", at, "reserved code " + source);
        }
        return new PnpId(
                source, in.uint16("vendorId"), in.uint16("productId"), in.uint16("productVersion"), in.remainder(0));
    }

    private static void write(PnpId value, ByteWriter out) {
        out.uint8("vendorIdSource", value.vendorIdSource);
        out.uint16("vendorId", value.vendorId);
        out.uint16("productId", value.productId);
        out.uint16("productVersion", value.productVersion);
        value.remainder.writeTo(out);
    }

    @Override
    public Map<String, Object> fields() {
        return Fields.start()
                .put("vendorIdSource", vendorIdSource)
                .bits("vendorId", vendorId, WIDTH)
                .bits("productId", productId, WIDTH)
                .bits("productVersion", productVersion, WIDTH)
                .trailing(remainder)
                .toMap();
    }

    @Override
    public String toString() {
        return Fields.names(this);
    }
}
