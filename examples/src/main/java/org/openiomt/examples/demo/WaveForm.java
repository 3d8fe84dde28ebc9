package org.openiomt.examples.demo;

import org.openiomt.core.wire.MedicalFloat;
import org.openiomt.examples.patch.PatchInfo;

/**
 * Makes an ECG or a pulse wave of any heart rate, sample by sample. A beat is a sum of bells, each with a place in the beat
 * (0 to 1), a width and a height. Not for use by several threads at once.
 */
final class WaveForm {
    /** {place, width, height}: the P wave, Q, R, S and the T wave, in mV. */
    private static final double[][] ECG = {
        {0.18, 0.025, 0.15}, {0.265, 0.008, -0.12}, {0.28, 0.009, 1.15}, {0.297, 0.010, -0.25}, {0.52, 0.045, 0.32}
    };

    /** {place, width, height}: the systolic peak and the wave behind the notch. */
    private static final double[][] PULSE_WAVE = {{0.25, 0.085, 800}, {0.50, 0.10, 330}};

    private static final double BREATHS_PER_SECOND = 0.25;
    private static final double BREATH_DEPTH = 0.04;
    private static final double SECONDS_PER_MINUTE = 60;

    private final PatchInfo info;
    private double phase;
    private double seconds;

    /** Makes the wave of a patch. */
    WaveForm(PatchInfo info) {
        this.info = info;
    }

    /** Returns what an ECG patch says of itself: 250 samples in a second, steps of 0.005 mV. */
    static PatchInfo ecg() {
        return new PatchInfo(PatchInfo.Kind.ECG, 250, MedicalFloat.of(5, -3), MedicalFloat.of(0, 0));
    }

    /** Returns what a pulse wave patch says of itself: 100 samples in a second. */
    static PatchInfo pulseWave() {
        return new PatchInfo(PatchInfo.Kind.PULSE_WAVE, 100, MedicalFloat.of(1, 0), MedicalFloat.of(0, 0));
    }

    /** Returns the next samples at a heart rate in beats per minute. */
    int[] next(int count, double heartRate) {
        double[][] bells = info.kind() == PatchInfo.Kind.ECG ? ECG : PULSE_WAVE;
        double step = info.scale().toDouble();
        int[] samples = new int[count];
        for (int i = 0; i < count; i++) {
            double value = 0;
            for (double[] bell : bells) {
                double distance = (phase - bell[0]) / bell[1];
                value += bell[2] * Math.exp(-distance * distance / 2);
            }
            double breath = 1 + BREATH_DEPTH * Math.sin(2 * Math.PI * BREATHS_PER_SECOND * seconds);
            samples[i] = (int) Math.round(value * breath / step);
            phase = (phase + heartRate / SECONDS_PER_MINUTE / info.hertz()) % 1;
            seconds += 1.0 / info.hertz();
        }
        return samples;
    }
}
