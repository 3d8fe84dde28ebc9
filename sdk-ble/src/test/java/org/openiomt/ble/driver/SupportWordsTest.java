package org.openiomt.ble.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.openiomt.ble.gatt.Reassembler;
import org.openiomt.ble.gatt.Reassembly;
import org.openiomt.ble.profile.E2eCheck;
import org.openiomt.ble.profile.E2eContext;
import org.openiomt.ble.profile.E2eCounter;
import org.openiomt.ble.profile.continuousglucose.CgmMeasurement;
import org.openiomt.ble.profile.insulin.InsulinContext;
import org.openiomt.ble.profile.insulin.StatusChanged;
import org.openiomt.core.json.ObservationText;
import org.openiomt.core.model.MeasurementStatus;
import org.openiomt.core.model.Observation;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.DecodeException;
import org.openiomt.core.wire.DecodeMode;
import org.openiomt.core.wire.Remainder;

/** What somebody reads who must find out why a reading is missing or in doubt, word for word. */
class SupportWordsTest {
    @Test
    void aWrongCrcSaysWhereWhatWasExpectedWhatCameAndThatTheValueIsNotUsed() {
        for (DecodeMode mode : DecodeMode.values()) {
            assertThatExceptionOfType(DecodeException.class)
                    .isThrownBy(() -> CgmMeasurement.codec(E2eContext.PRESENT).decode(hex("08000C100600586F"), mode))
                    .withMessage(
                            "crc at octet 6: wrong check sum: expected 0x6F59 (CRC-16/MCRF4XX of 6 octets), but got"
                                    + " 0x6F58; the octets changed on their way, and the value is not used");
        }
    }

    @Test
    void aCounterGapSaysHowManyValuesAreMissing() {
        Codec<StatusChanged> codec = StatusChanged.codec(InsulinContext.of(E2eContext.PRESENT));
        E2eCounter counter = new E2eCounter();
        counter.accept(codec.decode(counted(codec, 7)).check());
        assertThat(counter.accept(codec.decode(counted(codec, 10)).check()))
                .hasToString("expected the counter 8, but got 10: 2 values are missing");
        Reassembler reassembler = new Reassembler();
        reassembler.accept(hex("01AABB"));
        assertThat(reassembler.accept(hex("0ACC")))
                .extracting(Reassembly::toString)
                .containsExactly("expected the packet 1, but got 2; 2 octets are given up");
    }

    @Test
    void aRecordOfSize0SaysHowManyOctetsARecordHas() {
        for (DecodeMode mode : DecodeMode.values()) {
            assertThatExceptionOfType(DecodeException.class)
                    .isThrownBy(() -> CgmMeasurement.CODEC.decode(hex("060078000500" + "00"), mode))
                    .withMessage("size at octet 6: a record has at least 6 octets, but this one says that it has 0");
        }
    }

    @Test
    void aLengthThatLiesSaysWhatWasPromisedAndWhatCame() {
        assertThatExceptionOfType(DecodeException.class)
                .isThrownBy(() -> CgmMeasurement.CODEC.decode(hex("0F0078000500")))
                .withMessage("size at octet 0: the record says that it has 15 octets, but only 6 came");
        assertThatExceptionOfType(DecodeException.class)
                .isThrownBy(() -> Observed.decode("2B8B", "0301FF000100"))
                .withMessage("length at octet 2: says 255 octets, but the observation has 5 or 2 behind its length");
    }

    @Test
    void aYear0OfACuffIsATimeThatIsNotKnownAndNeverADate() {
        Observation pressure =
                Observed.from("2A35", "027C00560061000000" + "06170E230A").get(0);
        assertThat(pressure.time().isKnown()).isFalse();
        assertThat(pressure.isValid()).isTrue();
        assertThat(ObservationText.line(pressure))
                .isEqualTo("0000-06-23T14:35:10 (date not known)  blood pressure  124/86 (97) mm[Hg]");
    }

    @Test
    void aDateThatDoesNotExistSaysSo() {
        Observation pressure =
                Observed.from("2A35", "027C0056006100E707" + "021D0E230A").get(0);
        assertThat(ObservationText.line(pressure))
                .isEqualTo("2023-02-29T14:35:10 (no such date)  blood pressure  124/86 (97) mm[Hg]");
    }

    @Test
    void aNanCuffReadingIsNotAvailableAndNeverANumber() {
        List<Observation> failed = Observed.from("2A35", "02FF07FF07FF07E80706170E230A");
        assertThat(failed).singleElement().satisfies(one -> {
            assertThat(one.status()).isEqualTo(Set.of(MeasurementStatus.NOT_AVAILABLE));
            assertThat(one.isValid()).isFalse();
            assertThat(ObservationText.line(one))
                    .isEqualTo("2024-06-23T14:35:10  blood pressure  NaN/NaN (NaN) mm[Hg]  [not available]");
        });
    }

    private static byte[] counted(Codec<StatusChanged> codec, int counter) {
        return codec.encode(new StatusChanged(
                Set.of(StatusChanged.Change.HISTORY_EVENT_RECORDED), E2eCheck.sound(counter), Remainder.NONE));
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }
}
