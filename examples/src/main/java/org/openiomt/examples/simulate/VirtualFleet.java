package org.openiomt.examples.simulate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.openiomt.ble.virtual.VirtualAir;
import org.openiomt.ble.virtual.VirtualCuff;
import org.openiomt.ble.virtual.VirtualHeartRateStrap;
import org.openiomt.ble.virtual.VirtualOximeter;
import org.openiomt.ble.virtual.VirtualThermometer;

/**
 * Cuffs, oximeters, straps and thermometers in turn. They have no clock: two readings within one second of a clock of seconds with
 * the same value would be one and the same.
 */
public final class VirtualFleet {
    private final Random random = new Random();
    private final List<Runnable> devices = new ArrayList<>();

    /** Puts devices into the air. */
    public VirtualFleet(VirtualAir air, int count) {
        for (int i = 0; i < count; i++) {
            String number = String.format(Locale.ROOT, "%04d", i + 1);
            devices.add(
                    switch (i % 4) {
                        case 0 -> cuff(new VirtualCuff(air, "cuff-" + number));
                        case 1 -> oximeter(new VirtualOximeter(air, "oximeter-" + number));
                        case 2 -> strap(new VirtualHeartRateStrap(air, "strap-" + number));
                        default -> thermometer(new VirtualThermometer(air, "thermometer-" + number));
                    });
        }
    }

    /** Lets every device measure once. */
    public void measure() {
        devices.forEach(Runnable::run);
    }

    private Runnable cuff(VirtualCuff cuff) {
        cuff.withoutClock();
        return () -> cuff.measure(110 + random.nextInt(30), 70 + random.nextInt(15), 85 + random.nextInt(15));
    }

    private Runnable oximeter(VirtualOximeter oximeter) {
        oximeter.withoutClock();
        return () -> oximeter.measure(92 + random.nextInt(7), 60 + random.nextInt(40));
    }

    private Runnable strap(VirtualHeartRateStrap strap) {
        strap.withoutClock();
        return () -> strap.measure(60 + random.nextInt(40));
    }

    private Runnable thermometer(VirtualThermometer thermometer) {
        thermometer.withoutClock();
        return () -> thermometer.measure("3" + (6 + random.nextInt(3)) + "." + random.nextInt(10));
    }
}
