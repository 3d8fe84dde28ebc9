package org.openiomt.security.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.embedded.EmbeddedChannel;
import org.openiomt.security.session.SessionHandshake;

/**
 * A gateway and a device that have a session without a socket, so that what comes together is the test's choice. As with a
 * socket, octets come only to an end that has asked for a read, and a read is over when they have come.
 */
final class HandCarried implements AutoCloseable {
    final Heard gateway = new Heard(0);
    final Heard device = new Heard(0);
    private final End gatewayEnd;
    private final End deviceEnd;

    HandCarried() {
        Devices devices = new Devices();
        gatewayEnd = new End(SessionHandshake.responder(devices.gateway()), false, gateway);
        deviceEnd = new End(SessionHandshake.initiator(devices.device()), true, device);
        while (!device.connected.isDone()) {
            gatewayEnd.come(sent());
            deviceEnd.come(gatewayEnd.sent());
        }
    }

    /** Lets octets come to the gateway: all that have come are one read, when it reads. */
    void carry(ByteBuf octets) {
        gatewayEnd.come(octets);
    }

    /** Asks the gateway for messages. */
    void request(long messages) throws Exception {
        gateway.connection().request(messages);
        gatewayEnd.come(Unpooled.EMPTY_BUFFER);
    }

    /** What the device has sent since the last call. */
    ByteBuf sent() {
        return deviceEnd.sent();
    }

    @Override
    public void close() {
        gatewayEnd.close();
        deviceEnd.close();
    }

    private static final class End {
        private final ByteBuf come = Unpooled.buffer();
        private boolean isReading;
        private final EmbeddedChannel channel;

        End(SessionHandshake handshake, boolean isInitiator, ConnectionListener listener) {
            SessionHandler handler = new SessionHandler(
                    handshake, isInitiator, NetLimits.DEFAULT, listener, Runnable::run, (connection, failure) -> {});
            channel = new EmbeddedChannel(false, false) {
                @Override
                protected void doBeginRead() {
                    isReading = true;
                }
            };
            channel.pipeline().addLast(new ChannelInitializer<>() {
                @Override
                protected void initChannel(Channel initializing) {
                    Pipelines.prepare(initializing, NetLimits.DEFAULT, handler);
                }
            });
            channel.config().setAutoRead(false);
            try {
                channel.register();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }

        void come(ByteBuf octets) {
            come.writeBytes(octets);
            octets.release();
            channel.runPendingTasks();
            while (isReading && come.isReadable()) {
                isReading = false;
                channel.writeInbound(come.readBytes(come.readableBytes()));
                channel.runPendingTasks();
            }
        }

        ByteBuf sent() {
            channel.runPendingTasks();
            ByteBuf all = Unpooled.buffer();
            for (ByteBuf octets = channel.readOutbound(); octets != null; octets = channel.readOutbound()) {
                all.writeBytes(octets);
                octets.release();
            }
            return all;
        }

        void close() {
            channel.finishAndReleaseAll();
            come.release();
        }
    }
}
