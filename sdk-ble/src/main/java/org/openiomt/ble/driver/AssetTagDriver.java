package org.openiomt.ble.driver;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.openiomt.ble.gatt.Gatt;
import org.openiomt.ble.gatt.GattSession;
import org.openiomt.ble.profile.alert.AlertLevel;
import org.openiomt.ble.profile.alert.AlertLevel.Level;
import org.openiomt.core.model.Command;
import org.openiomt.core.model.CommandResult;
import org.openiomt.core.model.Value;
import org.openiomt.core.spi.Channel;

/**
 * Tags that can be found: they measure nothing but their battery, and ring by command. Both commands take how loud as the
 * argument {@value #LEVEL}, a text: none, mild or high.
 *
 * <pre>
 * command        does                                              answer
 * alert          rings now, until it is told none or the link ends NoAnswer after 0 s: the service has no answer
 * alert-on-loss  rings when the link is lost                       Done
 * </pre>
 */
public final class AssetTagDriver extends StandardDriver {
    /** The command that makes a tag ring. */
    public static final String ALERT = "alert";

    /** The command that makes a tag ring when the link is lost. */
    public static final String ALERT_ON_LOSS = "alert-on-loss";

    /** The argument of both: how loud. */
    public static final String LEVEL = "level";

    private static final Channel IMMEDIATE_ALERT = Gatt.channel("1802", "2a06");
    private static final Channel LINK_LOSS_ALERT = Gatt.channel("1803", "2a06");
    private static final Map<String, Level> LEVELS = Map.of("none", Level.NONE, "mild", Level.MILD, "high", Level.HIGH);

    /** For the service loader. */
    public AssetTagDriver() {
        super("org.openiomt.asset-tag", "Asset tag", List.of("1803", "1802"), List.of(), List.of());
    }

    @Override
    CompletionStage<Boolean> attach(GattSession gatt) {
        if (gatt.has(IMMEDIATE_ALERT)) {
            gatt.onCommand(
                    ALERT,
                    command -> withLevel(
                            command,
                            level -> gatt.send(IMMEDIATE_ALERT, AlertLevel.CODEC, level)
                                    .thenApply(sent -> new CommandResult.NoAnswer(Duration.ZERO))));
        }
        if (gatt.has(LINK_LOSS_ALERT)) {
            gatt.onCommand(
                    ALERT_ON_LOSS,
                    command -> withLevel(
                            command,
                            level -> gatt.write(LINK_LOSS_ALERT, AlertLevel.CODEC, level)
                                    .thenApply(done -> new CommandResult.Done())));
        }
        return CompletableFuture.completedFuture(gatt.has(IMMEDIATE_ALERT) || gatt.has(LINK_LOSS_ALERT));
    }

    private static CompletionStage<CommandResult> withLevel(
            Command command, Function<AlertLevel, CompletionStage<CommandResult>> run) {
        Level level = command.arguments().get(LEVEL) instanceof Value.Text text ? LEVELS.get(text.text()) : null;
        if (level == null) {
            return CompletableFuture.completedFuture(
                    new CommandResult.Refused("expected the " + LEVEL + " none, mild or high", -1));
        }
        return run.apply(AlertLevel.of(level));
    }
}
