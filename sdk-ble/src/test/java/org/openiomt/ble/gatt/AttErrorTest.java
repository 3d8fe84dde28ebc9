package org.openiomt.ble.gatt;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AttErrorTest {
    /** The table of Wireshark 4.4.18, facts only; that of 183A is unverified, see the coverage document. */
    @ParameterizedTest
    @CsvSource({
        "1805, 80, data field ignored",
        "1808, 80, procedure already in progress",
        "1808, 81, announcements improperly configured",
        "1809, 80, out of range",
        "180D, 80, control point not supported",
        "1811, A0, command not supported",
        "1814, 80, procedure already in progress",
        "1814, 81, announcements improperly configured",
        "1816, 80, procedure already in progress",
        "1816, 81, announcements improperly configured",
        "1818, 80, inappropriate connection parameters",
        "181A, 80, write request rejected",
        "181A, 81, condition not supported",
        "181C, 80, user data access not permitted",
        "181E, 80, op code not supported",
        "181E, 81, operation failed",
        "181F, 80, missing check sum",
        "181F, 81, invalid check sum",
        "1821, 80, invalid value",
        "1825, 80, write request rejected",
        "1825, 81, object not selected",
        "1825, 82, concurrency limit exceeded",
        "1825, 83, object name already exists",
        "1829, 80, missing check sum",
        "1829, 81, invalid check sum",
        "1847, 80, missing check sum",
        "1847, 81, invalid check sum",
        "183A, 80, missing check sum",
        "183A, 81, invalid check sum",
        "183A, 82, invalid counter",
        "1822, 80, error",
        "1822, FC, write request rejected",
        "1822, FD, announcements improperly configured",
        "1822, FE, procedure already in progress",
        "1822, FF, out of range"
    })
    void aCodeMeansSomethingElseInEveryService(String service, String code, String meaning) {
        assertThat(AttError.describe(Gatt.channel(service, "2a52"), Integer.parseInt(code, 16)))
                .isEqualTo(meaning + " (0x" + code + ")");
    }
}
