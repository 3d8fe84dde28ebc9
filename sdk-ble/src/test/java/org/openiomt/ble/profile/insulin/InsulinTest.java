package org.openiomt.ble.profile.insulin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openiomt.ble.profile.E2eCheck;
import org.openiomt.ble.profile.E2eContext;
import org.openiomt.ble.profile.E2eCounter;
import org.openiomt.ble.profile.insulin.InsulinStatus.OperationalState;
import org.openiomt.ble.profile.insulin.InsulinStatus.TherapyControlState;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.DecodeException;
import org.openiomt.core.wire.DecodeMode;
import org.openiomt.core.wire.Decoded;
import org.openiomt.core.wire.MedicalFloat;
import org.openiomt.core.wire.Remainder;

class InsulinTest {
    private static final InsulinContext PROTECTED = InsulinContext.of(E2eContext.PRESENT);

    private static byte[] hex(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    private static byte[] counted(int counter) {
        return StatusChanged.codec(PROTECTED)
                .encode(new StatusChanged(
                        Set.of(StatusChanged.Change.HISTORY_EVENT_RECORDED), E2eCheck.sound(counter), Remainder.NONE));
    }

    @ParameterizedTest
    @EnumSource(DecodeMode.class)
    void aWrongCrcIsRefusedBeforeAnyFieldIsRead(DecodeMode mode) {
        byte[] octets = counted(7);
        octets[0] ^= 0x01;
        assertThatExceptionOfType(DecodeException.class)
                .isThrownBy(() -> StatusChanged.codec(PROTECTED).decode(octets, mode))
                .withMessageMatching(
                        "crc at octet 3: wrong check sum: expected 0x[0-9A-F]{4} \\(CRC-16/MCRF4XX of 3 "
                                + "octets\\), but got 0x[0-9A-F]{4}; the octets changed on their way, and the value is not used");
    }

    @Test
    void aChangedCounterIsAWrongCrcToo() {
        byte[] octets = counted(7);
        octets[2] = 8;
        assertThatExceptionOfType(DecodeException.class)
                .isThrownBy(() -> StatusChanged.codec(PROTECTED).decode(octets))
                .withMessageContaining("wrong check sum");
    }

    @Test
    void aCounterGapIsALossThatSaysHowManyValuesAreMissing() {
        E2eCounter counter = new E2eCounter();
        Codec<StatusChanged> codec = StatusChanged.codec(PROTECTED);
        assertThat(counter.accept(codec.decode(counted(254)).check())).isEqualTo(E2eCounter.Whole.FIRST);
        assertThat(counter.accept(codec.decode(counted(255)).check())).isEqualTo(E2eCounter.Whole.NEXT);
        assertThat(counter.accept(codec.decode(counted(1)).check())).isEqualTo(E2eCounter.Whole.NEXT);
        assertThat(counter.accept(codec.decode(counted(4)).check()))
                .isEqualTo(new E2eCounter.Lost(2, 4))
                .hasToString("expected the counter 2, but got 4: 2 values are missing");
    }

    @Test
    void aValueForAProtectedPumpNeedsACounter() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> InsulinRecordAccess.codec(PROTECTED).encode(InsulinRecordAccess.reportAll()))
                .withMessage("this value needs a counter");
    }

    @Test
    void theFeaturesSayHowAllOtherValuesAreRead() {
        InsulinFeatures features =
                InsulinFeatures.of(1, MedicalFloat.of(100, 0), Set.of(InsulinFeatures.Feature.E2E_PROTECTION));
        InsulinFeatures read = InsulinFeatures.CODEC
                .decode(InsulinFeatures.CODEC.encode(features), DecodeMode.STRICT)
                .value();
        assertThat(read).isEqualTo(features);
        assertThat(read.e2e()).isEqualTo(E2eContext.PRESENT);
        assertThat(InsulinFeatures.CODEC.decode(hex("FFFF006400FEDE801F")).e2e())
                .isEqualTo(E2eContext.ABSENT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"3F03030100", "1212330109 18FF", "21120305"})
    void aCountThatLiesIsRefused(String hex) {
        byte[] octets = hex(hex.replace(" ", ""));
        Codec<?> codec = hex.startsWith("3F03")
                ? StatusReaderMessage.CODEC
                : hex.startsWith("1212") ? CommandData.CODEC : CommandMessage.CODEC;
        assertThatExceptionOfType(DecodeException.class)
                .isThrownBy(() -> codec.decode(octets))
                .withMessageContaining("cut short");
    }

    @Test
    void aCodeOneBitBesideAKnownOneIsKeptAndIsNone() {
        Decoded<InsulinStatus> decoded = InsulinStatus.CODEC.decode(hex("5496000001"), DecodeMode.LENIENT);
        assertThat(decoded.value().therapyControlState().known()).isEmpty();
        assertThat(decoded.value().operationalState().known()).contains(OperationalState.READY);
        assertThat(decoded.warnings()).singleElement().hasToString("therapyControlState at octet 0: unknown code 0x54");
    }

    @Test
    void noErrorOfThreeBitsTurnsACodeIntoAnother() {
        for (Class<?> table : InsulinCode.class.getPermittedSubclasses()) {
            if (table == InsulinRecordAccess.Result.class || table == InsulinResult.class) {
                continue; // plain numbers
            }
            isHamming(Arrays.stream(table.getEnumConstants())
                    .map(InsulinCode.class::cast)
                    .toList());
        }
    }

    private static void isHamming(List<? extends InsulinCode> codes) {
        for (InsulinCode one : codes) {
            assertThat(codes)
                    .filteredOn(other -> other != one)
                    .allSatisfy(other -> assertThat(Integer.bitCount(one.code() ^ other.code()))
                            .as("bits between %s and %s", one, other)
                            .isGreaterThanOrEqualTo(4));
        }
    }

    @Test
    void aStatusOfTwoOctetsIsReadWhenTheLengthSaysSoAndReported() {
        Decoded<AnnunciationState> wide = AnnunciationState.codec(InsulinContext.of(E2eContext.ABSENT))
                .decode(hex("0105003C003300"), DecodeMode.LENIENT);
        AnnunciationState.Annunciation annunciation =
                wide.value().annunciation().orElseThrow();
        assertThat(annunciation.width()).isEqualTo(AnnunciationState.StatusWidth.UINT16);
        assertThat(annunciation.status().known()).contains(AnnunciationState.Status.PENDING);
        assertThat(wide.warnings()).singleElement().hasToString("status at octet 5: 2 octets, where most pumps send 1");
        assertThatExceptionOfType(DecodeException.class)
                .isThrownBy(() -> AnnunciationState.CODEC.decode(hex("0105003C003300"), DecodeMode.STRICT));
    }

    @Test
    void thePumpWithWideAmountsIsReadByItsContext() {
        InsulinStatus status = InsulinStatus.codec(
                        new InsulinContext(E2eContext.ABSENT, InsulinContext.AmountForm.FLOAT))
                .decode(hex("5596E80D28FB010300"));
        assertThat(status.reservoirUnits()).isEqualTo(MedicalFloat.of(2_625_000, -5));
        assertThat(status.therapyControlState().is(TherapyControlState.RUN)).isTrue();
        assertThat(status.isReservoirAttached()).isTrue();
        assertThat(status.remainder().trailing()).containsExactly(3, 0);
    }

    @Test
    void anOperandThatDoesNotSuitItsOpCodeIsRefusedAtOnce() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CommandMessage.of(CommandCode.CANCEL_BOLUS, new Empty()))
                .withMessage("cancel bolus needs Instance");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CommandMessage.of(
                        CommandCode.WRITE_TARGET_RANGE_PROFILE,
                        new CommandMessage.WriteBlocks(
                                true, 1, 1, List.of(new TimeBlock(60, MedicalFloat.of(1, 0), Optional.empty())))));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HistoryEvent.of(HistoryEventType.PRIMING_STARTED, 1, 0, new Empty()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HistoryEvent.of(HistoryEventType.POINTER_EVENT, 0xFFFFFFFFL, 0, new Empty()));
    }

    @Test
    void aBolusCommandIsWrittenAsTheLayoutSays() {
        Bolus bolus = new Bolus(Coded.of(Bolus.Type.FAST), MedicalFloat.of(25, -1), MedicalFloat.of(0, 0), 0);
        BolusDetails details = new BolusDetails(
                OptionalInt.of(10), OptionalInt.empty(), Optional.empty(), EnumSet.of(BolusDetails.Reason.MEAL));
        assertThat(CommandMessage.CODEC.encode(
                        CommandMessage.of(CommandCode.SET_BOLUS, new CommandMessage.SetBolus(bolus, details))))
                .isEqualTo(hex("4B11" + "11" + "33" + "19F0" + "0000" + "0000" + "0A00"));
    }
}
