package org.openiomt.ble.fuzz;

import java.util.ArrayList;
import java.util.List;

/** All targets: found by looking at every class of the library, and the streams. */
final class FuzzTargets {
    private FuzzTargets() {}

    /** Returns all targets, in an order that is always the same. */
    static List<FuzzTarget> all() {
        List<FuzzTarget> targets = new ArrayList<>(List.of(StreamTarget.values()));
        for (Class<?> owner : Reflection.classes()) {
            boolean isDevice = owner.getPackageName().endsWith(".virtual"); // names codecs of others
            if (!isDevice && DecoderTarget.has(owner)) {
                targets.addAll(DecoderTarget.of(owner));
            }
        }
        return targets;
    }

    /** Returns one target; initialises no class but those that it needs. */
    static FuzzTarget named(String name) {
        for (StreamTarget stream : StreamTarget.values()) {
            if (stream.name().equals(name)) {
                return stream;
            }
        }
        return DecoderTarget.of(Reflection.named(name.replaceFirst("#.*", ""))).stream()
                .filter(target -> target.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no target is called " + name));
    }
}
