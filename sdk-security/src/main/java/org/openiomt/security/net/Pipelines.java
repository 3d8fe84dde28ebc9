package org.openiomt.security.net;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;

/** How a socket becomes packets. */
final class Pipelines {
    private Pipelines() {}

    static void prepare(Channel channel, NetLimits limits, SessionHandler handler) {
        channel.config().setAutoRead(false);
        channel.config().setOption(ChannelOption.TCP_NODELAY, true);
        channel.pipeline()
                .addLast(new LengthFieldBasedFrameDecoder(
                        SessionHandler.maxPacketLength(limits), 0, Short.BYTES, 0, 0, true))
                .addLast(handler);
    }
}
