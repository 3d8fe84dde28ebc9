package org.openiomt.ble.driver;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.openiomt.ble.gatt.Gatt;
import org.openiomt.ble.gatt.GattSession;
import org.openiomt.ble.procedure.ControlPointClient;
import org.openiomt.ble.procedure.ControlPointForms;
import org.openiomt.ble.procedure.Outcome;
import org.openiomt.ble.profile.userdata.UserControlMessage;
import org.openiomt.ble.profile.userdata.UserControlMessage.Consent;
import org.openiomt.core.model.Command;
import org.openiomt.core.model.CommandResult;
import org.openiomt.core.model.Value;
import org.openiomt.core.spi.Channel;
import org.openiomt.core.spi.DriverContext;

/*
 * A device that knows several people gives the readings of one only to a client that shows this person's consent, a code that
 * the person has chosen at the device. The application tells the codes by command; they are remembered for later sessions with the
 * device, until the gateway ends. A device knows one consent at a time and forgets it with the link, so each session shows the
 * codes one after the other, again every minute while there are several, so that nobody's readings wait on the device for long.
 *
 * Whose a reading is says the device's number of the person in the reading itself, never the consent at hand.
 */
/**
 * The commands of a device that knows several people (User Data Service): they let the readings of a person come whose consent code
 * the application knows. Arguments are numbers ({@link org.openiomt.core.model.Value.Numeric}), whatever their unit.
 */
public final class UserConsents {
    /** The command that shows a person's code, now and in later sessions: {@link #USER} and {@link #CODE}. */
    public static final String SHOW_CONSENT = "show-consent";

    /** The command that forgets a person's code: {@link #USER}. */
    public static final String FORGET_CONSENT = "forget-consent";

    /** The device's number of the person, 0 to 254. */
    public static final String USER = "user";

    /** The code that the person has chosen at the device, 0 to 9999. */
    public static final String CODE = "code";

    private static final Channel CONTROL_POINT = Gatt.channel("181c", "2a9f");
    private static final String NAME = "consent.";
    private static final int MOST_USERS = 0xFF;
    private static final int FORGOTTEN = -1;
    private static final Duration EACH = Duration.ofSeconds(5);
    private static final Duration ROUND = Duration.ofMinutes(1);

    private final DriverContext context;
    private final ControlPointClient<UserControlMessage> client;
    private boolean isGoingRound;

    private UserConsents(GattSession gatt) {
        context = gatt.context();
        client = new ControlPointClient<>(gatt, CONTROL_POINT, ControlPointForms.users());
    }

    /** Shows the codes that are known, where the device asks for such. */
    static CompletionStage<Void> attach(GattSession gatt) {
        if (!gatt.has(CONTROL_POINT)) {
            return CompletableFuture.completedFuture(null);
        }
        UserConsents consents = new UserConsents(gatt);
        gatt.onCommand(SHOW_CONSENT, consents::show);
        gatt.onCommand(FORGET_CONSENT, consents::forget);
        return consents.client.open().thenAccept(isThere -> consents.goRound());
    }

    private CompletionStage<CommandResult> show(Command command) {
        OptionalLong user = number(command, USER, MOST_USERS - 1);
        OptionalLong code = number(command, CODE, UserControlMessage.MAX_CONSENT_CODE);
        if (user.isEmpty() || code.isEmpty()) {
            return refuse("expected a " + USER + " from 0 to 254 and a " + CODE + " from 0 to 9999");
        }
        return consent((int) user.getAsLong(), (int) code.getAsLong()).thenApply(outcome -> {
            if (outcome instanceof Outcome.Answered) {
                context.remember(NAME + user.getAsLong(), code.getAsLong());
                context.after(ROUND, this::goRound);
            }
            return outcome.commandResult();
        });
    }

    private CompletionStage<CommandResult> forget(Command command) {
        OptionalLong user = number(command, USER, MOST_USERS - 1);
        if (user.isEmpty()) {
            return refuse("expected a " + USER + " from 0 to 254");
        }
        context.remember(NAME + user.getAsLong(), FORGOTTEN);
        return CompletableFuture.completedFuture(new CommandResult.Done());
    }

    private static CompletionStage<CommandResult> refuse(String reason) {
        return CompletableFuture.completedFuture(new CommandResult.Refused(reason, -1));
    }

    private static OptionalLong number(Command command, String argument, int most) {
        @Nullable Value value = command.arguments().get(argument);
        if (!(value instanceof Value.Numeric numeric)
                || !numeric.quantity().value().isFinite()) {
            return OptionalLong.empty();
        }
        BigDecimal number = numeric.quantity().value().toBigDecimal();
        boolean fits = number.stripTrailingZeros().scale() <= 0
                && number.signum() >= 0
                && number.compareTo(BigDecimal.valueOf(most)) <= 0;
        return fits ? OptionalLong.of(number.longValueExact()) : OptionalLong.empty();
    }

    private CompletionStage<Outcome<UserControlMessage>> consent(int user, int code) {
        return client.run(Consent.of(user, code));
    }

    /** Shows every code once, each for a while, and begins anew when there are several. */
    private void goRound() {
        if (isGoingRound) {
            return;
        }
        List<Integer> users = new ArrayList<>();
        for (int user = 0; user < MOST_USERS; user++) {
            if (context.remembered(NAME + user).orElse(FORGOTTEN) != FORGOTTEN) {
                users.add(user);
            }
        }
        isGoingRound = !users.isEmpty();
        showNext(users, 0);
    }

    private void showNext(List<Integer> users, int next) {
        if (next == users.size()) {
            isGoingRound = false;
            if (next > 1) {
                context.after(ROUND, this::goRound);
            }
            return;
        }
        int user = users.get(next);
        int code = (int) context.remembered(NAME + user).orElse(FORGOTTEN);
        if (code == FORGOTTEN) {
            showNext(users, next + 1);
            return;
        }
        consent(user, code).thenAccept(outcome -> {
            outcome.failure().ifPresent(why -> context.degraded("no consent of user " + user + ": " + why));
            context.after(EACH, () -> showNext(users, next + 1));
        });
    }
}
