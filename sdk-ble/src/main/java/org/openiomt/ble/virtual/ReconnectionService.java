package org.openiomt.ble.virtual;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.openiomt.ble.gatt.Gatt;
import org.openiomt.ble.profile.E2eCheck;
import org.openiomt.ble.profile.E2eContext;
import org.openiomt.ble.profile.reconnection.ConnectionParameters;
import org.openiomt.ble.profile.reconnection.ReconnectionFeatures;
import org.openiomt.ble.profile.reconnection.ReconnectionFeatures.Feature;
import org.openiomt.ble.profile.reconnection.ReconnectionMessage;
import org.openiomt.ble.profile.reconnection.ReconnectionMessage.Body;
import org.openiomt.ble.profile.reconnection.ReconnectionMessage.Choice;
import org.openiomt.ble.profile.reconnection.ReconnectionMessage.ParameterAnswer;
import org.openiomt.ble.profile.reconnection.ReconnectionMessage.Plain;
import org.openiomt.ble.profile.reconnection.ReconnectionMessage.Proposal;
import org.openiomt.ble.profile.reconnection.ReconnectionMessage.Response;
import org.openiomt.ble.profile.reconnection.ReconnectionMessage.SetTimer;
import org.openiomt.ble.profile.reconnection.ReconnectionMessage.TimerAnswer;
import org.openiomt.ble.profile.reconnection.ReconnectionResult;
import org.openiomt.ble.profile.reconnection.ReconnectionSettings;
import org.openiomt.ble.profile.reconnection.ReconnectionSettings.Setting;
import org.openiomt.core.spi.Channel;
import org.openiomt.core.wire.DecodeException;
import org.openiomt.core.wire.Remainder;

/**
 * The Reconnection Configuration Service, for any peripheral to carry: how it advertises and connects is told, proposed and
 * agreed upon. The parameters change nothing in the virtual air. What its features do not name is answered with "op code not
 * supported", and a parameter that they do not name cannot be proposed. Any thread may call.
 */
public final class ReconnectionService {
    /** RC Feature. */
    public static final Channel FEATURES = Gatt.channel("1829", "2b1d");

    /** RC Settings. */
    public static final Channel SETTINGS = Gatt.channel("1829", "2b1e");

    /** Reconnection Configuration Control Point. */
    public static final Channel CONTROL_POINT = Gatt.channel("1829", "2b1f");

    /** The most that the time can be in which only known clients are heard. */
    public static final long MAX_TIMER = 3_600;

    private static final int FIRST_INTERVAL = 1;
    private static final int LAST_INTERVAL = 2;
    private static final int ON = 0xFF;
    private static final List<Feature> PROPOSABLE = List.of(
            Feature.PROPOSE_RECONNECTION_TIMEOUT,
            Feature.PROPOSE_CONNECTION_INTERVAL,
            Feature.PROPOSE_CONNECTION_INTERVAL,
            Feature.PROPOSE_PERIPHERAL_LATENCY,
            Feature.PROPOSE_SUPERVISION_TIMEOUT,
            Feature.PROPOSE_ADVERTISEMENT_INTERVAL,
            Feature.PROPOSE_ADVERTISEMENT_COUNT,
            Feature.PROPOSE_ADVERTISEMENT_REPETITION_TIME);
    private static final List<Feature> CONFIGURATIONS = List.of(
            Feature.ADVERTISEMENT_CONFIGURATION_1,
            Feature.ADVERTISEMENT_CONFIGURATION_2,
            Feature.ADVERTISEMENT_CONFIGURATION_3,
            Feature.ADVERTISEMENT_CONFIGURATION_4);
    private static final List<Integer> LEAST = List.of(1, 6, 6, 0, 10, 32, 1, 1);
    private static final List<Integer> MOST = List.of(3_600, 3_200, 3_200, 499, 3_200, 16_384, 1_000, 3_600);
    private static final List<Integer> FIRST = List.of(60, 24, 40, 0, 400, 160, 100, 10);

    private final VirtualPeripheral peripheral;
    private final Set<Feature> features;
    private final E2eContext e2e;
    private final ControlPointServer server;

    // Guarded by this.
    private final List<ConnectionParameters> stored = new ArrayList<>();
    private final Set<Setting> settings = EnumSet.noneOf(Setting.class);
    private List<Integer> actual;
    private int advertisingConfiguration = 1;
    private long timer;
    private boolean isDisconnectEnabled;
    private Optional<ReconnectionResult> ordered = Optional.empty();

    /**
     * Adds the service to a peripheral to which no central is connected.
     *
     * @param features what it can do
     */
    public ReconnectionService(VirtualPeripheral peripheral, Set<Feature> features) {
        ReconnectionFeatures said = ReconnectionFeatures.of(features);
        this.peripheral = peripheral;
        this.features = said.supports();
        this.e2e = said.context();
        this.actual = told(FIRST);
        peripheral
                .advertises("1829")
                .addReadable(FEATURES, ReconnectionFeatures.CODEC.encode(said))
                .add(SETTINGS, Property.READ, Property.NOTIFY)
                .onRead(SETTINGS, this::settings)
                .add(CONTROL_POINT, Property.WRITE, Property.INDICATE)
                .onDisconnected(this::end);
        server = new ControlPointServer(peripheral, CONTROL_POINT, ProcedureErrors.COMMON, this::serve);
    }

    /** Returns how the values are protected, as the features say. */
    public E2eContext e2e() {
        return e2e;
    }

    /** Keeps a set of parameters, which a central can ask for and activate by its place, from 0. */
    public synchronized void store(ConnectionParameters set) {
        stored.add(set);
    }

    /** Returns the parameters that hold now. */
    public synchronized ConnectionParameters actual() {
        return new ConnectionParameters(actual);
    }

    /**
     * Has nothing more to say: it disconnects if the central has allowed that, and else asks to be disconnected in its settings
     * where its features have that.
     */
    public void ready() {
        synchronized (this) {
            if (!isDisconnectEnabled) {
                change(Setting.READY_FOR_DISCONNECT, features.contains(Feature.READY_FOR_DISCONNECT));
                return;
            }
        }
        peripheral.disconnect();
    }

    /** Answers the next request that it knows with a result, and does nothing. */
    public synchronized void answerNext(ReconnectionResult result) {
        ordered = Optional.of(result);
    }

    /** Refuses the next write to the control point with an ATT error, whatever it asks. */
    public void refuseNextRequest(int attError) {
        server.refuseNext(attError);
    }

    private synchronized void end() {
        isDisconnectEnabled = false;
        settings.remove(Setting.READY_FOR_DISCONNECT);
    }

    private E2eCheck check() {
        return e2e.presence() == E2eContext.Presence.PRESENT ? E2eCheck.sound() : E2eCheck.none();
    }

    private synchronized byte[] settings() {
        return ReconnectionSettings.codec(e2e)
                .encode(ReconnectionSettings.of(settings, advertisingConfiguration, check()));
    }

    private void change(Setting setting, boolean isOn) {
        boolean isChanged = isOn ? settings.add(setting) : settings.remove(setting);
        if (isChanged) {
            peripheral.notify(SETTINGS, settings());
        }
    }

    private synchronized List<byte[]> serve(byte[] octets) {
        Body answer;
        try {
            ReconnectionMessage request = ProtectedWrite.decode(octets, e2e, ReconnectionMessage::codec);
            answer = answer(request);
        } catch (DecodeException e) {
            answer = response(octets.length == 0 ? 0 : octets[0] & 0xFF, ReconnectionResult.INVALID_OPERAND);
        }
        return List.of(ReconnectionMessage.codec(e2e).encode(new ReconnectionMessage(answer, check(), Remainder.NONE)));
    }

    private Body answer(ReconnectionMessage request) {
        int opCode = request.body().opCode();
        if (!isSupported(opCode)) {
            return response(opCode, ReconnectionResult.OP_CODE_NOT_SUPPORTED);
        }
        if (!request.remainder().isEmpty()) {
            return response(opCode, ReconnectionResult.INVALID_OPERAND);
        }
        if (ordered.isPresent()) {
            ReconnectionResult result = ordered.get();
            ordered = Optional.empty();
            return response(opCode, result);
        }
        if (request.body() instanceof Proposal proposal) {
            return propose(proposal.parameters());
        }
        if (request.body() instanceof SetTimer wanted) {
            boolean isSound = wanted.timer() <= MAX_TIMER;
            timer = isSound ? wanted.timer() : timer;
            return response(opCode, isSound ? ReconnectionResult.SUCCESS : ReconnectionResult.INVALID_OPERAND);
        }
        if (request.body() instanceof Choice choice) {
            return choose(choice);
        }
        if (request.body() instanceof Plain) {
            return plain(opCode);
        }
        throw new AssertionError(request.body());
    }

    private boolean isSupported(int opCode) {
        return switch (opCode) {
            case Body.ENABLE_DISCONNECT -> features.contains(Feature.ENABLE_DISCONNECT);
            case Body.GET_ACTUAL_PARAMETERS, Body.GET_MAX_VALUES, Body.GET_MIN_VALUES, Body.PROPOSE_SETTINGS ->
                !Collections.disjoint(features, PROPOSABLE);
            case Body.ACTIVATE_STORED_SETTINGS, Body.GET_STORED_VALUES -> !stored.isEmpty();
            case Body.SET_FILTER_TIMER, Body.GET_FILTER_TIMER -> features.contains(Feature.FILTER_ACCEPT_LIST);
            case Body.SET_ADVERTISEMENT_CONFIGURATION -> !Collections.disjoint(features, CONFIGURATIONS);
            case Body.UPGRADE_TO_LESC_ONLY -> features.contains(Feature.UPGRADE_TO_LESC_ONLY);
            case Body.SWITCH_OOB_PAIRING -> features.contains(Feature.NEXT_PAIRING_OOB);
            case Body.LIMITED_ACCESS -> features.contains(Feature.LIMITED_ACCESS);
            default -> false;
        };
    }

    private Body plain(int opCode) {
        return switch (opCode) {
            case Body.GET_ACTUAL_PARAMETERS -> new ParameterAnswer(opCode, actual());
            case Body.GET_MAX_VALUES -> new ParameterAnswer(opCode, new ConnectionParameters(told(MOST)));
            case Body.GET_MIN_VALUES -> new ParameterAnswer(opCode, new ConnectionParameters(told(LEAST)));
            case Body.GET_FILTER_TIMER -> new TimerAnswer(timer, 0, MAX_TIMER);
            case Body.ENABLE_DISCONNECT -> {
                isDisconnectEnabled = true;
                yield response(opCode, ReconnectionResult.SUCCESS);
            }
            default -> throw new AssertionError(opCode);
        };
    }

    private Body choose(Choice choice) {
        int code = choice.code();
        switch (choice.opCode()) {
            case Body.GET_STORED_VALUES, Body.ACTIVATE_STORED_SETTINGS -> {
                if (code >= stored.size()) {
                    return response(choice.opCode(), ReconnectionResult.INVALID_OPERAND);
                }
                if (choice.opCode() == Body.GET_STORED_VALUES) {
                    return new ParameterAnswer(choice.opCode(), stored.get(code));
                }
                actual = stored.get(code).codes();
            }
            case Body.SET_ADVERTISEMENT_CONFIGURATION -> {
                if (code >= CONFIGURATIONS.size() || !features.contains(CONFIGURATIONS.get(code))) {
                    return response(choice.opCode(), ReconnectionResult.INVALID_OPERAND);
                }
                advertisingConfiguration = code + 1;
                peripheral.notify(SETTINGS, settings());
            }
            default -> {
                if (code != 0 && code != ON) {
                    return response(choice.opCode(), ReconnectionResult.INVALID_OPERAND);
                }
                change(setting(choice.opCode()), code == ON);
            }
        }
        return response(choice.opCode(), ReconnectionResult.SUCCESS);
    }

    private static Setting setting(int opCode) {
        return switch (opCode) {
            case Body.UPGRADE_TO_LESC_ONLY -> Setting.LESC_ONLY;
            case Body.SWITCH_OOB_PAIRING -> Setting.USE_OOB_PAIRING;
            default -> Setting.LIMITED_ACCESS;
        };
    }

    private Body propose(ConnectionParameters proposed) {
        List<Integer> next = new ArrayList<>(actual);
        int failed = 0;
        for (int i = 0; i < next.size(); i++) {
            int code = proposed.codes().get(i);
            if (code != ConnectionParameters.NONE) {
                boolean isOff = i == 0 && code == ConnectionParameters.TIMEOUT_OFF;
                boolean isSound = features.contains(PROPOSABLE.get(i))
                        && (isOff || (code >= LEAST.get(i) && code <= MOST.get(i)));
                failed |= isSound ? 0 : 1 << i;
                next.set(i, code);
            }
        }
        if (failed != 0) {
            return new Response(Body.PROPOSE_SETTINGS, ReconnectionResult.OUT_OF_RANGE.code(), OptionalInt.of(failed));
        }
        if (next.get(FIRST_INTERVAL) > next.get(LAST_INTERVAL)) {
            int both = 1 << FIRST_INTERVAL | 1 << LAST_INTERVAL;
            return new Response(
                    Body.PROPOSE_SETTINGS, ReconnectionResult.INVALID_COMBINATION.code(), OptionalInt.of(both));
        }
        actual = List.copyOf(next);
        return response(Body.PROPOSE_SETTINGS, ReconnectionResult.ACCEPTED);
    }

    /** Returns parameters in which those that the features do not name say so. */
    private List<Integer> told(List<Integer> codes) {
        List<Integer> told = new ArrayList<>(codes);
        for (int i = 0; i < told.size(); i++) {
            if (!features.contains(PROPOSABLE.get(i))) {
                told.set(i, ConnectionParameters.NONE);
            }
        }
        return told;
    }

    private static Response response(int opCode, ReconnectionResult result) {
        boolean hasFailed = opCode == Body.PROPOSE_SETTINGS
                && (result == ReconnectionResult.OUT_OF_RANGE || result == ReconnectionResult.INVALID_COMBINATION);
        return new Response(opCode, result.code(), hasFailed ? OptionalInt.of(0) : OptionalInt.empty());
    }
}
