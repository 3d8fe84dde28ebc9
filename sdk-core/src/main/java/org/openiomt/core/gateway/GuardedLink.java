package org.openiomt.core.gateway;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.openiomt.core.spi.Channel;
import org.openiomt.core.spi.FrameGuard;
import org.openiomt.core.spi.Link;
import org.openiomt.core.spi.LinkState;
import org.openiomt.core.spi.WriteMode;

/**
 * A link whose every value is a sealed frame, bound to the channel that it travels on. A frame that does not open is reported
 * and dropped; the link stays. The guard outlives the link: whoever made it closes it.
 */
final class GuardedLink implements Link {
    private final Link link;
    private final FrameGuard guard;
    private final BiConsumer<Channel, RuntimeException> refused;

    /**
     * Guards a link.
     *
     * @param refused hears of frames that did not open, on the thread that brought them
     */
    GuardedLink(Link link, FrameGuard guard, BiConsumer<Channel, RuntimeException> refused) {
        this.link = link;
        this.guard = guard;
        this.refused = refused;
    }

    @Override
    public Set<Channel> channels() {
        return link.channels();
    }

    @Override
    public CompletionStage<byte[]> read(Channel channel) {
        return link.read(channel).thenApply(frame -> {
            try {
                return guard.open(frame, name(channel));
            } catch (RuntimeException e) {
                refused.accept(channel, e);
                throw e;
            }
        });
    }

    @Override
    public CompletionStage<Void> write(Channel channel, byte[] octets, WriteMode mode) {
        return link.write(channel, guard.seal(octets, name(channel)), mode);
    }

    @Override
    public CompletionStage<Subscription> subscribe(Channel channel, Consumer<byte[]> octets) {
        return link.subscribe(channel, frame -> {
            byte[] content;
            try {
                content = guard.open(frame, name(channel));
            } catch (RuntimeException e) { // whatever it is, it must not reach the transport's thread
                refused.accept(channel, e);
                return;
            }
            octets.accept(content);
        });
    }

    @Override
    public int maxValueLength() {
        return Math.max(0, link.maxValueLength() - guard.overhead());
    }

    @Override
    public LinkState state() {
        return link.state();
    }

    @Override
    public void onClosed(Consumer<String> listener) {
        link.onClosed(listener);
    }

    @Override
    public void close() {
        link.close();
    }

    private static byte[] name(Channel channel) {
        return channel.name().getBytes(StandardCharsets.UTF_8);
    }
}
