package org.openiomt.ble.profile.controlpoint;

import java.util.Arrays;
import java.util.Map;
import org.openiomt.ble.profile.Bits;
import org.openiomt.ble.profile.Described;
import org.openiomt.ble.profile.Fields;
import org.openiomt.core.wire.ByteReader;
import org.openiomt.core.wire.ByteWriter;

/**
 * Octets whose meaning a company alone knows. Immutable.
 *
 * <pre>
 * field    type    octets  meaning
 * company  uint16  2       the company identifier that the Bluetooth SIG assigned
 * count    uint8   1       how many octets follow
 * octets   octets  count   opaque
 * </pre>
 */
public final class CompanyData implements Described {
    private static final int MAX_OCTETS = 0xFF;

    private final int company;
    private final byte[] octets;

    private CompanyData(int company, byte[] octets) {
        this.company = company;
        this.octets = octets;
    }

    /**
     * Returns a company's octets; copied.
     *
     * @param company the company identifier, 0 to 65,535
     * @param octets at most 255
     */
    public static CompanyData of(int company, byte[] octets) {
        Bits.requireUnsigned("company", company, Short.SIZE);
        if (octets.length > MAX_OCTETS) {
            throw new IllegalArgumentException("a company's data has at most 255 octets, but got " + octets.length);
        }
        return new CompanyData(company, octets.clone());
    }

    /** Returns the company identifier. */
    public int company() {
        return company;
    }

    /** Returns a copy of the octets. */
    public byte[] octets() {
        return octets.clone();
    }

    static CompanyData read(ByteReader in, String field) {
        int company = in.uint16(field);
        return new CompanyData(company, in.octets(field, in.uint8(field)));
    }

    static void write(ByteWriter out, String field, CompanyData value) {
        out.uint16(field, value.company);
        out.uint8(field, value.octets.length);
        out.octets(value.octets);
    }

    @Override
    public Map<String, Object> fields() {
        return Fields.start().put("company", company).octets("octets", octets).toMap();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CompanyData that && company == that.company && Arrays.equals(octets, that.octets);
    }

    @Override
    public int hashCode() {
        return 31 * company + Arrays.hashCode(octets);
    }

    @Override
    public String toString() {
        return Fields.names(this);
    }
}
