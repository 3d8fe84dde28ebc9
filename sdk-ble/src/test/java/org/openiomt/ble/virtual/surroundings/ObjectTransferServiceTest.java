package org.openiomt.ble.virtual.surroundings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openiomt.ble.gatt.AttMeaning;
import org.openiomt.ble.profile.DeviceText;
import org.openiomt.ble.profile.objecttransfer.ObjectActionMessage;
import org.openiomt.ble.profile.objecttransfer.ObjectActionMessage.Part;
import org.openiomt.ble.profile.objecttransfer.ObjectId;
import org.openiomt.ble.profile.objecttransfer.ObjectProperties;
import org.openiomt.ble.profile.objecttransfer.ObjectProperties.Property;
import org.openiomt.ble.profile.objecttransfer.ObjectSize;
import org.openiomt.ble.profile.objecttransfer.ObjectTransferFeatures;
import org.openiomt.ble.profile.objecttransfer.ObjectTransferFeatures.Action;
import org.openiomt.ble.profile.objecttransfer.ObjectType;
import org.openiomt.ble.profile.time.DateTime;
import org.openiomt.ble.testing.Central;
import org.openiomt.ble.testing.ManualAir;
import org.openiomt.ble.virtual.VirtualPeripheral;
import org.openiomt.core.model.DeviceDateTime;
import org.openiomt.core.spi.Channel;
import org.openiomt.core.spi.RefusedException;

class ObjectTransferServiceTest {
    private static final ObjectType ECG = ObjectType.of(0x2ACA);
    private static final ObjectType OTHER = ObjectType.of(0x2ACB);

    private final ManualAir room = new ManualAir();
    private final VirtualPeripheral device = new VirtualPeripheral(room.air, "recorder-1");
    private final ObjectTransferService service = new ObjectTransferService(device, 1_000, Set.of(ECG));
    private final long night;
    private final long day;
    private final long trend;
    private final Central client;
    private final List<String> listAnswers;
    private final List<String> actionAnswers;

    ObjectTransferServiceTest() {
        night = service.add("night", ECG, ascii("123456789"), EnumSet.allOf(Property.class));
        room.clock.advance(Duration.ofHours(1));
        day = service.add("day", ECG, new byte[300], EnumSet.of(Property.READ));
        room.clock.advance(Duration.ofHours(1));
        trend = service.add("trend", OTHER, new byte[20], EnumSet.of(Property.READ, Property.DELETE));
        device.appear();
        client = new Central(room, device);
        listAnswers = client.hear(ObjectTransferService.LIST);
        actionAnswers = client.hear(ObjectTransferService.ACTION);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private String list(String request) {
        client.write(ObjectTransferService.LIST, request);
        return listAnswers.remove(0);
    }

    private String act(String request) {
        client.write(ObjectTransferService.ACTION, request);
        return actionAnswers.remove(0);
    }

    private String act(ObjectActionMessage request) {
        client.write(ObjectTransferService.ACTION, ObjectActionMessage.CODEC, request);
        return actionAnswers.remove(0);
    }

    private long current() {
        return client.read(ObjectTransferService.ID, ObjectId.CODEC).id();
    }

    @Test
    void withoutACurrentObjectNothingIsReadOfIt() {
        for (Channel channel : List.of(
                ObjectTransferService.NAME,
                ObjectTransferService.TYPE,
                ObjectTransferService.SIZE,
                ObjectTransferService.FIRST_CREATED,
                ObjectTransferService.LAST_MODIFIED,
                ObjectTransferService.ID,
                ObjectTransferService.PROPERTIES)) {
            assertThat(room.fault(client.link.read(channel)))
                    .isInstanceOfSatisfying(
                            RefusedException.class,
                            refusal -> assertThat(refusal.code()).isEqualTo(0x81));
        }
        assertThat(client.refusal(ObjectTransferService.NAME, "41")).isEqualTo(AttMeaning.OBJECT_NOT_SELECTED);
        assertThat(act("02")).isEqualTo("600205");
        assertThat(list("04")).isEqualTo("700404");
        assertThat(client.read(ObjectTransferService.FEATURE, ObjectTransferFeatures.CODEC)
                        .actions())
                .contains(Action.CREATE, Action.CALCULATE_CHECKSUM)
                .doesNotContain(Action.ABORT);
    }

    @Test
    void aClientWalksThroughTheList() {
        assertThat(list("07")).isEqualTo("70070103000000");
        assertThat(list("01")).isEqualTo("700101");
        assertThat(current()).isEqualTo(night);
        assertThat(list("03")).isEqualTo("700305");
        assertThat(list("04")).isEqualTo("700401");
        assertThat(current()).isEqualTo(day);
        assertThat(list("02")).isEqualTo("700201");
        assertThat(current()).isEqualTo(trend);
        assertThat(list("04")).isEqualTo("700405");
        assertThat(list("05 000100000000")).isEqualTo("700501");
        assertThat(current()).isEqualTo(night);
        assertThat(list("05 000900000000")).isEqualTo("700508");
        assertThat(current()).isEqualTo(night);
    }

    @ParameterizedTest
    @CsvSource({"09, 700902", "00, 700002", "05 0001, 700503", "06 07, 700603", "01 00, 700103", "70 01 01, 707002"})
    void aListRequestThatDoesNotSuitIsAnsweredSo(String request, String answer) {
        assertThat(list(request)).isEqualTo(answer);
    }

    @ParameterizedTest
    @CsvSource({
        "01, 'day night trend'",
        "11, 'trend night day'",
        "02, 'night day trend'",
        "03, 'night trend day'",
        "13, 'day trend night'",
        "04, 'night day trend'",
        "15, 'trend day night'"
    })
    void theListIsSorted(String order, String names) {
        assertThat(list("06" + order)).isEqualTo("700601");

        StringBuilder seen = new StringBuilder(names.length());
        for (String answer = list("01"); answer.endsWith("01"); answer = list("04")) {
            seen.append(client.read(ObjectTransferService.NAME, DeviceText.CODEC)
                            .text())
                    .append(' ');
        }
        assertThat(seen.toString().trim()).isEqualTo(names);
    }

    @ParameterizedTest
    @CsvSource({
        "00, 3",
        "01 64, 1",
        "02 6768 74, 1",
        "03 6E, 2",
        "04 646179, 1",
        "04 6461, 0",
        "05 CA2A, 2",
        "06 EA070101000000 EA070101003B3B, 1",
        "07 EA070101010000 EA070101020000, 2",
        "08 09000000 14000000, 2",
        "09 2C010000 2C010000, 1",
        "0A, 1"
    })
    void aFilterDecidesWhatIsShown(String filter, int shown) {
        client.write(ObjectTransferService.filter(1), filter);

        assertThat(list("07")).isEqualTo("700701%02x000000".formatted(shown));
        assertThat(client.read(ObjectTransferService.filter(1)))
                .isEqualTo(filter.replace(" ", "").toLowerCase(Locale.ROOT));
        if (shown == 0) {
            assertThat(list("01")).isEqualTo("700107");
        }
    }

    @Test
    void anObjectMustPassAllFiltersAndIsNoLongerCurrentWhenItDoesNot() {
        list("01");
        client.write(ObjectTransferService.filter(0), "05 CA2A");
        assertThat(current()).isEqualTo(night);

        client.write(ObjectTransferService.filter(2), "04 646179");

        assertThat(list("07")).isEqualTo("70070101000000");
        assertThat(client.refusal(ObjectTransferService.NAME, "41")).isEqualTo(AttMeaning.OBJECT_NOT_SELECTED);
        assertThat(list("05 000100000000")).isEqualTo("700508");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0B", "05", "08 00000000", "06 00000101000000 EA070101003B3B"})
    void aFilterThatIsNotKnownIsRefused(String filter) {
        assertThat(client.refusal(ObjectTransferService.filter(0), filter))
                .isEqualTo(AttMeaning.WRITE_REQUEST_REJECTED);
        assertThat(list("07")).isEqualTo("70070103000000");
    }

    @Test
    void theMetadataAreThoseOfTheCurrentObject() {
        list("05 010100000000");

        assertThat(client.read(ObjectTransferService.TYPE, ObjectType.CODEC)).isEqualTo(ECG);
        assertThat(client.read(ObjectTransferService.SIZE, ObjectSize.CODEC).currentOctets())
                .isEqualTo(300);
        assertThat(client.read(ObjectTransferService.FIRST_CREATED, DateTime.CODEC))
                .isEqualTo(DateTime.of(DeviceDateTime.of(2026, 1, 1, 1, 0, 0)));
        assertThat(client.read(ObjectTransferService.PROPERTIES, ObjectProperties.CODEC)
                        .allowed())
                .containsExactly(Property.READ);
        client.write(ObjectTransferService.NAME, "6E6F6F6E");
        assertThat(client.read(ObjectTransferService.NAME, DeviceText.CODEC).text())
                .isEqualTo("noon");
        assertThat(client.read(ObjectTransferService.LAST_MODIFIED, DateTime.CODEC))
                .isEqualTo(DateTime.of(DeviceDateTime.of(2026, 1, 1, 2, 0, 0)));
        assertThat(client.refusal(ObjectTransferService.NAME, "6E69676874"))
                .isEqualTo(AttMeaning.OBJECT_NAME_ALREADY_EXISTS);
        assertThat(client.refusal(ObjectTransferService.NAME, "")).isEqualTo(AttMeaning.WRITE_REQUEST_REJECTED);
        assertThat(client.refusal(ObjectTransferService.NAME, "41".repeat(121)))
                .isEqualTo(AttMeaning.WRITE_REQUEST_REJECTED);
    }

    @Test
    void onlyTheMarkOfAnObjectIsChanged() {
        list("05 010100000000");

        client.write(ObjectTransferService.PROPERTIES, "84000000");
        client.write(ObjectTransferService.filter(0), "0A");
        assertThat(list("07")).isEqualTo("70070102000000");
        assertThat(client.refusal(ObjectTransferService.PROPERTIES, "85000000"))
                .isEqualTo(AttMeaning.WRITE_REQUEST_REJECTED);
        assertThat(list("08")).isEqualTo("700801");

        assertThat(list("07")).isEqualTo("70070100000000");
    }

    @Test
    void aCheckSumIsThatOfThePart() {
        list("01");

        // CRC-32 of "123456789" is CBF43926, the check value of the algorithm.
        assertThat(act(Part.checksum(0, 9))).isEqualTo("6003012639f4cb");
        assertThat(act(Part.checksum(1, 9))).isEqualTo("600303");
        assertThat(act(Part.checksum(0xFFFF_FFFFL, 0xFFFF_FFFFL))).isEqualTo("600303");
    }

    @Test
    void contentNeedsAChannelThatThereIsNot() {
        list("01");
        assertThat(act(Part.read(0, 9))).isEqualTo("600506");
        assertThat(act(Part.read(0, 10))).isEqualTo("600503");
        assertThat(act(Part.write(0, 9))).isEqualTo("600606");
        list("04");
        assertThat(act(Part.write(0, 9))).isEqualTo("600608");
        assertThat(act("07")).isEqualTo("60070a");
    }

    @Test
    void anObjectIsMadeNamedRunAndDeleted() {
        assertThat(act("01 64000000 CA2A")).isEqualTo("600101");
        long made = current();
        client.write(ObjectTransferService.NAME, "6E6577");
        assertThat(client.read(ObjectTransferService.SIZE, ObjectSize.CODEC).allocatedOctets())
                .isEqualTo(100);
        assertThat(act("04")).isEqualTo("600401");
        assertThat(service.objects()).containsExactly(night, day, trend, made);
        assertThat(act("02")).isEqualTo("600201");

        assertThat(service.objects()).containsExactly(night, day, trend);
        assertThat(act("02")).isEqualTo("600205");
    }

    @ParameterizedTest
    @CsvSource({
        "01 64000000 CB2A, 600107",
        "01 E9030000 CA2A, 600104",
        "01 64, 600103",
        "08, 600802",
        "60 01 01, 606002"
    })
    void anActionThatDoesNotSuitIsAnsweredSo(String request, String answer) {
        assertThat(act(request)).isEqualTo(answer);
        assertThat(service.objects()).hasSize(3);
    }

    @Test
    void theServersOwnChangesAreTold() {
        List<String> changes = client.hear(ObjectTransferService.CHANGED);
        list("01");
        act("02");

        service.change(day, new byte[5]);
        service.remove(trend);
        service.add("new", ECG, new byte[0], Set.of());
        room.clock.runUntilIdle();

        assertThat(changes).containsExactly("02010100000000", "10020100000000", "08030100000000");
        assertThatThrownBy(() -> service.change(night, new byte[0])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> service.add("day", ECG, new byte[0], Set.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void filtersAndTheCurrentObjectEndWithTheLink() {
        client.write(ObjectTransferService.filter(0), "04 646179");
        list("01");
        client.link.close();
        Central next = new Central(room, device);
        List<String> answers = next.hear(ObjectTransferService.LIST);

        next.write(ObjectTransferService.LIST, "07");

        assertThat(answers).containsExactly("70070103000000");
        assertThat(next.refusal(ObjectTransferService.NAME, "41")).isEqualTo(AttMeaning.OBJECT_NOT_SELECTED);
        assertThat(next.refusal(ObjectTransferService.ACTION, "02")).isEqualTo(AttMeaning.CCCD_IMPROPERLY_CONFIGURED);
        assertThat(next.refusal(ObjectTransferService.LIST, "")).isEqualTo(AttMeaning.INVALID_ATTRIBUTE_VALUE_LENGTH);
    }
}
