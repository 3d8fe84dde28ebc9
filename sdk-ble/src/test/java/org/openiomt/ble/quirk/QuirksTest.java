package org.openiomt.ble.quirk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openiomt.ble.profile.Fields;
import org.openiomt.ble.profile.Profiles;
import org.openiomt.core.model.DeviceDescription;
import org.openiomt.core.wire.Crc16;
import org.openiomt.core.wire.MedicalFloat;

class QuirksTest {
    private static final DeviceDescription BM85 = device("Beurer", "BM85 ");

    /** Frames of effects that change how a value is read; their sources stand beside the vectors of the characteristics. */
    private static final Map<Class<?>, List<String>> PROOFS = Map.of(
            Quirk.Form.class,
            List.of("566A0047000000EA07080B121F00003F000000", "56770046000000EA07080B1439000057010040"),
            Quirk.CheckSum.class,
            List.of("009001591404", "0EC3F900F40B000074E00A00E0F1"),
            Quirk.WideAmounts.class,
            List.of("5596E80D28FB010300", "FC0300C05C15FA"));

    @ParameterizedTest
    @CsvSource({
        "566A0047000000EA07080B121F00003F000000, 106, 71, 63, 0, 0x0000, 2026-08-11T18:31:00",
        "56770046000000EA07080B1439000057010040, 119, 70, 87, 1, 0x0040, 2026-08-11T20:57:00"
    })
    void theBeurerBm85IsReadInItsOwnForm(
            String hex, String systolic, String diastolic, String pulse, int user, String status, String takenAt) {
        byte[] standard = Quirks.rewrite(
                        Quirks.of(Optional.empty(), BM85),
                        "2a35",
                        HexFormat.of().parseHex(hex))
                .orElseThrow();
        Map<String, Object> fields =
                Fields.of(Profiles.find("2A35").orElseThrow().codec().decode(standard));
        assertThat(fields)
                .containsEntry("systolic", MedicalFloat.parse(systolic))
                .containsEntry("diastolic", MedicalFloat.parse(diastolic))
                .containsEntry("meanArterialPressure", MedicalFloat.NAN)
                .containsEntry("pulseRate", MedicalFloat.parse(pulse))
                .containsEntry("userId", user)
                .containsEntry("status", status)
                .containsEntry("takenAt", takenAt)
                .doesNotContainKeys("unknownFlags", "trailing");
    }

    @Test
    void aMeanThatTheCuffDidMeasureStays() {
        byte[] standard = Quirks.rewrite(
                        Quirks.of(Optional.of("BM85"), DeviceDescription.EMPTY),
                        "2A35",
                        HexFormat.of().parseHex("566A0047005300EA07080B121F00003F000000"))
                .orElseThrow();
        assertThat(Fields.of(Profiles.find("2A35").orElseThrow().codec().decode(standard)))
                .containsEntry("meanArterialPressure", MedicalFloat.parse("83"));
    }

    @ParameterizedTest
    @CsvSource({
        "1E6A0047000000EA07080B121F003F0000000000, 2A35", // the standard form
        "566A0047000000EA07080B121F00003F0000, 2A35", // an octet less
        "566A0047000000EA07080B121F00003F000000, 2A36" // another characteristic
    })
    void anythingElseOfThatCuffIsLeftAlone(String hex, String characteristic) {
        assertThat(Quirks.rewrite(
                        Quirks.of(Optional.empty(), BM85),
                        characteristic,
                        HexFormat.of().parseHex(hex)))
                .isEmpty();
    }

    @Test
    void thePumpComputesItsCheckSumsInItsOwnWay() {
        List<Quirk.CheckSum> found =
                Quirks.effects(Quirks.of(Optional.empty(), device("Medtronic", "MiniMed")), Quirk.CheckSum.class);
        assertThat(found).containsExactly(new Quirk.CheckSum(Crc16.CCITT_FALSE));
        for (String hex : PROOFS.getOrDefault(Quirk.CheckSum.class, List.of())) {
            byte[] octets = HexFormat.of().parseHex(hex);
            int sent = (octets[octets.length - 2] & 0xFF) | (octets[octets.length - 1] & 0xFF) << 8;
            assertThat(found.get(0).algorithm().of(octets, 0, octets.length - 2))
                    .isEqualTo(sent);
            assertThat(Crc16.MCRF4XX.of(octets, 0, octets.length - 2)).isNotEqualTo(sent);
        }
    }

    @Test
    void everyEffectThatChangesAReadingHasAFrame() {
        Set<Class<?>> changing = Quirks.all().stream()
                .flatMap(quirk -> quirk.effects().stream())
                .filter(effect -> !(effect instanceof Quirk.ClockFirst
                        || effect instanceof Quirk.PairFirst
                        || effect instanceof Quirk.SendsUnasked
                        || effect instanceof Quirk.Tolerated))
                .map(Object::getClass)
                .collect(Collectors.toSet());
        assertThat(changing).isEqualTo(PROOFS.keySet());
    }

    @Test
    void whatIsToleratedNeedsNoQuirk() {
        for (Quirk.Tolerated tolerated : Quirks.effects(Quirks.all(), Quirk.Tolerated.class)) {
            if (tolerated.characteristic().equals("2AAA")) {
                decodes("2AAA", "EA0704040C323680FF");
            } else if (tolerated.characteristic().equals("2A18")) {
                decodes("2A18", "1B0F00E807011E053A1B53016FB0F80000");
            } else if (tolerated.characteristic().equals("2A29")) {
                decodes("2A29", "5761686F6F204669746E65737300000000000000");
            } else {
                assertThat(tolerated.characteristic()).isEqualTo("2AD6");
            }
        }
    }

    private static void decodes(String uuid, String hex) {
        assertThat(Fields.of(Profiles.find(uuid)
                        .orElseThrow()
                        .codec()
                        .decode(HexFormat.of().parseHex(hex))))
                .isNotEmpty();
    }

    @Test
    void anotherMakeHasNoQuirk() {
        assertThat(Quirks.of(Optional.of("Cuff BM85"), device("Beurer", "BM57")))
                .isEmpty();
        assertThat(Quirks.of(Optional.empty(), DeviceDescription.EMPTY)).isEmpty();
    }

    @Test
    void aQuirkOfEveryDeviceAndAFormWithAnUnknownNameAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new Quirk.Selector(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()));
        assertThatIllegalArgumentException().isThrownBy(() -> Rewrite.of("01 a", "b"));
        assertThatIllegalArgumentException().isThrownBy(() -> Rewrite.of("a a", "a"));
        assertThatIllegalArgumentException().isThrownBy(() -> Rewrite.of("a 0", "a"));
    }

    private static DeviceDescription device(String manufacturer, String model) {
        return new DeviceDescription(
                Optional.of(manufacturer),
                Optional.of(model),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of());
    }
}
