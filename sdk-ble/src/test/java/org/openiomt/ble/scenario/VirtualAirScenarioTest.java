package org.openiomt.ble.scenario;

import org.openiomt.ble.Ble;
import org.openiomt.testkit.ManualClock;

/** The scenarios in the virtual air; {@link AirRoom} says what plays for what the air does not have. */
class VirtualAirScenarioTest extends ScenarioSuite {
    @Override
    Stage open(String scenario) {
        ManualClock clock = new ManualClock();
        AirRoom room = new AirRoom(clock);
        return Stages.live(
                scenario,
                "the virtual air",
                clock,
                () -> new BondingTransport(Ble.simulated(room.air), room),
                room::ask,
                room::close);
    }
}
