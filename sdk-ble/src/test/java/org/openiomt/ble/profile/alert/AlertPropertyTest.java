package org.openiomt.ble.profile.alert;

import static org.openiomt.ble.conformance.ProfileValues.bits;
import static org.openiomt.ble.conformance.ProfileValues.texts;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.openiomt.ble.conformance.Laws;
import org.openiomt.core.wire.MedicalFloat;
import org.openiomt.core.wire.Remainder;

class AlertPropertyTest extends Laws {
    @Override
    protected List<Law<?>> laws() {
        Arbitrary<Integer> categories = Arbitraries.oneOf(
                Arbitraries.integers().between(0, 9), Arbitraries.integers().between(251, 255));
        Arbitrary<Integer> octets = Arbitraries.integers().between(0, 0xFF);
        return List.of(
                new Law<>(
                        AlertLevel.CODEC, Arbitraries.of(AlertLevel.Level.class).map(AlertLevel::of), true),
                new Law<>(
                        TxPowerLevel.CODEC,
                        Arbitraries.integers()
                                .between(-100, 20)
                                .map(level -> new TxPowerLevel(MedicalFloat.of(level, 0), Remainder.NONE)),
                        true),
                new Law<>(
                        AlertCategoryId.CODEC, categories.map(code -> new AlertCategoryId(code, Remainder.NONE)), true),
                new Law<>(AlertCategories.CODEC, bits(AlertCategory.class).map(AlertCategories::of), true),
                new Law<>(
                        AlertNotificationCommand.CODEC,
                        Combinators.combine(Arbitraries.of(AlertNotificationCommand.Command.class), categories)
                                .as(AlertNotificationCommand::of),
                        true),
                new Law<>(
                        UnreadAlertStatus.CODEC,
                        Combinators.combine(categories, octets)
                                .as((category, unread) -> new UnreadAlertStatus(category, unread, Remainder.NONE)),
                        true),
                new Law<>(
                        NewAlert.CODEC,
                        Combinators.combine(categories, octets, texts(18)).as(NewAlert::new),
                        false));
    }
}
