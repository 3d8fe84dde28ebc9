package org.openiomt.ble.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.openiomt.ble.Ble;
import org.openiomt.ble.virtual.VirtualAir;
import org.openiomt.ble.virtual.VirtualCuff;
import org.openiomt.ble.virtual.VirtualGlucoseMeter;
import org.openiomt.core.gateway.Gateway;
import org.openiomt.core.model.Observation;
import org.openiomt.core.model.Value;
import org.openiomt.core.nomenclature.Mdc;

/** The gateway and the air as an application has them: with threads of their own and the system clock. */
class RealThreadsTest {
    private static final int RECORDS = 2_000;
    private static final int PRESSURES = 1_000;

    @Test
    void everyStoredReadingComesOnceAndInOrder() throws InterruptedException {
        CountDownLatch all = new CountDownLatch(RECORDS + PRESSURES);
        List<Observation> glucose = Collections.synchronizedList(new ArrayList<>());
        List<Observation> pressures = Collections.synchronizedList(new ArrayList<>());
        try (VirtualAir air = new VirtualAir();
                Gateway gateway =
                        Gateway.builder().transport(Ble.simulated(air)).build()) {
            VirtualGlucoseMeter meter = new VirtualGlucoseMeter(air, "meter-1");
            VirtualCuff cuff = new VirtualCuff(air, "cuff-1");
            for (int i = 0; i < RECORDS; i++) {
                meter.measureMilligramPerDecilitre(i % 2_000);
            }
            for (int i = 0; i < PRESSURES; i++) {
                cuff.measure(i, 80, 93);
            }
            gateway.onObservation(observation -> {
                if (observation.type().equals(Mdc.MDC_CONC_GLU_CAPILLARY_WHOLEBLOOD)) {
                    glucose.add(observation);
                    all.countDown();
                } else if (observation.type().equals(Mdc.MDC_PRESS_BLD_NONINV)) {
                    pressures.add(observation);
                    all.countDown();
                }
            });
            gateway.start();
            assertThat(all.await(60, TimeUnit.SECONDS)).isTrue();
        }

        assertThat(glucose)
                .hasSize(RECORDS)
                .extracting(one -> mantissa(one.value()))
                .isSorted();
        assertThat(pressures)
                .hasSize(PRESSURES)
                .extracting(one -> mantissa(
                        ((Value.Compound) one.value()).components().get(0).value()))
                .isSorted();
    }

    private static long mantissa(Value value) {
        return ((Value.Numeric) value).quantity().value().mantissa();
    }
}
