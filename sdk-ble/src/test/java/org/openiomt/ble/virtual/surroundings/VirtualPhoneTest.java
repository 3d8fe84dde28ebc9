package org.openiomt.ble.virtual.surroundings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openiomt.ble.gatt.AttMeaning;
import org.openiomt.ble.profile.alert.AlertCategories;
import org.openiomt.ble.profile.alert.AlertCategory;
import org.openiomt.ble.profile.alert.AlertNotificationCommand;
import org.openiomt.ble.profile.alert.AlertNotificationCommand.Command;
import org.openiomt.ble.profile.alert.NewAlert;
import org.openiomt.ble.profile.time.CurrentTime;
import org.openiomt.ble.profile.time.CurrentTime.Reason;
import org.openiomt.ble.profile.time.LocalTimeInformation;
import org.openiomt.ble.profile.time.ReferenceTimeInformation;
import org.openiomt.ble.profile.time.TimeSource.Source;
import org.openiomt.ble.profile.time.TimeUpdateState;
import org.openiomt.ble.profile.time.TimeUpdateState.Result;
import org.openiomt.ble.profile.time.TimeUpdateState.State;
import org.openiomt.ble.profile.time.TimeWithDst;
import org.openiomt.ble.testing.Central;
import org.openiomt.ble.testing.ManualAir;
import org.openiomt.ble.virtual.VirtualPeripheral;
import org.openiomt.ble.virtual.surroundings.TimeService.Reachability;
import org.openiomt.core.model.DeviceDateTime;

class VirtualPhoneTest {
    private final ManualAir room = new ManualAir();
    private final VirtualPhone phone = new VirtualPhone(room.air, "phone-1", ZoneId.of("Europe/Berlin"));
    private final Central client = new Central(room, phone.peripheral());

    private void command(Command command, int category) {
        client.write(
                AlertNotificationService.CONTROL_POINT,
                AlertNotificationCommand.CODEC,
                AlertNotificationCommand.of(command, category));
    }

    @Test
    void aPhoneTellsWhatItsClientWantsToHear() {
        List<NewAlert> heard = client.hear(AlertNotificationService.NEW_ALERT, NewAlert.CODEC);
        List<String> unread = client.hear(AlertNotificationService.UNREAD_STATUS);
        phone.alerts().alert(AlertCategory.EMAIL, "Dr. Early");

        command(Command.ENABLE_NEW_ALERTS, AlertCategory.CALL.code());
        command(Command.ENABLE_UNREAD_STATUS, AlertCategory.EMAIL.code());
        phone.alerts().alert(AlertCategory.CALL, "Ward 3");
        phone.alerts().alert(AlertCategory.CALL, "Ward 3");
        phone.alerts().alert(AlertCategory.EMAIL, "Dr. Early");
        command(Command.DISABLE_NEW_ALERTS, AlertCategory.CALL.code());
        phone.alerts().alert(AlertCategory.CALL, "Ward 4");
        phone.alerts().read(AlertCategory.EMAIL);
        room.clock.runUntilIdle();

        assertThat(heard).extracting(NewAlert::count).containsExactly(1, 2);
        assertThat(heard.get(0).category()).contains(AlertCategory.CALL);
        assertThat(heard.get(0).text().text()).isEqualTo("Ward 3");
        assertThat(unread).containsExactly("0102", "0100");
    }

    @Test
    void aClientAsksForWhatItHasSwitchedOn() {
        List<NewAlert> heard = client.hear(AlertNotificationService.NEW_ALERT, NewAlert.CODEC);
        List<String> unread = client.hear(AlertNotificationService.UNREAD_STATUS);
        phone.alerts().alert(AlertCategory.SCHEDULE, "Insulin");

        command(Command.NOTIFY_NEW_ALERTS_NOW, AlertCategory.ALL);
        command(Command.ENABLE_NEW_ALERTS, AlertCategory.SCHEDULE.code());
        command(Command.ENABLE_NEW_ALERTS, AlertCategory.NEWS.code());
        command(Command.NOTIFY_NEW_ALERTS_NOW, AlertCategory.ALL);
        command(Command.ENABLE_UNREAD_STATUS, AlertCategory.ALL);
        command(Command.NOTIFY_UNREAD_STATUS_NOW, AlertCategory.SCHEDULE.code());
        command(Command.DISABLE_UNREAD_STATUS, AlertCategory.ALL);
        command(Command.NOTIFY_UNREAD_STATUS_NOW, AlertCategory.SCHEDULE.code());

        assertThat(heard.stream().map(alert -> alert.category().orElseThrow() + " " + alert.count()))
                .containsExactly("NEWS 0", "SCHEDULE 1");
        assertThat(unread).containsExactly("0701");
    }

    @Test
    void whatWasSwitchedOnIsOffAfterTheLink() {
        command(Command.ENABLE_NEW_ALERTS, AlertCategory.ALL);
        client.link.close();
        Central next = new Central(room, phone.peripheral());
        List<String> heard = next.hear(AlertNotificationService.NEW_ALERT);

        phone.alerts().alert(AlertCategory.CALL, "Ward 3");
        room.clock.runUntilIdle();

        assertThat(heard).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"06 00", "FF FF", "00 0A", "00 FB"})
    void aCommandThatIsNotKnownIsRefused(String octets) {
        assertThat(client.refusal(AlertNotificationService.CONTROL_POINT, octets))
                .isEqualTo(AttMeaning.COMMAND_NOT_SUPPORTED);
    }

    @Test
    void onlySupportedCategoriesAreTold() {
        VirtualPeripheral pager = new VirtualPeripheral(room.air, "pager-1");
        AlertNotificationService alerts =
                new AlertNotificationService(pager, EnumSet.of(AlertCategory.HIGH_PRIORITIZED_ALERT));
        pager.appear();
        Central reader = new Central(room, pager);

        assertThat(reader.read(AlertNotificationService.SUPPORTED_NEW, AlertCategories.CODEC)
                        .categories())
                .containsExactly(AlertCategory.HIGH_PRIORITIZED_ALERT);
        assertThat(reader.refusal(AlertNotificationService.CONTROL_POINT, "0001"))
                .isEqualTo(AttMeaning.COMMAND_NOT_SUPPORTED);
        assertThat(reader.refusal(AlertNotificationService.CONTROL_POINT, "00"))
                .isEqualTo(AttMeaning.INVALID_ATTRIBUTE_VALUE_LENGTH);
        assertThatThrownBy(() -> alerts.alert(AlertCategory.EMAIL, "x")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> alerts.alert(AlertCategory.HIGH_PRIORITIZED_ALERT, "nineteen characters"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void thePhoneTellsTheTimeOfItsZone() {
        room.clock.advance(Duration.ofMillis(500));

        CurrentTime now = client.read(TimeService.CURRENT_TIME, CurrentTime.CODEC);
        LocalTimeInformation local = client.read(TimeService.LOCAL_TIME, LocalTimeInformation.CODEC);
        TimeWithDst next = client.read(TimeService.NEXT_DST, TimeWithDst.CODEC);

        assertThat(now.dateTime()).isEqualTo(DeviceDateTime.of(2026, 1, 1, 1, 0, 0));
        assertThat(now.dayOfWeek()).isEqualTo(4);
        assertThat(now.fractions256()).isEqualTo(128);
        assertThat(now.reasons()).isEmpty();
        assertThat(local.offsetMinutes()).hasValue(60);
        assertThat(next.dateTime()).isEqualTo(DeviceDateTime.of(2026, 3, 29, 3, 0, 0));
        assertThat(next.dstOffsetCode()).isEqualTo(4);
    }

    @Test
    void daylightSavingTimeIsToldWhenItBegins() {
        List<CurrentTime> heard = client.hear(TimeService.CURRENT_TIME, CurrentTime.CODEC);
        room.clock.advance(Duration.ofDays(87).plusHours(1));

        phone.time().changeDst();
        room.clock.runUntilIdle();

        assertThat(heard.get(0).reasons()).containsExactly(Reason.CHANGE_OF_DST);
        assertThat(heard.get(0).dateTime()).isEqualTo(DeviceDateTime.of(2026, 3, 29, 3, 0, 0));
        LocalTimeInformation local = client.read(TimeService.LOCAL_TIME, LocalTimeInformation.CODEC);
        assertThat(local.timeZoneCode()).isEqualTo(4);
        assertThat(local.offsetMinutes()).hasValue(120);
    }

    @Test
    void aZoneWithoutDaylightSavingTimeHasNoNextChange() {
        List<CurrentTime> heard = client.hear(TimeService.CURRENT_TIME, CurrentTime.CODEC);

        phone.time().travelTo(ZoneId.of("Asia/Kolkata"));
        room.clock.runUntilIdle();

        TimeWithDst next = client.read(TimeService.NEXT_DST, TimeWithDst.CODEC);
        assertThat(heard.get(0).reasons()).containsExactly(Reason.CHANGE_OF_TIME_ZONE);
        assertThat(heard.get(0).dateTime()).isEqualTo(DeviceDateTime.of(2026, 1, 1, 5, 30, 0));
        assertThat(client.read(TimeService.LOCAL_TIME, LocalTimeInformation.CODEC)
                        .offsetMinutes())
                .hasValue(330);
        assertThat(next.dateTime().year()).isZero();
        assertThat(next.dstOffsetCode()).isEqualTo(255);
    }

    @Test
    void aClientSetsTheClock() {
        List<CurrentTime> heard = client.hear(TimeService.CURRENT_TIME, CurrentTime.CODEC);

        client.write(TimeService.CURRENT_TIME, "EA07 01 01 0D 1E 00 04 00 01");
        room.clock.advance(Duration.ofMinutes(1));

        assertThat(heard.get(0).reasons()).isEqualTo(Set.of(Reason.MANUAL_UPDATE));
        assertThat(client.read(TimeService.CURRENT_TIME, CurrentTime.CODEC).dateTime())
                .isEqualTo(DeviceDateTime.of(2026, 1, 1, 13, 31, 0));
        assertThat(client.read(TimeService.REFERENCE_TIME, ReferenceTimeInformation.CODEC)
                        .source())
                .contains(Source.MANUAL);
    }

    @ParameterizedTest
    @CsvSource({
        "EA07 02 1E 0D 1E 00 04 00 01",
        "0000 00 00 0D 1E 00 04 00 01",
        "EA07 01 01 0D 1E 00 08 00 01",
        "EA07 01 01 0D 1E 00 04 00"
    })
    void aTimeThatDoesNotExistIsRefused(String octets) {
        assertThat(client.refusal(TimeService.CURRENT_TIME, octets)).isEqualTo(AttMeaning.DATA_FIELD_IGNORED);
        assertThat(client.read(TimeService.CURRENT_TIME, CurrentTime.CODEC).dateTime())
                .isEqualTo(DeviceDateTime.of(2026, 1, 1, 1, 0, 0));
    }

    @Test
    void anUpdateFromTheReferenceMakesTheClockRight() {
        List<CurrentTime> heard = client.hear(TimeService.CURRENT_TIME, CurrentTime.CODEC);
        phone.time().drift(Duration.ofMinutes(-7));
        assertThat(state()).isEqualTo(TimeUpdateState.of(State.IDLE, Result.UPDATE_NOT_ATTEMPTED_AFTER_RESET));

        client.writeUnanswered(TimeService.UPDATE_CONTROL_POINT, "01");
        assertThat(state().state()).contains(State.UPDATE_PENDING);
        client.writeUnanswered(TimeService.UPDATE_CONTROL_POINT, "01");
        room.clock.advance(TimeService.UPDATE);

        assertThat(state()).isEqualTo(TimeUpdateState.of(State.IDLE, Result.SUCCESSFUL));
        assertThat(heard).hasSize(1);
        assertThat(heard.get(0).reasons()).containsExactly(Reason.EXTERNAL_REFERENCE_UPDATE);
        assertThat(heard.get(0).dateTime()).isEqualTo(DeviceDateTime.of(2026, 1, 1, 1, 0, 3));
        room.clock.advance(Duration.ofHours(30));
        assertThat(client.read(TimeService.REFERENCE_TIME, ReferenceTimeInformation.CODEC)
                        .sinceUpdate())
                .contains(Duration.ofHours(30));
    }

    @Test
    void anUpdateIsCancelledOrFails() {
        client.writeUnanswered(TimeService.UPDATE_CONTROL_POINT, "01");
        client.writeUnanswered(TimeService.UPDATE_CONTROL_POINT, "02");
        room.clock.advance(TimeService.UPDATE);
        assertThat(state()).isEqualTo(TimeUpdateState.of(State.IDLE, Result.CANCELED));

        phone.time().reference(Reachability.UNREACHABLE);
        client.writeUnanswered(TimeService.UPDATE_CONTROL_POINT, "01");
        room.clock.advance(TimeService.UPDATE);

        assertThat(state()).isEqualTo(TimeUpdateState.of(State.IDLE, Result.NO_CONNECTION_TO_REFERENCE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "03", "0100"})
    void anUpdateThatIsNotUnderstoodIsPassedOver(String octets) {
        client.writeUnanswered(TimeService.UPDATE_CONTROL_POINT, octets);

        assertThat(state()).isEqualTo(TimeUpdateState.of(State.IDLE, Result.UPDATE_NOT_ATTEMPTED_AFTER_RESET));
        client.writeUnanswered(TimeService.UPDATE_CONTROL_POINT, "01");
        assertThat(state().state()).contains(State.UPDATE_PENDING);
    }

    private TimeUpdateState state() {
        return client.read(TimeService.UPDATE_STATE, TimeUpdateState.CODEC);
    }
}
