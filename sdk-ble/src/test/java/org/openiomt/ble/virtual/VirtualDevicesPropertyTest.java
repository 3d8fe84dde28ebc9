package org.openiomt.ble.virtual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.openiomt.ble.virtual.Property.READ;
import static org.openiomt.ble.virtual.Property.WRITE;
import static org.openiomt.ble.virtual.Property.WRITE_WITHOUT_RESPONSE;

import java.lang.reflect.Modifier;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import org.openiomt.ble.conformance.Vector;
import org.openiomt.ble.fuzz.Reflection;
import org.openiomt.ble.gatt.AttError;
import org.openiomt.ble.gatt.Gatt;
import org.openiomt.ble.profile.Profile;
import org.openiomt.ble.profile.Profiles;
import org.openiomt.ble.profile.alert.AlertCategory;
import org.openiomt.ble.profile.bloodpressure.BloodPressureFeature;
import org.openiomt.ble.profile.devicetime.DeviceTimeFeature;
import org.openiomt.ble.profile.environment.EnvironmentalReading;
import org.openiomt.ble.profile.fitness.Machine;
import org.openiomt.ble.profile.glucose.GlucoseMeasurement;
import org.openiomt.ble.profile.objecttransfer.ObjectType;
import org.openiomt.ble.profile.reconnection.ReconnectionFeatures;
import org.openiomt.ble.profile.recordaccess.RecordAccessMessage;
import org.openiomt.ble.profile.recordaccess.RecordFilter;
import org.openiomt.ble.profile.recordaccess.ResponseCode;
import org.openiomt.ble.testing.Central;
import org.openiomt.ble.testing.ManualAir;
import org.openiomt.ble.virtual.sport.VirtualCyclingSensor;
import org.openiomt.ble.virtual.sport.VirtualFitnessMachine;
import org.openiomt.ble.virtual.sport.VirtualLocationPod;
import org.openiomt.ble.virtual.sport.VirtualPowerMeter;
import org.openiomt.ble.virtual.sport.VirtualRunningSensor;
import org.openiomt.ble.virtual.surroundings.AlertNotificationService;
import org.openiomt.ble.virtual.surroundings.BinarySensorService;
import org.openiomt.ble.virtual.surroundings.BondManagementService;
import org.openiomt.ble.virtual.surroundings.EmergencyConfigurationService;
import org.openiomt.ble.virtual.surroundings.IndoorPositioningService;
import org.openiomt.ble.virtual.surroundings.ObjectTransferService;
import org.openiomt.ble.virtual.surroundings.TimeService;
import org.openiomt.ble.virtual.surroundings.VirtualEnvironmentSensor;
import org.openiomt.ble.virtual.surroundings.VirtualPhone;
import org.openiomt.ble.virtual.surroundings.VirtualTag;
import org.openiomt.core.spi.Channel;
import org.openiomt.core.spi.Link;
import org.openiomt.core.spi.LinkException;
import org.openiomt.core.spi.LinkState;
import org.openiomt.core.spi.RefusedException;
import org.openiomt.core.spi.WriteMode;
import org.openiomt.core.wire.Remainder;

/** Laws of every virtual device: whatever a client does to it, and in whatever order, it answers or refuses, and stays in order. */
class VirtualDevicesPropertyTest {
    private static final Map<Channel, List<byte[]>> KNOWN = new HashMap<>();

    /** Where a value goes on with what a clock says and not the client: fractions and reasons; flags and all that they decide. */
    private static final Map<Channel, Integer> OWN_FROM =
            Map.of(TimeService.CURRENT_TIME, 7, VirtualHealthSensor.CLOCK, 0);

    private static final Duration A_WHILE = Duration.ofSeconds(7);

    /** A device or, on a peripheral of its own, a service that any peripheral can carry; with something to tell. */
    @SuppressWarnings("ImmutableEnumChecker") // what makes a device keeps nothing
    private enum Maker {
        CUFF(VirtualCuff.class, VirtualCuff::new),
        ENHANCED_CUFF(
                VirtualCuff.class,
                (air, at) -> VirtualCuff.enhanced(air, at, EnumSet.allOf(BloodPressureFeature.Feature.class))),
        STRAP(VirtualHeartRateStrap.class, VirtualHeartRateStrap::new),
        SCALE(VirtualScale.class, VirtualScale::new),
        THERMOMETER(VirtualThermometer.class, VirtualThermometer::new),
        OXIMETER(VirtualOximeter.class, VirtualOximeter::new),
        METER(VirtualGlucoseMeter.class, Maker::meter),
        GLUCOSE_SENSOR(VirtualGlucoseSensor.class, VirtualGlucoseSensor::new),
        PUMP(VirtualInsulinPump.class, VirtualInsulinPump::new),
        BODY_SCALE(VirtualBodyCompositionScale.class, VirtualBodyCompositionScale::new),
        ACTIVITY(VirtualActivityMonitor.class, VirtualActivityMonitor::new),
        HEALTH_SENSOR(VirtualHealthSensor.class, (air, at) -> new VirtualHealthSensor(air, at, List.of(150_456L))),
        LOCATION(VirtualLocationPod.class, (air, at) -> new VirtualLocationPod(air, at, "home", "park")),
        RUNNING(VirtualRunningSensor.class, VirtualRunningSensor::new),
        CYCLING(VirtualCyclingSensor.class, VirtualCyclingSensor::new),
        POWER(VirtualPowerMeter.class, VirtualPowerMeter::new),
        MACHINE(VirtualFitnessMachine.class, (air, at) -> new VirtualFitnessMachine(air, at, Machine.INDOOR_BIKE)),
        ENVIRONMENT(
                VirtualEnvironmentSensor.class,
                (air, at) -> new VirtualEnvironmentSensor(
                        air, at, EnvironmentalReading.Kind.TEMPERATURE, EnvironmentalReading.Kind.HUMIDITY)),
        TAG(VirtualTag.class, (air, at) -> new VirtualTag(air, at, -20)),
        PHONE(VirtualPhone.class, (air, at) -> new VirtualPhone(air, at, ZoneId.of("UTC"))),
        TIME(TimeService.class, on(peripheral -> new TimeService(peripheral, ZoneId.of("Europe/Berlin")))),
        DEVICE_TIME(
                DeviceTimeService.class,
                on(peripheral -> new DeviceTimeService(
                        peripheral, EnumSet.complementOf(EnumSet.copyOf(DeviceTimeService.NOT_SERVED))))),
        DEVICE_TIME_PLAIN(
                DeviceTimeService.class,
                on(peripheral -> new DeviceTimeService(peripheral, Set.of(DeviceTimeFeature.Feature.EPOCH_YEAR_1900)))),
        RECONNECTION(
                ReconnectionService.class,
                on(peripheral ->
                        new ReconnectionService(peripheral, EnumSet.allOf(ReconnectionFeatures.Feature.class)))),
        AUTHORIZATION(
                AuthorizationService.class,
                on(peripheral -> new AuthorizationService(peripheral, Optional::of, value -> {}))),
        BOND(
                BondManagementService.class,
                on(peripheral -> new BondManagementService(peripheral, "me", Optional.of("7")))),
        BINARY(BinarySensorService.class, on(BinarySensorService::new)),
        EMERGENCY(
                EmergencyConfigurationService.class,
                on(peripheral -> new EmergencyConfigurationService(peripheral, 112, "call"))),
        INDOOR(IndoorPositioningService.class, on(peripheral -> new IndoorPositioningService(peripheral, "ward 3"))),
        ALERT(
                AlertNotificationService.class,
                on(peripheral -> new AlertNotificationService(peripheral, EnumSet.allOf(AlertCategory.class)))),
        OBJECTS(
                ObjectTransferService.class,
                on(peripheral -> new ObjectTransferService(peripheral, 4_096, Set.of(ObjectType.of(0x2AC4)))));

        private final Class<?> type;
        private final BiFunction<VirtualAir, String, VirtualPeripheral> maker;

        <D> Maker(Class<?> type, BiFunction<VirtualAir, String, D> maker) {
            this.type = type;
            this.maker = (air, at) -> {
                D made = maker.apply(air, at);
                return made instanceof VirtualDevice device ? device.peripheral() : (VirtualPeripheral) made;
            };
        }

        private static BiFunction<VirtualAir, String, VirtualPeripheral> on(
                Function<VirtualPeripheral, Object> service) {
            return (air, at) -> {
                VirtualPeripheral peripheral = new VirtualPeripheral(air, at);
                Objects.requireNonNull(service.apply(peripheral));
                peripheral.appear();
                return peripheral;
            };
        }

        private static VirtualGlucoseMeter meter(VirtualAir air, String address) {
            VirtualGlucoseMeter meter = new VirtualGlucoseMeter(air, address);
            for (int i = 0; i < 5; i++) {
                meter.measureMilligramPerDecilitre(100 + i);
            }
            return meter;
        }
    }

    private enum Act {
        READ,
        WRITE,
        WRITE_WITHOUT_RESPONSE,
        SUBSCRIBE,
        WAIT,
        RECONNECT
    }

    /**
     * Something that a client does.
     *
     * @param place which characteristic, counted from 0 and around
     * @param known which known value of the characteristic is written, counted around; -1 for octets of no sense
     * @param hex those, and what a known value is changed with
     * @param change how many octets at the end of a known value are replaced
     */
    private record Step(Act act, int place, int known, String hex, int change) {
        byte[] octets() {
            return HexFormat.of().parseHex(hex);
        }
    }

    @Provide
    Arbitrary<List<Step>> sessions() {
        return Combinators.combine(
                        Arbitraries.frequencyOf(
                                Tuple.of(5, Arbitraries.just(Act.WRITE)),
                                Tuple.of(2, Arbitraries.just(Act.READ)),
                                Tuple.of(2, Arbitraries.just(Act.SUBSCRIBE)),
                                Tuple.of(1, Arbitraries.of(Act.class))),
                        Arbitraries.integers().between(0, 39),
                        Arbitraries.integers().between(-1, 40),
                        Arbitraries.bytes().array(byte[].class).ofMaxSize(24).map(HexFormat.of()::formatHex),
                        Arbitraries.frequencyOf(
                                Tuple.of(3, Arbitraries.just(0)),
                                Tuple.of(1, Arbitraries.integers().between(1, 4))))
                .as(Step::new)
                .list()
                .ofMinSize(5)
                .ofMaxSize(40);
    }

    /** A client of one device. */
    private static final class Client {
        final ManualAir room = new ManualAir();
        final VirtualPeripheral peripheral;
        final List<Channel> channels;
        Link link;

        Client(Maker maker) {
            peripheral = maker.maker.apply(room.air, "dev-1");
            channels = List.copyOf(peripheral.characteristics().keySet());
            link = room.open(peripheral);
        }

        boolean can(Channel channel, org.openiomt.ble.virtual.Property... any) {
            Set<org.openiomt.ble.virtual.Property> properties =
                    Objects.requireNonNull(peripheral.characteristics().get(channel));
            return Stream.of(any).anyMatch(properties::contains);
        }

        /** Returns what came, or empty when it was refused as the protocol foresees. */
        <T> Optional<T> outcome(String what, CompletionStage<T> stage) {
            room.clock.runUntilIdle();
            CompletableFuture<T> future = stage.toCompletableFuture();
            assertThat(future).as(what).isDone();
            if (!future.isCompletedExceptionally()) {
                return Optional.ofNullable(future.join());
            }
            Throwable fault = ManualAir.faultOf(future);
            if (fault instanceof RefusedException refused) {
                assertThat(refused.code())
                        .as(what + ": the device itself failed")
                        .isNotEqualTo(AttError.UNLIKELY_ERROR);
            } else {
                assertThat(fault).as(what).isInstanceOf(LinkException.class);
                assertThat(link.state()).as(what + ": " + fault).isNotEqualTo(LinkState.OPEN);
            }
            return Optional.empty();
        }

        void connect() {
            link.close();
            room.clock.runUntilIdle();
            link = room.open(peripheral);
        }

        void perform(Step step) {
            if (link.state() != LinkState.OPEN) {
                connect();
            }
            Channel channel = channels.get(step.place % channels.size());
            String what = step + " on " + channel;
            switch (step.act) {
                case READ -> outcome(what, link.read(channel));
                case WRITE -> outcome(what, link.write(channel, octets(channel, step), WriteMode.WITH_RESPONSE));
                case WRITE_WITHOUT_RESPONSE ->
                    outcome(what, link.write(channel, octets(channel, step), WriteMode.WITHOUT_RESPONSE));
                case SUBSCRIBE -> outcome(what, link.subscribe(channel, octets -> decode(channel, octets)));
                case WAIT -> room.clock.advance(A_WHILE);
                case RECONNECT -> connect();
            }
        }
    }

    private static byte[] octets(Channel channel, Step step) {
        List<byte[]> known = known(channel);
        if (step.known < 0 || known.isEmpty()) {
            return step.octets();
        }
        byte[] value = known.get(step.known % known.size()).clone();
        byte[] replacement = step.octets();
        for (int i = 0; i < Math.min(step.change, Math.min(value.length, replacement.length)); i++) {
            value[value.length - 1 - i] = replacement[i];
        }
        return value;
    }

    private static List<byte[]> known(Channel channel) {
        return KNOWN.computeIfAbsent(
                channel,
                key -> profile(channel).stream()
                        .flatMap(Vector::octets)
                        .filter(octets -> octets.length <= 100)
                        .toList());
    }

    private static Optional<Profile<?>> profile(Channel channel) {
        return Profiles.find(Gatt.characteristic(channel));
    }

    /** What a device says must be understood. */
    private static void decode(Channel channel, byte[] octets) {
        profile(channel).ifPresent(profile -> profile.codec().decode(octets));
    }

    @Property(tries = 1500)
    void whateverAClientDoesIsAnsweredOrRefused(@ForAll Maker maker, @ForAll("sessions") List<Step> steps) {
        Client client = new Client(maker);
        steps.forEach(client::perform);
        client.room.clock.advance(Duration.ofMinutes(5));
        client.connect();
        for (Channel channel : client.channels) {
            if (client.can(channel, READ)) {
                client.outcome("reading " + channel, client.link.read(channel))
                        .ifPresent(octets -> decode(channel, octets));
            }
        }
    }

    @Property(tries = 1500)
    void whatIsAcceptedCanBeReadBack(@ForAll Maker maker, @ForAll("sessions") List<Step> steps) {
        Client client = new Client(maker);
        for (Step step : steps) {
            client.perform(step);
            if (client.link.state() != LinkState.OPEN) {
                client.connect();
            }
            Channel channel = client.channels.get(step.place % client.channels.size());
            if (client.can(channel, READ) && client.can(channel, WRITE, WRITE_WITHOUT_RESPONSE)) {
                byte[] value = octets(channel, step);
                CompletableFuture<Void> written = client.link
                        .write(channel, value, WriteMode.WITH_RESPONSE)
                        .toCompletableFuture();
                client.outcome("writing " + channel, written);
                if (!written.isCompletedExceptionally()) {
                    byte[] read = client.room.now(client.link.read(channel));
                    int kept = OWN_FROM.getOrDefault(channel, value.length);
                    assertThat(Arrays.copyOf(read, kept))
                            .as(channel + " of " + maker)
                            .isEqualTo(Arrays.copyOf(value, kept));
                }
            }
        }
    }

    @Example
    void noDeviceAndNoServiceIsForgotten() {
        assertThat(Reflection.classes().stream()
                        .filter(type ->
                                Modifier.isPublic(type.getModifiers()) && !Modifier.isAbstract(type.getModifiers()))
                        .filter(type -> VirtualDevice.class.isAssignableFrom(type)
                                || (type.getSimpleName().endsWith("Service")
                                        && Stream.of(type.getConstructors())
                                                .anyMatch(made -> made.getParameterCount() > 0
                                                        && made.getParameterTypes()[0] == VirtualPeripheral.class))))
                .isNotEmpty()
                .allMatch(type -> Stream.of(Maker.values()).anyMatch(maker -> maker.type == type));
    }

    /**
     * What is asked of stored records.
     *
     * @param opCode report, count or delete
     * @param operator which records: all, at most, at least, within, first, last
     * @param least the first number
     * @param most the last number
     */
    private record Asked(int opCode, int operator, int least, int most) {
        byte[] octets() {
            boolean hasLeast = operator == RecordAccessMessage.AT_LEAST || operator == RecordAccessMessage.WITHIN;
            boolean hasMost = operator == RecordAccessMessage.AT_MOST || operator == RecordAccessMessage.WITHIN;
            Optional<RecordFilter> filter = hasLeast || hasMost
                    ? Optional.of(new RecordFilter.ByNumber(
                            hasLeast ? OptionalInt.of(least) : OptionalInt.empty(),
                            hasMost ? OptionalInt.of(most) : OptionalInt.empty()))
                    : Optional.empty();
            return RecordAccessMessage.CODEC.encode(
                    new RecordAccessMessage.Request(opCode, operator, filter, Remainder.NONE));
        }

        List<Integer> among(List<Integer> stored) {
            return switch (operator) {
                case RecordAccessMessage.ALL -> stored;
                case RecordAccessMessage.AT_MOST ->
                    stored.stream().filter(number -> number <= most).toList();
                case RecordAccessMessage.AT_LEAST ->
                    stored.stream().filter(number -> number >= least).toList();
                case RecordAccessMessage.WITHIN ->
                    stored.stream()
                            .filter(number -> number >= least && number <= most)
                            .toList();
                case RecordAccessMessage.FIRST -> stored.subList(0, Math.min(1, stored.size()));
                default -> stored.subList(Math.max(0, stored.size() - 1), stored.size());
            };
        }
    }

    @Provide
    Arbitrary<List<Asked>> requests() {
        Arbitrary<Integer> number = Arbitraries.integers().between(0, 14);
        return Combinators.combine(
                        Arbitraries.of(
                                RecordAccessMessage.REPORT, RecordAccessMessage.COUNT, RecordAccessMessage.DELETE),
                        Arbitraries.integers().between(RecordAccessMessage.ALL, RecordAccessMessage.LAST),
                        number,
                        number)
                .as((opCode, operator, one, other) ->
                        new Asked(opCode, operator, Math.min(one, other), Math.max(one, other)))
                .list()
                .ofMinSize(1)
                .ofMaxSize(8);
    }

    @Property(tries = 200)
    void theRecordsThatAreAskedForAreThoseThatAreStored(
            @ForAll @IntRange(max = 12) int measured, @ForAll("requests") List<Asked> requests) {
        ManualAir room = new ManualAir();
        VirtualGlucoseMeter meter = new VirtualGlucoseMeter(room.air, "meter-1");
        for (int i = 0; i < measured; i++) {
            meter.measureMilligramPerDecilitre(100 + i);
        }
        Central client = new Central(
                room, meter.peripheral(), VirtualGlucoseMeter.MEASUREMENT, VirtualGlucoseMeter.CONTROL_POINT);
        List<Integer> stored =
                new ArrayList<>(IntStream.rangeClosed(1, measured).boxed().toList());
        for (Asked asked : requests) {
            List<Integer> meant = List.copyOf(asked.among(stored));
            RecordAccessMessage answer =
                    RecordAccessMessage.CODEC.decode(client.ask(VirtualGlucoseMeter.CONTROL_POINT, asked.octets()));

            List<Integer> heard = client.heard(VirtualGlucoseMeter.MEASUREMENT, GlucoseMeasurement.CODEC).stream()
                    .map(GlucoseMeasurement::sequenceNumber)
                    .toList();
            assertThat(heard).isEqualTo(asked.opCode() == RecordAccessMessage.REPORT ? meant : List.of());
            if (asked.opCode() == RecordAccessMessage.COUNT) {
                assertThat(answer).isEqualTo(RecordAccessMessage.Count.of(meant.size()));
            } else {
                assertThat(answer)
                        .isEqualTo(RecordAccessMessage.Response.of(
                                asked.opCode(),
                                meant.isEmpty() ? ResponseCode.NO_RECORDS_FOUND : ResponseCode.SUCCESS));
            }
            if (asked.opCode() == RecordAccessMessage.DELETE) {
                stored.removeAll(meant);
            }
            assertThat(meter.stored()).isEqualTo(stored.size());
        }
    }
}
