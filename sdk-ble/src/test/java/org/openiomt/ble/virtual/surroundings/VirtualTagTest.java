package org.openiomt.ble.virtual.surroundings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.openiomt.ble.advertising.Advertisements;
import org.openiomt.ble.advertising.Eddystone;
import org.openiomt.ble.advertising.IBeacon;
import org.openiomt.ble.gatt.AttMeaning;
import org.openiomt.ble.profile.alert.AlertLevel;
import org.openiomt.ble.profile.alert.AlertLevel.Level;
import org.openiomt.ble.profile.alert.TxPowerLevel;
import org.openiomt.ble.testing.Central;
import org.openiomt.ble.testing.ManualAir;
import org.openiomt.ble.virtual.Faults;
import org.openiomt.core.model.Value.Opaque;
import org.openiomt.core.spi.Discovery;
import org.openiomt.core.wire.Decoded;
import org.openiomt.core.wire.MedicalFloat;
import org.openiomt.core.wire.Remainder;

class VirtualTagTest {
    private static final UUID OURS = UUID.fromString("f7826da6-4fa2-4e98-8024-bc5b71e0893e");

    private final ManualAir room = new ManualAir();
    private final VirtualTag tag = new VirtualTag(room.air, "tag-1", -8);

    @Test
    void aTagSoundsWhenAClientSaysSo() {
        Central client = new Central(room, tag.peripheral());

        client.writeUnanswered(VirtualTag.IMMEDIATE_ALERT, "02");
        assertThat(tag.sounding()).isEqualTo(Level.HIGH);
        client.writeUnanswered(VirtualTag.IMMEDIATE_ALERT, "03");
        assertThat(tag.sounding()).isEqualTo(Level.HIGH);
        client.writeUnanswered(VirtualTag.IMMEDIATE_ALERT, "01");
        assertThat(tag.sounding()).isEqualTo(Level.MILD);
        tag.silence();
        assertThat(tag.sounding()).isEqualTo(Level.NONE);
        client.writeUnanswered(VirtualTag.IMMEDIATE_ALERT, "02");
        client.link.close();

        assertThat(tag.sounding()).isEqualTo(Level.NONE);
    }

    @Test
    void aTagThatLosesItsLinkSoundsUntilSomebodyConnects() {
        Central client = new Central(room, tag.peripheral());
        assertThat(client.read(VirtualTag.LINK_LOSS_ALERT, AlertLevel.CODEC)).isEqualTo(AlertLevel.of(Level.NONE));
        client.write(VirtualTag.LINK_LOSS_ALERT, AlertLevel.CODEC, AlertLevel.of(Level.HIGH));
        assertThat(client.read(VirtualTag.LINK_LOSS_ALERT)).isEqualTo("02");

        tag.faults(Faults.NONE.withLinkLostAfter(0));
        assertThat(tag.sounding()).isEqualTo(Level.HIGH);
        tag.faults(Faults.NONE);
        new Central(room, tag.peripheral());

        assertThat(tag.sounding()).isEqualTo(Level.NONE);
    }

    @Test
    void aLinkThatIsClosedIsNotLost() {
        Central client = new Central(room, tag.peripheral());
        client.write(VirtualTag.LINK_LOSS_ALERT, "02");
        client.link.close();
        assertThat(tag.sounding()).isEqualTo(Level.NONE);

        Central again = new Central(room, tag.peripheral());
        again.write(VirtualTag.LINK_LOSS_ALERT, "02");
        tag.disconnect();

        assertThat(tag.sounding()).isEqualTo(Level.NONE);
    }

    @Test
    void aLevelThatThereIsNotIsRefused() {
        Central client = new Central(room, tag.peripheral());

        assertThat(client.refusal(VirtualTag.LINK_LOSS_ALERT, "03")).isEqualTo(AttMeaning.OUT_OF_RANGE);
        assertThat(client.refusal(VirtualTag.LINK_LOSS_ALERT, "")).isEqualTo(AttMeaning.INVALID_ATTRIBUTE_VALUE_LENGTH);
        assertThat(client.refusal(VirtualTag.LINK_LOSS_ALERT, "0100"))
                .isEqualTo(AttMeaning.INVALID_ATTRIBUTE_VALUE_LENGTH);
        assertThat(client.read(VirtualTag.LINK_LOSS_ALERT)).isEqualTo("00");
        assertThat(client.read(VirtualTag.TX_POWER, TxPowerLevel.CODEC).value()).isEqualTo(MedicalFloat.of(-8, 0));
    }

    @Test
    void aTagShoutsBeaconsThatEverybodyReads() {
        List<Discovery> seen = ManualAir.collect(room.transport.discoveries());
        Eddystone.Uid uid = new Eddystone.Uid(
                -21, Opaque.of(new byte[10]), Opaque.of(new byte[6]), OptionalInt.of(0), Remainder.NONE);

        tag.shout(OURS, 7, 300, -59);
        tag.shout(uid);
        room.clock.runUntilIdle();

        Map<String, Decoded<?>> last = Advertisements.of(seen.get(seen.size() - 1));
        assertThat(last.values().stream().<Object>map(Decoded::value))
                .containsExactlyInAnyOrder(new IBeacon(OURS, 7, 300, -59, Remainder.NONE), uid);
        assertThat(seen.get(seen.size() - 1).services()).contains("1802", "1803", "1804");
    }
}
