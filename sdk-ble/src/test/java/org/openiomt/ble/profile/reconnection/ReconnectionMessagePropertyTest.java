package org.openiomt.ble.profile.reconnection;

import java.util.OptionalInt;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.openiomt.ble.conformance.CodecLaws;
import org.openiomt.ble.profile.E2eCheck;
import org.openiomt.core.wire.Codec;
import org.openiomt.core.wire.Remainder;

class ReconnectionMessagePropertyTest extends CodecLaws<ReconnectionMessage> {
    @Override
    protected Codec<ReconnectionMessage> codec() {
        return ReconnectionMessage.CODEC;
    }

    @Override
    protected Arbitrary<ReconnectionMessage> values() {
        return Combinators.combine(bodies(), Arbitraries.of(E2eCheck.none(), E2eCheck.sound()))
                .as((body, check) -> new ReconnectionMessage(body, check, Remainder.NONE));
    }

    private static Arbitrary<ReconnectionMessage.Body> bodies() {
        Arbitrary<ConnectionParameters> parameters =
                Arbitraries.integers().between(0, 0xFFFF).list().ofSize(8).map(ConnectionParameters::new);
        Arbitrary<Long> timers = Arbitraries.longs().between(0, 0xFFFF_FFFFL);
        return Arbitraries.oneOf(
                Arbitraries.of(0, 1, 4, 5, 8).map(ReconnectionMessage.Plain::new),
                Arbitraries.of(3, 6).map(opCode -> new ReconnectionMessage.Choice(opCode, 1)),
                Arbitraries.of(10, 11, 12).map(ReconnectionMessage.Choice::on),
                Combinators.combine(Arbitraries.of(2, 17), parameters).as(ReconnectionMessage.Proposal::new),
                parameters.map(values -> new ReconnectionMessage.ParameterAnswer(1, values)),
                timers.map(ReconnectionMessage.SetTimer::new),
                Combinators.combine(timers, timers, timers).as(ReconnectionMessage.TimerAnswer::new),
                Arbitraries.integers()
                        .between(1, 9)
                        .map(result -> new ReconnectionMessage.Response(
                                ReconnectionMessage.Body.PROPOSE_SETTINGS,
                                result,
                                result == 5 || result == 6 ? OptionalInt.of(1) : OptionalInt.empty())));
    }
}
