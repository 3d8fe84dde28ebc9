package org.openiomt.ble.profile.deviceinformation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteOrder;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.openiomt.ble.conformance.CodecLaws;
import org.openiomt.core.model.Value.Opaque;
import org.openiomt.core.wire.ByteWriter;
import org.openiomt.core.wire.Codec;

class RegulatoryCertificationPropertyTest extends CodecLaws<RegulatoryCertification> {
    @Override
    protected Codec<RegulatoryCertification> codec() {
        return RegulatoryCertification.CODEC;
    }

    @Override
    protected Arbitrary<RegulatoryCertification> values() {
        Arbitrary<Integer> codes = Arbitraries.integers().between(0, 255);
        return Combinators.combine(
                        codes, codes, Arbitraries.bytes().array(byte[].class).ofMaxSize(40))
                .as((authBody, structureType, data) ->
                        new RegulatoryCertification.Entry(authBody, structureType, Opaque.of(data)))
                .list()
                .ofMaxSize(5)
                .map(RegulatoryCertificationPropertyTest::of);
    }

    private static RegulatoryCertification of(List<RegulatoryCertification.Entry> entries) {
        ByteWriter out = new ByteWriter(ByteOrder.BIG_ENDIAN);
        out.uint16("count", entries.size());
        out.uint16(
                "length",
                entries.stream()
                        .mapToInt(entry -> 4 + entry.data().octets().length)
                        .sum());
        for (RegulatoryCertification.Entry entry : entries) {
            out.uint8("authBody", entry.authBody());
            out.uint8("structureType", entry.structureType());
            out.uint16("size", entry.data().octets().length);
            out.octets(entry.data().octets());
        }
        RegulatoryCertification value = new RegulatoryCertification(Opaque.of(out.toByteArray()));
        assertThat(value.entries()).contains(entries);
        return value;
    }

    @Override
    protected boolean isClosed() {
        return false;
    }
}
