package org.openiomt.ble.profile.userdata;

import static org.openiomt.ble.conformance.ProfileValues.optionalInts;
import static org.openiomt.ble.conformance.ProfileValues.scalars;
import static org.openiomt.ble.conformance.ProfileValues.texts;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.time.api.Dates;
import org.openiomt.ble.conformance.Laws;
import org.openiomt.ble.profile.Segmented;
import org.openiomt.ble.profile.userdata.HighIntensityThreshold.Measure;
import org.openiomt.ble.profile.userdata.UserControlMessage.Outcome;
import org.openiomt.ble.profile.userdata.UserControlMessage.Response;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.MedicalFloat;
import org.openiomt.core.wire.Remainder;

class UserDataPropertyTest extends Laws {
    private static final Arbitrary<Integer> OCTETS = Arbitraries.integers().between(0, 0xFF);

    @Override
    protected List<Law<?>> laws() {
        List<Law<?>> laws = new ArrayList<>();
        for (UserNumber.Kind kind : UserNumber.Kind.values()) {
            laws.add(new Law<>(kind.profile().codec(), scalars(kind.scalar()).map(kind::of), true));
        }
        laws.add(new Law<>(UserDate.CODEC, dates(), true));
        laws.add(zones(HeartRateZones.THREE, 2));
        laws.add(zones(HeartRateZones.FOUR, 3));
        laws.add(zones(HeartRateZones.FIVE, 4));
        laws.add(new Law<>(Gender.CODEC, Arbitraries.of(Gender.Meaning.class).map(Gender::of), true));
        laws.add(new Law<>(
                Handedness.CODEC, Arbitraries.of(Handedness.Meaning.class).map(Handedness::of), true));
        laws.add(new Law<>(
                ThresholdSportType.CODEC,
                Arbitraries.of(ThresholdSportType.Sport.class).map(ThresholdSportType::of),
                true));
        laws.add(new Law<>(
                DeviceWearingPosition.CODEC,
                Arbitraries.of(DeviceWearingPosition.Position.class).map(DeviceWearingPosition::of),
                true));
        laws.add(new Law<>(
                PreferredUnits.CODEC,
                Arbitraries.integers()
                        .between(0, 0xFFFF)
                        .list()
                        .ofMaxSize(20)
                        .map(units -> new PreferredUnits(units, Remainder.NONE)),
                false)); // two octets more are one unit more
        laws.add(new Law<>(HighIntensityThreshold.CODEC, thresholds(), true));
        laws.add(new Law<>(ActivityGoal.CODEC, goals(), true));
        laws.add(new Law<>(UserControlMessage.CODEC, messages(), true));
        laws.add(new Law<>(RegisteredUser.CODEC, packets(false), true));
        laws.add(new Law<>(RegisteredUser.CODEC, packets(true), false));
        laws.add(new Law<>(RegisteredUser.WHOLE, users(false), true));
        return laws;
    }

    private static Arbitrary<UserDate> dates() {
        return Arbitraries.oneOf(
                Dates.dates()
                        .between(LocalDate.of(1582, 1, 1), LocalDate.of(9999, 12, 31))
                        .map(UserDate::from),
                Combinators.combine(
                                Arbitraries.of(0, 1582, 1980, 9999),
                                Arbitraries.integers().between(0, 12),
                                Arbitraries.integers().between(0, 28))
                        .as((year, month, day) -> new UserDate(year, month, day, Remainder.NONE)));
    }

    private static Law<HeartRateZones> zones(Codec<HeartRateZones> codec, int limits) {
        return new Law<>(
                codec, OCTETS.list().ofSize(limits).map(list -> new HeartRateZones(list, Remainder.NONE)), true);
    }

    private static Arbitrary<HighIntensityThreshold> thresholds() {
        return Arbitraries.oneOf(
                Arbitraries.just(new HighIntensityThreshold(0, Optional.empty(), Remainder.NONE)),
                Arbitraries.integers()
                        .between(0, 0xFFFF)
                        .map(number -> HighIntensityThreshold.of(Measure.ENERGY_PER_HOUR, MedicalFloat.of(number, 0))),
                OCTETS.map(
                        number -> HighIntensityThreshold.of(Measure.METABOLIC_EQUIVALENT, MedicalFloat.of(number, -1))),
                OCTETS.map(number -> HighIntensityThreshold.of(Measure.HEART_RATE, MedicalFloat.of(number, 0))));
    }

    private static Arbitrary<ActivityGoal> goals() {
        return Combinators.combine(
                        optionalInts(0, 0xFFFF),
                        optionalInts(0, 0xFFFFFF),
                        optionalInts(0, 0xFFFFFF),
                        optionalInts(0, 0xFFFFFF),
                        optionalInts(0, 0xFFFFFF),
                        optionalInts(0, 0xFFFFFF),
                        optionalInts(0, 0xFFFFFF))
                .as((energy, walking, intensity, floors, distance, time, intensityTime) -> new ActivityGoal(
                        energy, walking, intensity, floors, distance, time, intensityTime, Remainder.NONE));
    }

    private static Arbitrary<UserControlMessage> messages() {
        Arbitrary<Integer> codes = Arbitraries.integers().between(0, UserControlMessage.MAX_CONSENT_CODE);
        return Arbitraries.oneOf(
                codes.map(UserControlMessage.Register::of),
                Combinators.combine(OCTETS, codes).as(UserControlMessage.Consent::of),
                Arbitraries.of(
                        new UserControlMessage.DeleteData(Remainder.NONE),
                        new UserControlMessage.ListUsers(Remainder.NONE)),
                OCTETS.map(UserControlMessage.DeleteUser::of),
                Combinators.combine(
                                Arbitraries.of(
                                        UserControlMessage.REGISTER,
                                        UserControlMessage.LIST_USERS,
                                        UserControlMessage.DELETE_USER),
                                OCTETS)
                        .as(Response::done),
                Combinators.combine(OCTETS, Arbitraries.of(Outcome.class).filter(outcome -> outcome != Outcome.SUCCESS))
                        .as(Response::of));
    }

    private static Arbitrary<RegisteredUser> users(boolean isNamed) {
        return isNamed
                ? Combinators.combine(OCTETS, texts(20), Arbitraries.of(true, false))
                        .as((index, name, isCut) -> new RegisteredUser(index, Optional.of(name), isCut, Remainder.NONE))
                : OCTETS.map(index -> new RegisteredUser(index, Optional.empty(), false, Remainder.NONE));
    }

    private static Arbitrary<Segmented<RegisteredUser>> packets(boolean isNamed) {
        return Combinators.combine(Arbitraries.integers().between(0, 63), users(isNamed))
                .as(Segmented::whole);
    }
}
