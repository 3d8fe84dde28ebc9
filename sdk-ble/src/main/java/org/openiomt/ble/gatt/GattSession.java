package org.openiomt.ble.gatt;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.openiomt.core.IomtException;
import org.openiomt.core.model.Command;
import org.openiomt.core.model.CommandResult;
import org.openiomt.core.spi.AuthenticationException;
import org.openiomt.core.spi.Channel;
import org.openiomt.core.spi.DeviceSession;
import org.openiomt.core.spi.DriverContext;
import org.openiomt.core.spi.RefusedException;
import org.openiomt.core.spi.WriteMode;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.DecodeException;
import org.openiomt.core.wire.DecodeMode;
import org.openiomt.core.wire.Decoded;

/**
 * What a driver needs of GATT, and at the same time its session: values instead of octets, one operation at a time in the order
 * of the calls, bad frames reported and passed over, channels that the device lacks left out. Used in the device's mailbox
 * only.
 *
 * <pre>{@code
 * public CompletionStage<DeviceSession> open(DriverContext context) {
 *     GattSession gatt = new GattSession(context);
 *     return gatt.subscribe(Gatt.channel("180f", "2a19"), BatteryLevel.CODEC, level -> context.offer(...))
 *             .thenApply(isThere -> gatt);
 * }
 * }</pre>
 */
public final class GattSession implements DeviceSession {
    private final DriverContext context;
    private final Map<String, Function<Command, CompletionStage<CommandResult>>> commands = new HashMap<>();
    private final Deque<Runnable> closers = new ArrayDeque<>();
    private CompletionStage<?> last = CompletableFuture.completedFuture(null);
    private CompletionStage<?> lastProcedure = CompletableFuture.completedFuture(null);
    private BiFunction<Channel, byte[], byte[]> adaptation = (channel, octets) -> octets;

    /** Begins a session on the context's link. */
    public GattSession(DriverContext context) {
        this.context = context;
    }

    /** Returns the context. */
    public DriverContext context() {
        return context;
    }

    /**
     * Puts every value, read or announced, through a function before it is decoded: for devices that do otherwise than the
     * standard says, see {@code org.openiomt.ble.quirk}.
     */
    public void adapt(BiFunction<Channel, byte[], byte[]> newAdaptation) {
        adaptation = newAdaptation;
    }

    /** Whether the device has the channel. */
    public boolean has(Channel channel) {
        return context.link().channels().contains(channel);
    }

    /**
     * Asks for the values of a channel. A frame that is not understood is reported and passed over.
     *
     * @return whether the device has the channel; fails when the device refuses or the link is lost
     */
    public <T> CompletionStage<Boolean> subscribe(Channel channel, Codec<T> codec, Consumer<? super T> values) {
        return subscribe(channel, codec, values, () -> {});
    }

    /**
     * Asks for the values of a channel, and hears of each that was not understood.
     *
     * @param refused runs when a frame was reported and passed over
     * @return whether the device has the channel; fails when the device refuses or the link is lost
     */
    public <T> CompletionStage<Boolean> subscribe(
            Channel channel, Codec<T> codec, Consumer<? super T> values, Runnable refused) {
        return subscribe(channel, octets -> decode(channel, codec, octets).ifPresentOrElse(values, refused));
    }

    private CompletionStage<Boolean> subscribe(Channel channel, Consumer<byte[]> packets) {
        if (!has(channel)) {
            return CompletableFuture.completedFuture(false);
        }
        return request(channel, () -> context.link().subscribe(channel, packets))
                .thenApply(subscription -> true);
    }

    /**
     * Asks for the values of a channel that splits them over packets, see {@link Reassembler}. What is lost, and a value that is not
     * understood, is reported and passed over.
     *
     * @param whole the codec of a value without the headers of its packets
     * @return whether the device has the channel; fails when the device refuses or the link is lost
     */
    public <T> CompletionStage<Boolean> subscribeSegmented(
            Channel channel, Codec<T> whole, Consumer<? super T> values) {
        return subscribeSegmented(channel, whole, values, () -> {});
    }

    /**
     * Asks for the values of a channel that splits them over packets, and hears of each that was lost or not understood: of a
     * record, for example, which can be asked for again.
     *
     * @param whole the codec of a value without the headers of its packets
     * @param lost runs for each value that is not delivered; it has been reported
     * @return whether the device has the channel; fails when the device refuses or the link is lost
     */
    public <T> CompletionStage<Boolean> subscribeSegmented(
            Channel channel, Codec<T> whole, Consumer<? super T> values, Runnable lost) {
        Reassembler reassembler = new Reassembler();
        onClose(reassembler::reset);
        return subscribe(channel, octets -> {
            for (Reassembly event : reassembler.accept(octets)) {
                if (event instanceof Reassembly.Whole value) {
                    decode(channel, whole, value.octets()).ifPresentOrElse(values, lost);
                } else if (event instanceof Reassembly.Loss loss) {
                    context.refused(channel, new DecodeException("segment", 0, loss.reason()));
                    if (loss.kind() != Reassembly.Kind.REPEATED) {
                        lost.run();
                    }
                } else {
                    throw new AssertionError(event);
                }
            }
        });
    }

    /**
     * Asks for the values of a channel that a device need not have.
     *
     * @return false when the device lacks the channel or refuses (which is reported); fails when the link is lost
     */
    public <T> CompletionStage<Boolean> subscribeIfPresent(
            Channel channel, Codec<T> codec, Consumer<? super T> values) {
        return subscribe(channel, codec, values).exceptionally(fault -> {
            IomtException known = ours(fault);
            if (known instanceof RefusedException) {
                context.refused(channel, known);
                return false;
            }
            throw known;
        });
    }

    /**
     * Reads a value.
     *
     * @return empty when the device lacks the channel or refuses, or the value is not understood (the last two are reported);
     *     fails when the link is lost
     */
    public <T> CompletionStage<Optional<T>> readIfPresent(Channel channel, Codec<T> codec) {
        if (!has(channel)) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        return request(channel, () -> context.link().read(channel)).handle((octets, fault) -> {
            if (fault == null) {
                return decode(channel, codec, octets);
            }
            IomtException known = ours(fault);
            if (known instanceof RefusedException || known instanceof AuthenticationException) {
                context.refused(channel, known);
                return Optional.empty();
            }
            throw known;
        });
    }

    /**
     * Writes a value and waits for the answer.
     *
     * @return fails with {@link GattRefusedException} when the device says no
     */
    public <T> CompletionStage<Void> write(Channel channel, Codec<T> codec, T value) {
        byte[] octets = codec.encode(value);
        return request(channel, () -> context.link().write(channel, octets, WriteMode.WITH_RESPONSE));
    }

    /**
     * Writes a value that is made in the moment when its turn has come, and waits for the answer.
     *
     * @param value makes it; when it throws, nothing is written and the stage fails with that
     * @return fails with {@link GattRefusedException} when the device says no
     */
    public <T> CompletionStage<Void> writeInTurn(Channel channel, Codec<T> codec, Supplier<T> value) {
        return request(
                channel, () -> context.link().write(channel, codec.encode(value.get()), WriteMode.WITH_RESPONSE));
    }

    /**
     * Writes a value to a channel that gives no answer.
     *
     * @return completes when it is on its way: whether the device took it, nobody says
     */
    public <T> CompletionStage<Void> send(Channel channel, Codec<T> codec, T value) {
        byte[] octets = codec.encode(value);
        return request(channel, () -> context.link().write(channel, octets, WriteMode.WITHOUT_RESPONSE));
    }

    /**
     * Runs an operation when those before it have ended, well or not.
     *
     * @param operation begins it; its stage is the operation's end
     */
    public <T> CompletionStage<T> inTurn(Supplier<CompletionStage<T>> operation) {
        CompletionStage<T> result = last.handle((done, fault) -> null).thenCompose(ready -> operation.get());
        last = result;
        return result;
    }

    /**
     * Runs a procedure when those before it have ended, well or not: a device works on one at a time, whichever control point it
     * came through. Single operations go on meanwhile.
     *
     * @param procedure begins it; its stage is the procedure's end
     */
    public <T> CompletionStage<T> procedure(Supplier<CompletionStage<T>> procedure) {
        CompletionStage<T> result = lastProcedure.handle((done, fault) -> null).thenCompose(ready -> procedure.get());
        lastProcedure = result;
        return result;
    }

    /**
     * Says how to run a command. A device's refusal becomes {@link CommandResult.Refused} by itself.
     *
     * @param name the command's name
     * @param run begins it
     */
    public void onCommand(String name, Function<Command, CompletionStage<CommandResult>> run) {
        if (commands.putIfAbsent(name, run) != null) {
            throw new IllegalArgumentException("the command '" + name + "' is known already");
        }
    }

    /** Runs a task when the session closes; the newest first. What the session still holds can be offered then. */
    public void onClose(Runnable task) {
        closers.push(task);
    }

    @Override
    public void close() {
        while (!closers.isEmpty()) {
            closers.pop().run();
        }
    }

    @Override
    public CompletionStage<CommandResult> execute(Command command) {
        Function<Command, CompletionStage<CommandResult>> run = commands.get(command.name());
        if (run == null) {
            return DeviceSession.super.execute(command);
        }
        return run.apply(command).exceptionally(fault -> {
            IomtException known = ours(fault);
            if (known instanceof RefusedException refused) {
                return new CommandResult.Refused(String.valueOf(refused.getMessage()), refused.code());
            }
            throw known;
        });
    }

    /** Makes a refusal say what its code means on this channel. */
    private <T> CompletionStage<T> request(Channel channel, Supplier<CompletionStage<T>> operation) {
        return inTurn(operation).exceptionally(fault -> {
            IomtException known = ours(fault);
            if (known instanceof RefusedException refused) {
                throw new GattRefusedException(channel, refused);
            }
            throw known;
        });
    }

    private <T> Optional<T> decode(Channel channel, Codec<T> codec, byte[] octets) {
        try {
            Decoded<T> decoded = codec.decode(adaptation.apply(channel, octets), DecodeMode.LENIENT);
            context.odd(channel, decoded.warnings());
            return Optional.of(decoded.value());
        } catch (DecodeException e) {
            context.refused(channel, e);
            return Optional.empty();
        }
    }

    private static IomtException ours(Throwable fault) {
        Throwable cause = fault instanceof CompletionException && fault.getCause() != null ? fault.getCause() : fault;
        if (cause instanceof IomtException known) {
            return known;
        }
        throw fault instanceof CompletionException wrapped ? wrapped : new CompletionException(fault);
    }
}
