package org.openiomt.ble.quirk;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.openiomt.core.model.DeviceDescription;
import org.openiomt.core.wire.Crc16;

/**
 * What one make of device does otherwise than the standard says.
 *
 * @param device the make, for people
 * @param selector which devices it holds for
 * @param effects what they do
 */
public record Quirk(String device, Selector selector, List<Effect> effects) {
    /** Checks and copies. */
    public Quirk {
        Objects.requireNonNull(device, "device");
        Objects.requireNonNull(selector, "selector");
        effects = List.copyOf(effects);
    }

    /**
     * Chooses devices by the beginnings of what they say about themselves, upper or lower case. What is empty is not asked for. A
     * device is chosen when all of maker, model and firmware fit, or when it advertises the name.
     *
     * @param manufacturer how the maker's name begins
     * @param model how the model's name begins
     * @param firmware how the revision of the firmware begins
     * @param name how the advertised name begins
     */
    public record Selector(
            Optional<String> manufacturer, Optional<String> model, Optional<String> firmware, Optional<String> name) {
        /** Checks that something is asked for. */
        public Selector {
            if (manufacturer.isEmpty() && model.isEmpty() && firmware.isEmpty() && name.isEmpty()) {
                throw new IllegalArgumentException("a quirk of every device is none");
            }
        }

        /** Chooses by maker and model, or by the advertised name. */
        public static Selector of(String manufacturer, String model, String name) {
            return new Selector(Optional.of(manufacturer), Optional.of(model), Optional.empty(), Optional.of(name));
        }

        /** Chooses by maker and model. */
        public static Selector ofModel(String manufacturer, String model) {
            return new Selector(Optional.of(manufacturer), Optional.of(model), Optional.empty(), Optional.empty());
        }

        /** Chooses by maker. */
        public static Selector ofMaker(String manufacturer) {
            return new Selector(Optional.of(manufacturer), Optional.empty(), Optional.empty(), Optional.empty());
        }

        /** Chooses by the advertised name. */
        public static Selector ofName(String name) {
            return new Selector(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(name));
        }

        /** Whether a device is chosen. */
        public boolean chooses(Optional<String> advertised, DeviceDescription device) {
            boolean asksForIdentity = manufacturer.isPresent() || model.isPresent() || firmware.isPresent();
            return (asksForIdentity
                            && fits(manufacturer, device.manufacturer())
                            && fits(model, device.model())
                            && fits(firmware, device.firmware()))
                    || (name.isPresent() && fits(name, advertised));
        }

        private static boolean fits(Optional<String> beginning, Optional<String> text) {
            return beginning.isEmpty()
                    || text.filter(all -> all.strip()
                                    .toLowerCase(Locale.ROOT)
                                    .startsWith(beginning.get().toLowerCase(Locale.ROOT)))
                            .isPresent();
        }
    }

    /** What a device does otherwise. */
    public sealed interface Effect {}

    /**
     * Its values of a characteristic have another form, which the codec can read after their octets were put in order.
     *
     * @param characteristic 4 upper-case hexadecimal digits
     * @param rewrite from the form of the device to that of the standard
     */
    public record Form(String characteristic, Rewrite rewrite) implements Effect {}

    /**
     * Its end-to-end check sums are computed in another way: the context of the codecs of glucose monitoring and insulin delivery.
     *
     * @param algorithm how
     */
    public record CheckSum(Crc16 algorithm) implements Effect {}

    /** It writes amounts of insulin in 4 octets in place of 2, and protects them by nothing: the context of insulin delivery. */
    public record WideAmounts() implements Effect {}

    /**
     * It wants to be told the time before anything else, or its records bear a wrong one for ever.
     *
     * @param service the service of the characteristic, 4 lower-case hexadecimal digits
     * @param characteristic where the time is written, 4 lower-case hexadecimal digits
     */
    public record ClockFirst(String service, String characteristic) implements Effect {}

    /**
     * It must be paired before it gives values.
     *
     * @param how what its user must do
     */
    public record PairFirst(String how) implements Effect {}

    /** It sends what it has stored as soon as somebody subscribes, and is not asked for records. */
    public record SendsUnasked() implements Effect {}

    /**
     * It sends what the standard reserves or does not foresee; lenient codecs keep it, so nothing is changed.
     *
     * @param characteristic 4 upper-case hexadecimal digits
     * @param what what it sends
     */
    public record Tolerated(String characteristic, String what) implements Effect {}
}
