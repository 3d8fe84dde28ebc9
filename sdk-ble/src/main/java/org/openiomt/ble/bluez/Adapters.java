package org.openiomt.ble.bluez;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The adapters that BlueZ knows, and which of them is used: the chosen one, or the first that is on. Runs in the mailbox. */
final class Adapters {
    private final BluezObjects objects;
    private final Optional<String> chosen;

    /**
     * Looks at what BlueZ says.
     *
     * @param chosen a name or an address
     */
    Adapters(BluezObjects objects, Optional<String> chosen) {
        this.objects = objects;
        this.chosen = chosen;
    }

    List<BluezAdapter> all() {
        return objects.below("/", BluezObjects.ADAPTER).stream()
                .map(this::describe)
                .toList();
    }

    BluezAdapter describe(String path) {
        return new BluezAdapter(
                path.substring(path.lastIndexOf('/') + 1),
                text(path, "Address"),
                text(path, "Alias"),
                isOn(path),
                text(path, "PowerState").equals("off-blocked"),
                objects.is(path, BluezObjects.ADAPTER, "Discovering"));
    }

    /** Returns the path of the adapter to use: the one in use while it can be. */
    Optional<String> choose(@Nullable String inUse) {
        List<String> on = fitting().stream().filter(this::isOn).toList();
        return on.stream()
                .filter(path -> path.equals(inUse))
                .findFirst()
                .or(() -> on.stream().findFirst());
    }

    /** Returns why none can be used. */
    BluezException why() {
        List<String> fitting = fitting();
        String doing = chosen.map(which -> "using the adapter " + which).orElse("using Bluetooth");
        if (fitting.isEmpty()) {
            return BluezFaults.of(BluezFault.NO_ADAPTER, doing);
        }
        boolean isBlocked = fitting.stream().allMatch(path -> describe(path).isBlocked());
        return BluezFaults.of(isBlocked ? BluezFault.ADAPTER_BLOCKED : BluezFault.ADAPTER_OFF, doing);
    }

    private List<String> fitting() {
        return objects.below("/", BluezObjects.ADAPTER).stream()
                .filter(this::fits)
                .toList();
    }

    private boolean fits(String path) {
        return chosen.map(which ->
                        path.endsWith("/" + which) || text(path, "Address").equalsIgnoreCase(which))
                .orElse(true);
    }

    private boolean isOn(String path) {
        return objects.is(path, BluezObjects.ADAPTER, "Powered");
    }

    private String text(String path, String name) {
        return objects.get(path, BluezObjects.ADAPTER, name, String.class).orElse("");
    }
}
