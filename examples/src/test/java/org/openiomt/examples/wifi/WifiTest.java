package org.openiomt.examples.wifi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.openiomt.ble.Ble;
import org.openiomt.ble.virtual.VirtualAir;
import org.openiomt.ble.virtual.VirtualCuff;
import org.openiomt.ble.virtual.VirtualGlucoseMeter;
import org.openiomt.ble.virtual.VirtualHeartRateStrap;
import org.openiomt.ble.virtual.VirtualOximeter;
import org.openiomt.ble.virtual.VirtualThermometer;
import org.openiomt.core.gateway.Gateway;
import org.openiomt.core.json.ObservationJson;
import org.openiomt.core.json.ObservationText;
import org.openiomt.core.model.DeviceEvent;
import org.openiomt.core.model.DeviceState;
import org.openiomt.core.model.Observation;
import org.openiomt.core.nomenclature.Mdc;
import org.openiomt.core.spi.Scheduler;
import org.openiomt.core.spi.Transport;
import org.openiomt.examples.CommandRun;
import org.openiomt.examples.cli.Open;

/** The drivers of Bluetooth over secure TCP: nothing that an application sees is different. */
@Timeout(60)
class WifiTest {
    private static final long SECONDS = 30;

    @Test
    void commandPrintsAReadingOfEachDevice() {
        CommandRun run = CommandRun.of("wifi");

        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        assertThat(run.out().lines().sorted())
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("cuff-1 ").contains("blood pressure  120/80 (93) mm[Hg]"),
                        line -> assertThat(line).startsWith("strap-1 ").contains("heart rate  72 /min"),
                        line -> assertThat(line).startsWith("thermometer-1 ").contains("36.80 Cel"));
    }

    @Test
    void everyObservationIsTheSameOverTheAirAndOverSecureTcp() throws Exception {
        Map<String, List<String>> air = observed((open, room) -> Ble.simulated(room.air));
        Map<String, List<String>> wifi = observed((open, room) ->
                open.add(new WifiDevices(Ble.simulated(room.air), room.time)).transport());

        assertThat(air).hasSizeGreaterThan(10).containsKeys("meter-1 160184", "strap-1 147842");
        assertThat(air.get("meter-1 160184")).hasSize(51);
        assertThat(wifi).isEqualTo(air);
    }

    /** The devices, and what they measure: before the gateway has come, and when it is there. */
    private static final class Room {
        private final Scheduler time;
        private final VirtualAir air;
        private final Map<String, Runnable> measuring = new TreeMap<>();

        Room(Open open) {
            time = open.add(new FixedTime());
            air = open.add(new VirtualAir(time));
            VirtualCuff cuff = new VirtualCuff(air, "cuff-1");
            cuff.measure(118, 76, 90, 64);
            measuring.put("cuff-1", () -> {
                cuff.measure(120, 80, 93);
                cuff.fail();
                cuff.measure(99, 60, 73);
            });
            VirtualHeartRateStrap strap = new VirtualHeartRateStrap(air, "strap-1");
            measuring.put("strap-1", () -> {
                for (int i = 60; i < 100; i++) {
                    strap.measure(i);
                }
            });
            VirtualThermometer thermometer = new VirtualThermometer(air, "thermometer-1");
            measuring.put("thermometer-1", () -> {
                thermometer.measure("37.60");
                thermometer.measure("41.0");
            });
            VirtualOximeter oximeter = new VirtualOximeter(air, "oximeter-1");
            measuring.put("oximeter-1", () -> {
                oximeter.measure(97, 61);
                oximeter.measure(88, 99);
            });
            VirtualGlucoseMeter meter = new VirtualGlucoseMeter(air, "meter-1");
            for (int i = 0; i < 50; i++) {
                meter.measureMilligramPerDecilitre(100 + i); // stored: fetched by a procedure with indications
            }
            measuring.put("meter-1", () -> meter.measureMilligramPerDecilitre(77));
        }
    }

    /** Returns what an application has seen: by device and type, in order. */
    private static Map<String, List<String>> observed(BiFunction<Open, Room, Transport> way) throws Exception {
        Map<String, List<String>> observed = new TreeMap<>();
        try (Open open = new Open()) {
            Room room = new Room(open);
            BlockingQueue<Observation> all = new LinkedBlockingQueue<>();
            BlockingQueue<String> ready = new LinkedBlockingQueue<>();
            Gateway gateway = open.add(Gateway.builder()
                    .transport(way.apply(open, room))
                    .scheduler(room.time)
                    .build());
            gateway.onObservation(all::add);
            gateway.onEvent(event -> {
                if (event instanceof DeviceEvent.StateChanged changed && changed.to() == DeviceState.READY) {
                    ready.add(changed.device().value());
                }
            });
            gateway.start();
            for (int i = 0; i < room.measuring.size(); i++) {
                Objects.requireNonNull(room.measuring.get(ready.poll(SECONDS, TimeUnit.SECONDS)), "a session")
                        .run();
            }
            Set<String> missing = new TreeSet<>();
            room.measuring.keySet().forEach(device -> missing.addAll(List.of(device + " last", device + " battery")));
            while (!missing.isEmpty()) {
                Observation next = all.poll(SECONDS, TimeUnit.SECONDS);
                assertThat(next).as("waiting for %s", missing).isNotNull();
                observed.computeIfAbsent(next.device() + " " + next.type(), any -> new ArrayList<>())
                        .add(withoutId(next));
                if (isLast(next)) {
                    missing.remove(next.device() + " last");
                } else if (next.type().equals(Mdc.MDC_ATTR_VAL_BATT_CHARGE)) {
                    missing.remove(next.device() + " battery");
                }
            }
        }
        return observed;
    }

    /** All of it but the id: where the device says no time, that counts what has come, and the order of devices is anybody's. */
    private static String withoutId(Observation observation) {
        String json = ObservationJson.write(observation);
        String id = "\"id\":\"" + observation.id() + "\",";
        assertThat(json).contains(id);
        return json.replace(id, "").replaceAll("\"derivedFrom\":\\[[^]]*]", "");
    }

    private static boolean isLast(Observation observation) {
        String text = ObservationText.line(observation);
        return switch (observation.device().value()) {
            case "cuff-1" -> text.contains("99/60");
            case "strap-1" -> text.contains(" 99 /min");
            case "thermometer-1" -> text.contains(" 41.0 ");
            case "oximeter-1" -> text.contains(" 99 /min");
            default -> text.contains(" 77 ");
        };
    }
}
